import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type AdminAct, AdminActs } from '#src/admin/acts/admin-acts.service.js';
import { Audit } from '#src/audit/log/audit.service.js';
import { Transactions } from '#src/common/database/transactions.js';
import { Milestones } from '#src/commitments/milestones/milestones.service.js';
import { DeadAttempts } from '#src/releases/landing/dead-attempts.service.js';
import { MilestoneActParams } from '#src/releases/payouts/act-params.dto.js';
import { mayCancel, type PayoutStatus } from '#src/releases/payouts/payout.js';
import { liveAttempt, PayoutAttemptRepository } from '#src/releases/payouts/payout-attempt.repository.js';
import { PayoutBookings } from '#src/releases/bookings/payout-bookings.service.js';
import { PayoutRepository } from '#src/releases/payouts/payout.repository.js';
import { attemptMayStillLand, releaseLockNotFound } from './release.errors.js';
import { ReleaseLock } from './release-lock.entity.js';
import { ReleaseLockRepository } from './release-lock.repository.js';
import type { ReleaseLockDto } from './release-locks.dto.js';

const MAX_SHOWN = 200;

/** The locks of releases under way, for the person on call. */
@Injectable()
export class ReleaseLocks implements OnModuleInit {
  constructor(
    private readonly locks: ReleaseLockRepository,
    private readonly payouts: PayoutRepository,
    private readonly attempts: PayoutAttemptRepository,
    private readonly bookings: PayoutBookings,
    private readonly deadAttempts: DeadAttempts,
    private readonly milestones: Milestones,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly acts: AdminActs,
  ) {}

  onModuleInit(): void {
    this.acts.define({
      action: 'admin.lock.clear',
      params: MilestoneActParams,
      subject: async ({ commitmentId, milestoneId }) =>
        (await this.get(commitmentId, milestoneId)).commitmentId,
    });
  }

  async list(): Promise<{ items: ReleaseLockDto[] }> {
    const locks = await this.locks.findAll(this.transactions.manager, MAX_SHOWN);
    return { items: await Promise.all(locks.map((lock) => this.view(lock))) };
  }

  /** The lock of a milestone, or null when none is held. */
  async find(commitmentId: string, milestoneId: string): Promise<ReleaseLockDto | null> {
    const lock = await this.locks.find(this.transactions.manager, commitmentId, milestoneId);
    return lock === null ? null : this.view(lock);
  }

  /**
   * Gives a release up of which nothing can land any more: the payout is cancelled and the milestone claimable again.
   * @throws DomainError `release_lock_not_found`, `attempt_may_still_land`; `rpc_unavailable` where transactions were signed
   */
  async clear(act: AdminAct<MilestoneActParams>): Promise<ReleaseLockDto> {
    const { commitmentId, milestoneId } = act.given;
    const lock = await this.get(commitmentId, milestoneId);
    // The next release is another payout, and looks for transactions of its own only.
    const reason = lock.clearable ? await this.deadAttempts.doubt(lock.payoutId) : null;
    if (reason !== null) throw attemptMayStillLand({ ...lock, clearable: false, reason });
    if (!lock.clearable || !(await this.giveUp(lock, act))) {
      throw attemptMayStillLand((await this.find(commitmentId, milestoneId)) ?? lock);
    }
    return lock;
  }

  private async get(commitmentId: string, milestoneId: string): Promise<ReleaseLockDto> {
    const lock = await this.find(commitmentId, milestoneId);
    if (lock === null) throw releaseLockNotFound(commitmentId, milestoneId);
    return lock;
  }

  private async giveUp(lock: ReleaseLockDto, act: AdminAct): Promise<boolean> {
    return this.transactions.run(async (manager) => {
      const payout = await this.payouts.findById(manager, lock.payoutId);
      if (payout === null || !(await this.bookings.cancelled(manager, payout))) return false;
      await this.acts.record(manager, act);
      await this.milestones.undoRelease(manager, { id: lock.milestoneId, commitmentId: lock.commitmentId });
      await this.locks.deleteByPayout(manager, lock.payoutId);
      await this.audit.record(manager, {
        event: 'admin_release_lock_clear_ok',
        commitmentId: lock.commitmentId,
        payoutId: lock.payoutId,
        fields: { milestoneId: lock.milestoneId },
      });
      return true;
    });
  }

  private async view(lock: ReleaseLock): Promise<ReleaseLockDto> {
    const { manager } = this.transactions;
    const payout = await this.payouts.findById(manager, lock.payoutId);
    const live = liveAttempt(await this.attempts.findByPayouts(manager, [lock.payoutId]));
    const clearable = payout !== null && mayCancel(payout.status, live?.status ?? null);
    return {
      commitmentId: lock.commitmentId,
      milestoneId: lock.milestoneId,
      createdAt: lock.createdAt.toISOString(),
      txSig: lock.txSig,
      payoutId: lock.payoutId,
      clearable,
      reason: reasonOf(payout?.status, live?.signature ?? null, payout?.waitingFor ?? null),
    };
  }
}

function reasonOf(
  status: PayoutStatus | undefined,
  signature: string | null,
  waitingFor: string | null,
): string {
  if (status === 'pending')
    return `nothing is signed that could land; it waits for ${waitingFor ?? 'its turn'}`;
  if (status === 'stopped') return 'three attempts in a row failed on chain, and nothing can land any more';
  if (signature !== null) return `transaction ${signature} may still land, or has landed`;
  return 'a transaction is being prepared and may still land';
}
