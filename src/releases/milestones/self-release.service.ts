import { Injectable } from '@nestjs/common';
import { Chain } from '#src/chain/port/chain.js';
import type { SignedBody } from '#src/common/input/fields.js';
import { notTheCreator, wrongKind } from '#src/commitments/commitment/commitment.errors.js';
import { milestoneFacts, Milestones } from '#src/commitments/milestones/milestones.service.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { MilestoneActParams } from '#src/releases/payouts/act-params.dto.js';
import type { PaidDto } from '#src/releases/payouts/payouts.dto.js';
import { SignedActions, type VerifySigned } from '#src/signed-messages/signed-actions.service.js';
import { SignedActs } from '#src/signed-messages/signed-acts.service.js';
import { MilestoneRelease } from './milestone-release.service.js';
import { notYet } from './release.errors.js';

/** A creator who waits for an admin in vain releases a milestone by its own signed word. */
@Injectable()
export class SelfRelease {
  private readonly verifySigned: VerifySigned;

  constructor(
    actions: SignedActions,
    private readonly acts: SignedActs,
    private readonly commitments: Commitments,
    private readonly milestones: Milestones,
    private readonly releases: MilestoneRelease,
    private readonly chain: Chain,
  ) {
    this.verifySigned = actions.define('milestone.release', MilestoneActParams);
  }

  /**
   * @throws DomainError `invalid_signature`, `commitment_not_found`, `milestone_not_found`, `wrong_kind`, `not_the_creator`,
   * `not_yet`, and those of `MilestoneRelease.pay`
   */
  async release(commitmentId: string, milestoneId: string, body: SignedBody): Promise<PaidDto> {
    const verified = await this.verifySigned(body, { commitmentId, milestoneId });
    const commitment = await this.commitments.get(commitmentId);
    if (commitment.kind !== 'creator_reward') throw wrongKind(commitment, 'releasing a milestone');
    const milestone = await this.milestones.get(commitmentId, milestoneId);
    if (commitment.wallet !== body.wallet) throw notTheCreator(commitment);
    const { selfReleaseAt } = milestoneFacts(commitment, milestone);
    const { unixSeconds } = await this.chain.now();
    if (milestone.status === 'claimable' && selfReleaseAt !== null && unixSeconds < selfReleaseAt)
      throw notYet(milestoneId, selfReleaseAt);
    const chainTime = new Date(unixSeconds * 1000);
    return this.releases.pay({
      commitmentId,
      milestoneId,
      event: 'milestone_release_ok',
      record: async (manager) => {
        await this.acts.record(manager, verified, { commitmentId, chainTime });
      },
    });
  }
}
