import { Injectable } from '@nestjs/common';
import { Chain } from '../chain/chain.js';
import type { Resolution } from '../commitments/commitment.js';
import { Commitment } from '../commitments/commitment.entity.js';
import { CommitmentsService } from '../commitments/commitments.service.js';
import type { FailureDto } from './distributions.dto.js';
import { PaymentsService } from './payments.service.js';
import { PersonalSettlements } from './personal-settlements.service.js';
import type { PaidDto } from './releases.dto.js';
import { RewardFailureService } from './reward-failure.service.js';

/**
 * Ends commitments when an admin says so. Each answer waits for the confirmation as long as PAYOUT_WAIT_SECONDS says; a
 * payout that needs longer is finished by the driver.
 */
@Injectable()
export class SettlementsService {
  constructor(
    private readonly commitments: CommitmentsService,
    private readonly personal: PersonalSettlements,
    private readonly rewards: RewardFailureService,
    private readonly payments: PaymentsService,
    private readonly chain: Chain,
  ) {}

  /**
   * The whole escrow of an attested personal commitment returns to its authority.
   * @throws DomainError `commitment_not_found`, `wrong_kind`, and those of `PersonalSettlements.settle`
   */
  async succeed(commitmentId: string): Promise<PaidDto> {
    const commitment = await this.commitments.getPersonal(commitmentId, 'resolving it as a success');
    return this.settle(commitment, 'success');
  }

  /**
   * The whole escrow of a personal commitment goes to its destinationOnFail; that of a creator's reward is split.
   * @throws DomainError `commitment_not_found`, and those of `PersonalSettlements.settle` and `RewardFailureService.fail`
   */
  async fail(commitmentId: string): Promise<FailureDto> {
    const commitment = await this.commitments.get(commitmentId);
    if (commitment.kind === 'creator_reward') return this.rewards.fail(commitmentId);
    return this.settle(commitment, 'failure');
  }

  private async settle(commitment: Commitment, resolution: Resolution): Promise<PaidDto> {
    const now = await this.chain.now();
    const event = `admin_commitment_${resolution}_ok`;
    const payout = await this.personal.settle(commitment, { resolution, now, event });
    if (payout === null) return { commitment: await this.commitments.show(commitment.id) };
    return this.payments.follow(payout);
  }
}
