import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { Transactions } from '../common/transactions.js';
import { MilestonesService } from '../commitments/milestones.service.js';
import { FalseDeaths } from './false-deaths.service.js';
import { mayCancel, type PayoutStatus } from './payout.js';
import { liveAttempt, PayoutAttemptRepository } from './payout-attempt.repository.js';
import { PayoutLedger } from './payout-ledger.service.js';
import { PayoutRepository } from './payout.repository.js';
import { attemptMayStillLand, releaseLockNotFound } from './release.errors.js';
import { ReleaseLock } from './release-lock.entity.js';
import { ReleaseLockRepository } from './release-lock.repository.js';
import type { ReleaseLockDto } from './release-locks.dto.js';

const MAX_SHOWN = 200;

/** The locks of releases under way, for the person on call. */
@Injectable()
export class ReleaseLocksService {
  constructor(
    private readonly locks: ReleaseLockRepository,
    private readonly payouts: PayoutRepository,
    private readonly attempts: PayoutAttemptRepository,
    private readonly ledger: PayoutLedger,
    private readonly falseDeaths: FalseDeaths,
    private readonly milestones: MilestonesService,
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
  ) {}

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
  async clear(commitmentId: string, milestoneId: string): Promise<ReleaseLockDto> {
    const lock = await this.find(commitmentId, milestoneId);
    if (lock === null) throw releaseLockNotFound(commitmentId, milestoneId);
    // The next release is another payout, and looks for transactions of its own only.
    const reason = lock.clearable ? await this.falseDeaths.of(lock.payoutId) : null;
    if (reason !== null) throw attemptMayStillLand({ ...lock, clearable: false, reason });
    if (!lock.clearable || !(await this.giveUp(lock))) {
      throw attemptMayStillLand((await this.find(commitmentId, milestoneId)) ?? lock);
    }
    return lock;
  }

  private async giveUp(lock: ReleaseLockDto): Promise<boolean> {
    return this.transactions.run(async (manager) => {
      const payout = await this.payouts.findById(manager, lock.payoutId);
      if (payout === null || !(await this.ledger.cancelled(manager, payout))) return false;
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
