import { Injectable } from '@nestjs/common';
import { Audit } from '#src/audit/log/audit.service.js';
import { Chain } from '#src/chain/port/chain.js';
import type { DomainError } from '#src/common/errors/errors.js';
import type { SignedBody } from '#src/common/input/fields.js';
import { Transactions } from '#src/common/database/transactions.js';
import { SignedActs } from '#src/signed-messages/signed-acts.service.js';
import { SignedActions, type VerifySigned } from '#src/signed-messages/signed-actions.service.js';
import type { Commitment } from '#src/commitments/commitment/commitment.entity.js';
import { notTheCreator, refused, wrongKind } from '#src/commitments/commitment/commitment.errors.js';
import type { CommitmentDto } from '#src/commitments/records/commitments.dto.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { alreadyCompleted } from '#src/commitments/milestones/milestone.errors.js';
import type { Milestone } from '#src/commitments/milestones/milestone.entity.js';
import { completeRefusal } from '#src/commitments/milestones/milestone.js';
import { CompleteParams } from '#src/commitments/milestones/milestones.dto.js';
import { Milestones } from '#src/commitments/milestones/milestones.service.js';

/** The creator's signed word that a milestone is done: holders may approve it from then on. */
@Injectable()
export class MilestoneCompletion {
  private readonly verifySigned: VerifySigned;

  constructor(
    actions: SignedActions,
    private readonly acts: SignedActs,
    private readonly chain: Chain,
    private readonly commitments: Commitments,
    private readonly milestones: Milestones,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
  ) {
    this.verifySigned = actions.define('milestone.complete', CompleteParams);
  }

  /**
   * @throws DomainError `invalid_signature`, `commitment_not_found`, `milestone_not_found`, `wrong_kind`,
   * `not_the_creator`, `already_completed`, `already_failing`, `already_resolved`, `rpc_unavailable`
   */
  async complete(commitmentId: string, milestoneId: string, body: SignedBody): Promise<CommitmentDto> {
    const { wallet, issuedAt, signature } = body;
    const verified = await this.verifySigned(body, { commitmentId, milestoneId });
    const commitment = await this.commitments.get(commitmentId);
    if (commitment.terms.kind !== 'creator_reward') throw wrongKind(commitment, 'completing a milestone');
    const milestone = await this.milestones.get(commitmentId, milestoneId);
    if (commitment.wallet !== wallet) throw notTheCreator(commitment);
    const refusal = refusalOf(commitment, milestone);
    if (refusal !== null) throw refusal;

    const completedAt = await this.chain.timeOfAct(new Date(issuedAt));
    const { terms } = commitment;
    const completed = await this.transactions.run(async (manager) => {
      if (!(await this.milestones.complete(manager, milestone, completedAt, terms))) return false;
      await this.acts.record(manager, verified, { commitmentId, chainTime: completedAt });
      await this.audit.record(manager, {
        event: 'milestone_complete_ok',
        commitmentId,
        fields: { milestoneId, attestation: signature, issuedAt },
      });
      return true;
    });
    if (!completed) throw await this.lostRace(commitmentId, milestoneId);
    return this.commitments.show(commitmentId);
  }

  private async lostRace(commitmentId: string, milestoneId: string): Promise<Error> {
    const commitment = await this.commitments.get(commitmentId);
    const milestone = await this.milestones.get(commitmentId, milestoneId);
    return refusalOf(commitment, milestone) ?? new Error(`milestone ${milestoneId} could not be completed`);
  }
}

function refusalOf(commitment: Commitment, milestone: Milestone): DomainError | null {
  switch (completeRefusal({ commitmentStatus: commitment.status, status: milestone.status })) {
    case 'already_failing':
      return refused('already_failing', commitment);
    case 'already_resolved':
      return refused('already_resolved', commitment);
    case 'already_completed':
      return alreadyCompleted(milestone);
    case null:
      return null;
  }
}
