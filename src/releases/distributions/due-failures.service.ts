import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '#src/audit/log/audit.service.js';
import { Unlocking } from '#src/approvals/unlocking/unlocking.service.js';
import { Chain } from '#src/chain/port/chain.js';
import { DomainError, messageOf } from '#src/common/errors/errors.js';
import { Transactions } from '#src/common/database/transactions.js';
import type { Commitment } from '#src/commitments/commitment/commitment.entity.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { ManagedFees } from '#src/pumpfun/collections/managed-fees.service.js';
import { WrappedSol } from '#src/pumpfun/collections/wrapped-sol.service.js';
import { AnnouncedFailures } from '#src/releases/failures/announced-failures.service.js';
import type { FailureAnnouncement } from '#src/releases/failures/failure-announcement.entity.js';
import { FailureAnnouncementRepository } from '#src/releases/failures/failure-announcement.repository.js';
import { FailureWeighing } from '#src/releases/failures/failure-weighing.service.js';
import { FailureFreeze } from './failure-freeze.service.js';

const MAX_DUE = 20;

export interface DueFailuresResult {
  readonly due: number;
  readonly frozen: number;
  /** Could not take effect yet; each says why in `waitingFor`. */
  readonly waiting: number;
}

/** Why a failure whose time has come does not take effect yet. */
interface Obstacle {
  readonly code: string;
  readonly reason: string;
}

/** Lets announced failures take effect whose notice is over: weighs who shares in them, then freezes every amount. */
@Injectable()
export class DueFailures {
  private readonly logger = new Logger(DueFailures.name);

  constructor(
    private readonly announced: AnnouncedFailures,
    private readonly announcements: FailureAnnouncementRepository,
    private readonly weighing: FailureWeighing,
    private readonly freezing: FailureFreeze,
    private readonly unlocking: Unlocking,
    private readonly commitments: Commitments,
    private readonly managedFees: ManagedFees,
    private readonly wrapped: WrappedSol,
    private readonly chain: Chain,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
  ) {}

  /**
   * Looks at what is due and at nothing else. Whatever interrupts it, the next run goes on where it was.
   * @throws RpcUnavailableError, ChainDisagreesError, SingleSourceError when the chain's time cannot be had
   */
  async run(): Promise<DueFailuresResult> {
    const now = new Date((await this.chain.now()).unixSeconds * 1000);
    const due = await this.announcements.takeDue(this.transactions.manager, now, MAX_DUE);
    let frozen = 0;
    for (const announcement of due) {
      const obstacle = await this.obstacleOf(announcement, now);
      if (obstacle === null) frozen += 1;
      else await this.wait(announcement, obstacle);
    }
    return { due: due.length, frozen, waiting: due.length - frozen };
  }

  /** One that cannot take effect must not stop the others. */
  private async obstacleOf(announcement: FailureAnnouncement, now: Date): Promise<Obstacle | null> {
    try {
      return await this.takeEffect(announcement, now);
    } catch (error) {
      const { commitmentId } = announcement;
      this.logger.error({
        msg: `The failure of ${commitmentId} could not take effect`,
        commitmentId,
        err: error,
      });
      const { cause } = error as { cause?: unknown };
      const reason = cause instanceof Error ? `${messageOf(error)} (${cause.message})` : messageOf(error);
      return { code: error instanceof DomainError ? error.code : 'failed', reason };
    }
  }

  private async takeEffect(announcement: FailureAnnouncement, now: Date): Promise<Obstacle | null> {
    const { commitmentId, announcedBy } = announcement;
    if (await this.announced.isOrphaned(this.transactions.manager, announcement)) {
      const reason = `${announcedBy}, who announced it, is no admin any more: another admin has to confirm it or call it off`;
      return { code: 'orphaned', reason };
    }
    const commitment = await this.commitments.get(commitmentId);
    if (!(await this.weighing.weigh(commitment, announcement)))
      return { code: 'interrupted', reason: 'the service is shutting down; weighing goes on afterwards' };
    const { errors } = await this.unlocking.run({ commitmentId, pausedToo: true });
    if (errors > 0)
      return { code: 'unlocking', reason: 'milestones that were due at the announcement cannot be weighed' };
    const fees = await this.feesOf(commitment, announcement, now);
    if (fees !== null) return { code: 'fees', reason: fees };
    if (await this.freezing.freeze(commitment, announcement, now)) return null;
    return { code: 'paying', reason: 'a payout of the escrow is in progress' };
  }

  /** Why creator fees or wrapped SOL have to be waited for; null when neither has. */
  private async feesOf(
    { id: commitmentId, tokenMint, creatorFeeMode }: Commitment,
    { effectiveAt }: FailureAnnouncement,
    now: Date,
  ): Promise<string | null> {
    if (creatorFeeMode !== 'managed' || tokenMint === null)
      return this.wrapped.beforeFreeze(commitmentId, effectiveAt, now);
    return this.managedFees.beforeFreeze({ commitmentId, tokenMint }, effectiveAt, now);
  }

  private async wait({ id, commitmentId }: FailureAnnouncement, { code, reason }: Obstacle): Promise<void> {
    await this.announcements.noteWaiting(this.transactions.manager, id, reason);
    await this.audit.recordOnce({
      event: 'failure_waiting_error',
      commitmentId,
      fields: { commitmentId, announcementId: id, code },
    });
  }
}
