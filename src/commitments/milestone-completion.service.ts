import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { Chain } from '../chain/chain.js';
import type { DomainError } from '../common/errors.js';
import type { SignedBody } from '../common/http/fields.js';
import { Transactions } from '../common/transactions.js';
import { parseDto } from '../common/validation.js';
import type { PreparedAction, SignedActionHandler } from '../signed-messages/signed-action.js';
import { SignedActionRegistry } from '../signed-messages/signed-action.registry.js';
import { SignedMessagesService } from '../signed-messages/signed-messages.service.js';
import type { Commitment } from './commitment.entity.js';
import { alreadyCompleted, notTheCreator, refused, wrongKind } from './commitment.errors.js';
import type { CommitmentDto } from './commitments.dto.js';
import { CommitmentsService } from './commitments.service.js';
import type { Milestone } from './milestone.entity.js';
import { completeRefusal } from './milestone.js';
import { CompleteParams } from './milestones.dto.js';
import { MilestonesService } from './milestones.service.js';

const ACTION = 'milestone.complete';

/** The creator's signed word that a milestone is done: holders may approve it from then on. */
@Injectable()
export class MilestoneCompletionService implements SignedActionHandler, OnModuleInit {
  readonly action = ACTION;

  constructor(
    private readonly registry: SignedActionRegistry,
    private readonly messages: SignedMessagesService,
    private readonly chain: Chain,
    private readonly commitments: CommitmentsService,
    private readonly milestones: MilestonesService,
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async prepare(_wallet: string, params: unknown): Promise<PreparedAction> {
    const { commitmentId, milestoneId } = parseDto(CompleteParams, params, 'params.');
    return { params: { commitmentId: commitmentId.toLowerCase(), milestoneId: milestoneId.toLowerCase() } };
  }

  /**
   * @throws DomainError `invalid_signature`, `commitment_not_found`, `milestone_not_found`, `wrong_kind`,
   * `not_the_creator`, `already_completed`, `already_resolved`, `rpc_unavailable`
   */
  async complete(commitmentId: string, milestoneId: string, body: SignedBody): Promise<CommitmentDto> {
    const { wallet, issuedAt, signature } = body;
    const params = { commitmentId, milestoneId };
    await this.messages.verify({ action: ACTION, wallet, issuedAt, signature, params });
    const commitment = await this.commitments.get(commitmentId);
    if (commitment.terms.kind !== 'creator_reward') throw wrongKind(commitment, 'completing a milestone');
    const milestone = await this.milestones.get(commitmentId, milestoneId);
    if (commitment.wallet !== wallet) throw notTheCreator(commitment);
    const refusal = refusalOf(commitment, milestone);
    if (refusal !== null) throw refusal;

    const completedAt = new Date((await this.chain.now()).unixSeconds * 1000);
    const { terms } = commitment;
    const completed = await this.transactions.run(async (manager) => {
      if (!(await this.milestones.complete(manager, milestone, completedAt, terms))) return false;
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
    case 'already_resolved':
      return refused('already_resolved', commitment);
    case 'already_completed':
      return alreadyCompleted(milestone);
    case null:
      return null;
  }
}
