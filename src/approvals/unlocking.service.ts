import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../audit/audit.service.js';
import { Chain } from '../chain/chain.js';
import { compareDecimals, decimalOf, toDecimalString } from '../common/decimal.js';
import { inParallel } from '../common/in-parallel.js';
import { Transactions } from '../common/transactions.js';
import { mayUnlock } from '../commitments/milestone.js';
import type { Milestone } from '../commitments/milestone.entity.js';
import { type DueMilestone, milestoneFacts, MilestonesService } from '../commitments/milestones.service.js';
import type { ReweighedApproval } from './reweighing.js';
import { ReweighingService } from './reweighing.service.js';
import { SignalRepository } from './signal.repository.js';

/** What one run did. A milestone that another replica has settled meanwhile is only among the due ones. */
export interface UnlockingResult {
  readonly due: number;
  readonly unlocked: number;
  readonly held: number;
  /** Could not be looked at; they stay due. */
  readonly errors: number;
}

export interface UnlockingOrder {
  /** Of this commitment only. */
  readonly commitmentId?: string | undefined;
  /** At most so many milestones, the longest due first. */
  readonly limit?: number | undefined;
  /** Also milestones that were held a moment ago; the scheduler leaves these alone for a while. */
  readonly pausedToo?: boolean;
}

const DEFAULT_LIMIT = 100;
const IN_FLIGHT = 4;
/** Of the chain's clock. A new approval ends the pause of a milestone that is held. */
const PAUSE_AFTER_HOLD_MS = 5 * 60_000;
const PAUSE_AFTER_ERROR_MS = 60_000;

type Outcome = 'unlocked' | 'held' | 'errors' | 'settled_elsewhere';

interface Weighed {
  readonly reweighedUsd: string;
  readonly approvals: readonly ReweighedApproval[];
}

/** Unlocks milestones whose approvals still weigh enough when their claim delay is over (normalization). */
@Injectable()
export class UnlockingService {
  private readonly logger = new Logger(UnlockingService.name);

  constructor(
    private readonly chain: Chain,
    private readonly milestones: MilestonesService,
    private readonly reweighing: ReweighingService,
    private readonly signals: SignalRepository,
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
  ) {}

  /**
   * Looks at what is due and at nothing else. Any number of replicas may run it at once: each milestone unlocks once.
   * @throws RpcUnavailableError when the chain's time cannot be had
   */
  async run({
    commitmentId,
    limit = DEFAULT_LIMIT,
    pausedToo = false,
  }: UnlockingOrder = {}): Promise<UnlockingResult> {
    const now = new Date((await this.chain.now()).unixSeconds * 1000);
    const due = await this.milestones.findDue(this.transactions.manager, {
      now,
      limit,
      commitmentId,
      pausedToo,
    });
    const counts: Record<Outcome, number> = { unlocked: 0, held: 0, errors: 0, settled_elsewhere: 0 };
    await inParallel(due, IN_FLIGHT, async (one) => {
      counts[await this.settle(one, now)] += 1;
    });
    const { unlocked, held, errors } = counts;
    return { due: due.length, unlocked, held, errors };
  }

  /** One that fails must not stop the others. */
  private async settle(due: DueMilestone, now: Date): Promise<Outcome> {
    try {
      return await this.lookAt(due, now);
    } catch (error) {
      const { id, commitmentId } = due.milestone;
      this.logger.error({ msg: `Milestone ${id} could not be weighed again`, commitmentId, err: error });
      await this.postpone(due.milestone, now);
      return 'errors';
    }
  }

  private async lookAt({ milestone, tokenMint }: DueMilestone, now: Date): Promise<Outcome> {
    const signals = await this.signals.findAll(this.transactions.manager, milestone.id);
    const { sum, approvals } = await this.reweighing.reweigh(tokenMint, milestone.thresholdUsd, signals);
    const weighed = { reweighedUsd: toDecimalString(sum), approvals };
    const facts = { ...milestoneFacts({ status: 'active' }, milestone), reweighedUsd: weighed.reweighedUsd };
    const opens = mayUnlock(facts, now.getTime() / 1000);
    const moved = await this.transactions.run((manager) =>
      opens ? this.unlock(manager, milestone, weighed, now) : this.hold(manager, milestone, weighed, now),
    );
    if (!moved) return 'settled_elsewhere';
    return opens ? 'unlocked' : 'held';
  }

  private async unlock(
    manager: EntityManager,
    milestone: Milestone,
    { reweighedUsd, approvals }: Weighed,
    at: Date,
  ): Promise<boolean> {
    if (!(await this.milestones.unlock(manager, milestone, { reweighedUsd, at }))) return false;
    await this.signals.saveReweighed(manager, approvals);
    await this.record(manager, 'milestone_claimable_ok', milestone, { reweighedUsd, approvals });
    return true;
  }

  private async hold(
    manager: EntityManager,
    milestone: Milestone,
    { reweighedUsd, approvals }: Weighed,
    at: Date,
  ): Promise<boolean> {
    const nextCheckAt = later(at, PAUSE_AFTER_HOLD_MS);
    const hold = { reweighedUsd, at, voters: approvals.length, nextCheckAt };
    if (!(await this.milestones.hold(manager, milestone, hold))) return false;
    await this.signals.saveReweighed(manager, approvals);
    // Every five minutes the same row would bury the others.
    if (!isSame(milestone.reweighedUsd, reweighedUsd))
      await this.record(manager, 'milestone_held_ok', milestone, { reweighedUsd, approvals });
    return true;
  }

  private async record(
    manager: EntityManager,
    event: string,
    milestone: Milestone,
    { reweighedUsd, approvals }: Weighed,
  ): Promise<void> {
    const { id: milestoneId, commitmentId, signalledUsd, thresholdUsd } = milestone;
    const fields = { milestoneId, signalledUsd, reweighedUsd, thresholdUsd, voters: approvals.length };
    await this.audit.record(manager, { event, commitmentId, fields });
  }

  /** So that milestones which always fail do not stand before all others. */
  private async postpone(milestone: Milestone, now: Date): Promise<void> {
    try {
      const until = later(now, PAUSE_AFTER_ERROR_MS);
      await this.milestones.postpone(this.transactions.manager, milestone, until);
    } catch (error) {
      this.logger.error({ msg: `Milestone ${milestone.id} could not be postponed`, err: error });
    }
  }
}

function isSame(before: string | null, after: string): boolean {
  return before !== null && compareDecimals(decimalOf(before), decimalOf(after)) === 0;
}

function later(time: Date, ms: number): Date {
  return new Date(time.getTime() + ms);
}
