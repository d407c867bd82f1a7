import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../audit/audit.service.js';
import { Chain } from '../chain/chain.js';
import { Clock } from '../common/clock.js';
import type { DomainError } from '../common/errors.js';
import { Ids } from '../common/ids.js';
import { toJsonLamports } from '../common/lamports.js';
import { currentContext } from '../common/request-context.js';
import { Commitment } from '../commitments/commitment.entity.js';
import { refused, wrongKind } from '../commitments/commitment.errors.js';
import { CommitmentsService } from '../commitments/commitments.service.js';
import { Milestone } from '../commitments/milestone.entity.js';
import { waitingFor } from '../commitments/milestone.js';
import { milestoneFacts, MilestonesService } from '../commitments/milestones.service.js';
import { EscrowService } from '../escrow/escrow.service.js';
import { PaymentsService } from './payments.service.js';
import { Payout } from './payout.entity.js';
import { milestoneOf } from './payout-effects.service.js';
import { type PayoutOrder, PayoutOrders } from './payout-orders.service.js';
import { businessKey } from './purpose.js';
import { alreadyReleased, notClaimable, releaseInProgress } from './release.errors.js';
import { ReleaseLockRepository } from './release-lock.repository.js';
import { ReleaseLocksService } from './release-locks.service.js';
import type { PaidDto } from './releases.dto.js';

/** Pays a creator for a milestone that its holders have approved. */
@Injectable()
export class MilestoneReleaseService {
  constructor(
    private readonly commitments: CommitmentsService,
    private readonly milestones: MilestonesService,
    private readonly escrows: EscrowService,
    private readonly orders: PayoutOrders,
    private readonly payments: PaymentsService,
    private readonly locks: ReleaseLocksService,
    private readonly lockRows: ReleaseLockRepository,
    private readonly chain: Chain,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * @throws DomainError `commitment_not_found`, `milestone_not_found`, `wrong_kind`, `already_resolved`,
   * `release_in_progress`, `already_released`, `not_claimable`, and those of `PayoutOrders.place`
   */
  async release(commitmentId: string, milestoneId: string): Promise<PaidDto> {
    const commitment = await this.commitments.get(commitmentId);
    if (commitment.kind !== 'creator_reward') throw wrongKind(commitment, 'releasing a milestone');
    const milestone = await this.milestones.get(commitmentId, milestoneId);
    const refusal = await this.refusal(commitment, milestone);
    if (refusal !== null) throw refusal;
    const order = await this.orderOf(commitment, milestone);
    if (!(await this.place(order))) throw await this.lostRace(order);
    return this.payments.follow(order);
  }

  private async refusal(commitment: Commitment, milestone: Milestone): Promise<DomainError | null> {
    switch (milestone.status) {
      case 'released':
        return alreadyReleased(milestone.id, milestone.releaseSignature);
      case 'releasing':
        return this.refusalWhileReleasing(commitment, milestone);
      case 'claimable':
        return commitment.status === 'active' ? null : refused('already_resolved', commitment);
      case 'locked':
      case 'completed':
      case 'forfeited':
        return notClaimable(
          milestone.id,
          milestone.status,
          waitingFor(milestoneFacts(commitment, milestone), (await this.chain.now()).unixSeconds),
        );
    }
  }

  private async refusalWhileReleasing(
    commitment: Commitment,
    { id }: Milestone,
  ): Promise<DomainError | null> {
    const lock = await this.locks.find(commitment.id, id);
    if (lock !== null) return releaseInProgress(id, lock);
    // It has ended since the milestone was read, paid or given up, unless somebody has removed the row by force.
    const now = await this.milestones.get(commitment.id, id);
    return now.status === 'releasing' ? releaseInProgress(id, null) : this.refusal(commitment, now);
  }

  private async place(order: PayoutOrder): Promise<boolean> {
    try {
      return await this.orders.place(order, (manager, payout) => this.decide(manager, payout));
    } catch (error) {
      // Somebody else may have released it meanwhile: then the money is missing for a good reason.
      const { commitmentId, subjectId } = order;
      const milestone = await this.milestones.get(commitmentId, subjectId ?? '');
      if (milestone.status !== 'claimable') return false;
      throw error;
    }
  }

  private async decide(manager: EntityManager, payout: Payout): Promise<boolean> {
    const milestone = milestoneOf(payout);
    if (!(await this.milestones.beginRelease(manager, milestone))) return false;
    const { id: milestoneId, commitmentId } = milestone;
    const payoutId = payout.id;
    await this.lockRows.insert(manager, {
      commitmentId,
      milestoneId,
      createdAt: this.clock.now(),
      txSig: null,
      payoutId,
    });
    await this.audit.record(manager, {
      event: 'admin_reward_milestone_release_ok',
      commitmentId,
      payoutId,
      fields: {
        milestoneId,
        source: payout.source,
        destination: payout.destination,
        amountLamports: toJsonLamports(payout.amountLamports),
      },
    });
    return true;
  }

  private async lostRace({ commitmentId, subjectId }: PayoutOrder): Promise<DomainError> {
    const commitment = await this.commitments.get(commitmentId);
    const milestone = await this.milestones.get(commitmentId, subjectId ?? '');
    // Claimable again: who was faster has been given up meanwhile.
    return (await this.refusal(commitment, milestone)) ?? releaseInProgress(milestone.id, null);
  }

  private async orderOf(commitment: Commitment, milestone: Milestone): Promise<PayoutOrder> {
    return {
      id: this.ids.uuid(),
      commitmentId: commitment.id,
      purpose: 'milestone_release',
      businessKey: businessKey('milestone_release', milestone.id),
      subjectId: milestone.id,
      source: await this.escrows.addressOf(commitment.id),
      destination: commitment.wallet,
      amountLamports: milestone.unlockLamports,
      drain: false,
      feeLamports: null,
      requestedBy: currentContext()?.actor ?? 'unknown',
    };
  }
}
