import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type AdminAct, AdminActs } from '#src/admin/acts/admin-acts.service.js';
import { Chain, type ChainTime } from '#src/chain/port/chain.js';
import { Clock } from '#src/common/clock.js';
import type { Resolution } from '#src/commitments/commitment/commitment.js';
import { Commitment } from '#src/commitments/commitment/commitment.entity.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { ValidationError } from '#src/common/errors/errors.js';
import type { CommitmentDto } from '#src/commitments/records/commitments.dto.js';
import type { FailureDto } from '#src/releases/distributions/distributions.dto.js';
import { PayoutFollower } from '#src/releases/engine/payout-follower.service.js';
import { FiledFailures } from './filed-failures.service.js';
import { PersonalSettlements } from './personal-settlements.service.js';
import { CommitmentActParams } from '#src/releases/payouts/act-params.dto.js';
import { FailureActParams } from './settlements.dto.js';
import type { PaidDto } from '#src/releases/payouts/payouts.dto.js';
import { AnnouncedFailures } from '#src/releases/failures/announced-failures.service.js';

/**
 * Ends commitments when an admin says so. Each answer waits for the confirmation as long as PAYOUT_WAIT_SECONDS says; a
 * payout that needs longer is finished by the driver.
 */
@Injectable()
export class Settlements implements OnModuleInit {
  constructor(
    private readonly commitments: Commitments,
    private readonly personal: PersonalSettlements,
    private readonly announced: AnnouncedFailures,
    private readonly filed: FiledFailures,
    private readonly payments: PayoutFollower,
    private readonly chain: Chain,
    private readonly acts: AdminActs,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    const subject = async ({ commitmentId }: CommitmentActParams) =>
      (await this.commitments.get(commitmentId)).id;
    this.acts.define({ action: 'admin.commitment.success', params: CommitmentActParams, subject });
    this.acts.define({
      action: 'admin.commitment.failure',
      params: FailureActParams,
      subject: async ({ commitmentId, reason }) => {
        const commitment = await this.commitments.get(commitmentId);
        if (needsReason(commitment) && reason === undefined) throw reasonMissing();
        return commitment.id;
      },
    });
    this.acts.define({ action: 'admin.failure.cancel', params: CommitmentActParams, subject });
  }

  /**
   * The whole escrow of an attested personal commitment returns to its authority.
   * @throws DomainError `commitment_not_found`, `wrong_kind`, and those of `PersonalSettlements.settle`
   */
  async succeed(act: AdminAct<CommitmentActParams>): Promise<PaidDto> {
    const commitment = await this.commitments.getPersonal(
      act.given.commitmentId,
      'resolving it as a success',
    );
    return this.settle(commitment, 'success', act);
  }

  /**
   * The whole escrow of a personal commitment goes to its destinationOnFail; after an attestation that is only filed. Of a creator's
   * reward it is announced.
   * @throws DomainError `commitment_not_found`, and those of `PersonalSettlements.settle`, `FiledFailures.file` and
   * `AnnouncedFailures.announce`
   */
  async fail(act: AdminAct<FailureActParams>): Promise<FailureDto> {
    const commitment = await this.commitments.get(act.given.commitmentId);
    const { reason } = act.given;
    if (commitment.kind === 'creator_reward') await this.announced.announce(commitment, act, reason ?? null);
    else if (commitment.attestedAt === null) return this.settle(commitment, 'failure', act);
    else await this.filed.file(commitment, act, reason ?? '');
    return { commitment: await this.commitments.show(commitment.id) };
  }

  /**
   * A failure that was filed against an attested commitment is withdrawn, and one of a creator's reward is called off.
   * @throws DomainError `commitment_not_found`, and those of `FiledFailures.withdraw` and `AnnouncedFailures.callOff`
   */
  async cancelFailure(act: AdminAct<CommitmentActParams>): Promise<CommitmentDto> {
    const commitment = await this.commitments.get(act.given.commitmentId);
    if (commitment.kind === 'creator_reward') await this.announced.callOff(commitment, act);
    else await this.filed.withdraw(commitment, act);
    return this.commitments.show(commitment.id);
  }

  private async settle(commitment: Commitment, resolution: Resolution, act: AdminAct): Promise<PaidDto> {
    const now = resolution === 'success' ? await this.timeOfDecision() : await this.chain.now();
    const event = `admin_commitment_${resolution}_ok` as const;
    const payout = await this.personal.settle(commitment, { resolution, now, event, act });
    if (payout === null) return { commitment: await this.commitments.show(commitment.id) };
    return this.payments.follow(payout);
  }

  /** A success may come until its window ends, and counts when it was decided; no passed deadline allows it. */
  private async timeOfDecision(): Promise<ChainTime> {
    const decidedAt = await this.chain.timeOfAct(this.clock.now());
    return { slot: 0n, unixSeconds: decidedAt.getTime() / 1000 };
  }
}

function reasonMissing(): ValidationError {
  const message =
    'reason is required: the commitment was attested, so the failure is filed and stands in public';
  return new ValidationError([{ path: 'reason', message }]);
}

/** Against what was attested a failure is filed, for everybody to see why. */
function needsReason({ kind, status, attestedAt }: Commitment): boolean {
  return kind === 'personal' && status === 'active' && attestedAt !== null;
}
