import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type AdminAct, AdminActs } from '#src/admin/acts/admin-acts.service.js';
import { PayoutAudit } from '#src/releases/bookings/payout-audit.service.js';
import type { AuditEvent } from '#src/common/audit-events.js';
import { Chain } from '#src/chain/port/chain.js';
import { Clock } from '#src/common/clock.js';
import type { DomainError } from '#src/common/errors/errors.js';
import { Commitment } from '#src/commitments/commitment/commitment.entity.js';
import { refused, wrongKind } from '#src/commitments/commitment/commitment.errors.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { Milestone } from '#src/commitments/milestones/milestone.entity.js';
import { isReleasable, waitingFor } from '#src/commitments/milestones/milestone.js';
import { milestoneFacts, Milestones } from '#src/commitments/milestones/milestones.service.js';
import { Escrows } from '#src/escrow/escrows.service.js';
import { PayoutFollower } from '#src/releases/engine/payout-follower.service.js';
import { Payout } from '#src/releases/payouts/payout.entity.js';
import { milestoneOf } from './milestone-of.js';
import { OwedMilestones } from './owed-milestones.service.js';
import { PayoutOrders } from '#src/releases/engine/payout-orders.service.js';
import type { OrderTerms } from '#src/releases/payouts/payout-order.js';
import { MilestoneActParams } from '#src/releases/payouts/act-params.dto.js';
import { businessKey } from '#src/releases/payouts/purpose.js';
import { alreadyReleased, notClaimable, releaseInProgress } from './release.errors.js';
import { ReleaseLockRepository } from './release-lock.repository.js';
import { ReleaseLocks } from './release-locks.service.js';
import type { PaidDto } from '#src/releases/payouts/payouts.dto.js';

/** Who wants a release, and on whose word. */
export interface ReleaseRequest extends MilestoneActParams {
  readonly event: AuditEvent;
  /** In the transaction that writes the payout. */
  record(manager: EntityManager): Promise<void>;
}

/** Pays a creator for a milestone that its holders have approved. */
@Injectable()
export class MilestoneRelease implements OnModuleInit {
  constructor(
    private readonly commitments: Commitments,
    private readonly milestones: Milestones,
    private readonly escrows: Escrows,
    private readonly orders: PayoutOrders,
    private readonly payments: PayoutFollower,
    private readonly owed: OwedMilestones,
    private readonly locks: ReleaseLocks,
    private readonly lockRows: ReleaseLockRepository,
    private readonly chain: Chain,
    private readonly audit: PayoutAudit,
    private readonly clock: Clock,
    private readonly acts: AdminActs,
  ) {}

  onModuleInit(): void {
    this.acts.define({
      action: 'admin.milestone.release',
      params: MilestoneActParams,
      subject: async ({ commitmentId, milestoneId }) =>
        (await this.milestones.get((await this.reward(commitmentId)).id, milestoneId)).commitmentId,
    });
  }

  /** @throws DomainError those of `pay` */
  async release(act: AdminAct<MilestoneActParams>): Promise<PaidDto> {
    const event = 'admin_reward_milestone_release_ok';
    const record = async (manager: EntityManager) => void (await this.acts.record(manager, act));
    return this.pay({ ...act.given, event, record });
  }

  /**
   * @throws DomainError `commitment_not_found`, `milestone_not_found`, `wrong_kind`, `already_failing`,
   * `release_in_progress`, `already_released`, `not_claimable`, and those of `PayoutOrders.place`
   */
  async pay(request: ReleaseRequest): Promise<PaidDto> {
    const { commitmentId, milestoneId } = request;
    const commitment = await this.reward(commitmentId);
    const milestone = await this.milestones.get(commitmentId, milestoneId);
    const refusal = await this.refusal(commitment, milestone);
    if (refusal !== null) throw refusal;
    const payout = await this.orders.placeOr(
      await this.termsOf(commitment, milestone),
      (manager, written) => this.decide(manager, written, request),
      (isLost) => this.whoWasFaster(milestone, isLost),
    );
    return this.payments.follow(payout);
  }

  /** A commitment of another kind has no milestones: the kind is the answer that helps, not which milestone is missing. */
  private async reward(commitmentId: string): Promise<Commitment> {
    const commitment = await this.commitments.get(commitmentId);
    if (commitment.kind !== 'creator_reward') throw wrongKind(commitment, 'releasing a milestone');
    return commitment;
  }

  private async refusal(commitment: Commitment, milestone: Milestone): Promise<DomainError | null> {
    switch (milestone.status) {
      case 'released':
        return alreadyReleased(milestone.id, milestone.releaseSignature);
      case 'releasing':
        return this.refusalWhileReleasing(commitment, milestone);
      case 'claimable':
        return this.refusalOfClaimable(commitment, milestone);
      case 'locked':
      case 'completed':
      case 'forfeited':
        return notClaimable(
          milestone.id,
          milestone.status,
          waitingFor(milestoneFacts(commitment, milestone), (await this.chain.shownTime()).unixSeconds),
        );
    }
  }

  /** While a failure is announced, what is earned stays releasable, and nothing else. */
  private async refusalOfClaimable(
    commitment: Commitment,
    milestone: Milestone,
  ): Promise<DomainError | null> {
    if (commitment.status !== 'failing') return null;
    const facts = milestoneFacts(commitment, milestone);
    return isReleasable(facts, (await this.chain.now()).unixSeconds)
      ? null
      : refused('already_failing', commitment);
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

  private async decide(manager: EntityManager, payout: Payout, request: ReleaseRequest): Promise<boolean> {
    const milestone = milestoneOf(payout);
    if (!(await this.milestones.beginRelease(manager, milestone))) return false;
    await request.record(manager);
    const { id: milestoneId, commitmentId } = milestone;
    const payoutId = payout.id;
    await this.lockRows.insert(manager, {
      commitmentId,
      milestoneId,
      createdAt: this.clock.now(),
      txSig: null,
      payoutId,
    });
    await this.audit.decided(manager, request.event, payout);
    return true;
  }

  private async whoWasFaster({ commitmentId, id }: Milestone, isLost: boolean): Promise<null> {
    const commitment = await this.commitments.get(commitmentId);
    const milestone = await this.milestones.get(commitmentId, id);
    const refusal = await this.refusal(commitment, milestone);
    if (refusal !== null) throw refusal;
    // Claimable again: who was faster has been given up meanwhile.
    if (isLost) throw releaseInProgress(id, null);
    return null;
  }

  private async termsOf(commitment: Commitment, milestone: Milestone): Promise<OrderTerms> {
    const key = businessKey('milestone_release', milestone.id);
    const source = await this.escrows.addressOf(commitment.id);
    return {
      commitmentId: commitment.id,
      purpose: 'milestone_release',
      businessKey: key,
      subjectId: milestone.id,
      source,
      destination: commitment.wallet,
      ...(await this.owed.amountOf(milestone, source, key)),
    };
  }
}
