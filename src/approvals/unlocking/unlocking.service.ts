import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditEvent } from '#src/common/audit-events.js';
import { Audit } from '#src/audit/log/audit.service.js';
import { Chain } from '#src/chain/port/chain.js';
import { least } from '#src/common/money/bigints.js';
import { compareDecimals, decimalOf, toDecimalString } from '#src/common/money/decimal.js';
import { inParallel } from '#src/common/in-parallel.js';
import { Shutdown } from '#src/common/shutdown.js';
import { Transactions } from '#src/common/database/transactions.js';
import { tokenChanged } from '#src/commitments/commitment/commitment.errors.js';
import type { RewardTerms } from '#src/commitments/commitment/terms.js';
import { tokenDrift } from '#src/commitments/commitment/token-terms.js';
import { mayUnlock } from '#src/commitments/milestones/milestone.js';
import type { Milestone } from '#src/commitments/milestones/milestone.entity.js';
import {
  type DueMilestone,
  milestoneFacts,
  Milestones,
} from '#src/commitments/milestones/milestones.service.js';
import type { ReweighedApproval } from '#src/approvals/weights/reweighing.js';
import { Reweighing } from '#src/approvals/weights/reweighing.service.js';
import { unlockFact } from '#src/escrow/door/facts/facts.js';
import { Marks } from '#src/marks/marks.service.js';
import { ProvenSignals } from '#src/approvals/signals/proven-signals.service.js';
import type { Signal } from '#src/approvals/signals/signal.entity.js';
import { SignalRepository } from '#src/approvals/signals/signal.repository.js';

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
  readonly approvedRaw: string;
  readonly seenSupply: string;
  readonly approvals: readonly ReweighedApproval[];
}

/** Unlocks milestones whose approvals still weigh enough when their claim delay is over (normalization). */
@Injectable()
export class Unlocking {
  private readonly logger = new Logger(Unlocking.name);

  constructor(
    private readonly chain: Chain,
    private readonly milestones: Milestones,
    private readonly reweighing: Reweighing,
    private readonly signals: SignalRepository,
    private readonly proven: ProvenSignals,
    private readonly marks: Marks,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly shutdown: Shutdown,
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

  /**
   * Batch after batch until nothing is due, as the scheduler wants it. Ends early where a batch brings nothing but errors.
   * @param limit of one batch
   * @throws RpcUnavailableError when the chain's time cannot be had
   */
  async runAll(limit = DEFAULT_LIMIT): Promise<UnlockingResult> {
    const total = { due: 0, unlocked: 0, held: 0, errors: 0 };
    for (;;) {
      const batch = await this.run({ limit });
      total.due += batch.due;
      total.unlocked += batch.unlocked;
      total.held += batch.held;
      total.errors += batch.errors;
      const mayBeMore = batch.due === limit && batch.errors < batch.due;
      if (!mayBeMore || this.shutdown.isShuttingDown) return total;
    }
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

  private async lookAt(due: DueMilestone, now: Date): Promise<Outcome> {
    const { milestone, tokenMint, terms } = due;
    const seenSupply = (await this.supplyOf(tokenMint, terms)).toString();
    const signals = await this.proven.ofMilestone(milestone.id);
    const { sum, approvals } = await this.reweighing.reweigh(tokenMint, milestone.thresholdUsd, signals);
    const approvedRaw = heldTogether(signals, approvals).toString();
    const weighed = { reweighedUsd: toDecimalString(sum), approvals, approvedRaw, seenSupply };
    const facts = milestoneFacts(due, { ...milestone, ...weighed });
    const opens = mayUnlock(facts, now.getTime() / 1000);
    const moved = await this.transactions.run((manager) =>
      opens
        ? this.unlock(manager, { ...due, signals }, weighed, now)
        : this.hold(manager, milestone, weighed, now),
    );
    if (!moved) return 'settled_elsewhere';
    return opens ? 'unlocked' : 'held';
  }

  private async unlock(
    manager: EntityManager,
    { milestone, tokenMint, signals }: DueMilestone & { readonly signals: readonly Signal[] },
    { reweighedUsd, approvals, approvedRaw, seenSupply }: Weighed,
    at: Date,
  ): Promise<boolean> {
    const sum = { reweighedUsd, approvedRaw, seenSupply, at };
    if (!(await this.milestones.unlock(manager, milestone, sum))) return false;
    await this.signals.saveReweighed(manager, approvals);
    const { id: milestoneId, commitmentId, thresholdUsd } = milestone;
    const wallets = new Map(signals.map(({ id, wallet }) => [id, wallet]));
    const counted = approvals.map(({ id, weightUsd }) => ({ wallet: wallets.get(id) ?? '', weightUsd }));
    const weighed = { thresholdUsd, reweighedUsd, approvedRaw, seenSupply };
    const unlocked = { milestoneId, commitmentId, tokenMint, ...weighed, claimableAt: at };
    await this.marks.make(manager, unlockFact({ ...unlocked, approvals: counted }));
    await this.record(manager, 'milestone_claimable_ok', milestone, { reweighedUsd, approvals });
    return true;
  }

  private async hold(
    manager: EntityManager,
    milestone: Milestone,
    { reweighedUsd, approvals, approvedRaw, seenSupply }: Weighed,
    at: Date,
  ): Promise<boolean> {
    const nextCheckAt = later(at, PAUSE_AFTER_HOLD_MS);
    const hold = { reweighedUsd, approvedRaw, seenSupply, at, voters: approvals.length, nextCheckAt };
    if (!(await this.milestones.hold(manager, milestone, hold))) return false;
    await this.signals.saveReweighed(manager, approvals);
    // Every five minutes the same row would bury the others.
    if (!isSame(milestone.reweighedUsd, reweighedUsd))
      await this.record(manager, 'milestone_held_ok', milestone, { reweighedUsd, approvals });
    return true;
  }

  private async record(
    manager: EntityManager,
    event: AuditEvent,
    milestone: Milestone,
    { reweighedUsd, approvals }: Pick<Weighed, 'reweighedUsd' | 'approvals'>,
  ): Promise<void> {
    const { id: milestoneId, commitmentId, signalledUsd, thresholdUsd } = milestone;
    const fields = { milestoneId, signalledUsd, reweighedUsd, thresholdUsd, voters: approvals.length };
    await this.audit.record(manager, { event, commitmentId, fields });
  }

  /** @throws DomainError `token_changed` for another token than was signed for: nothing is counted then */
  private async supplyOf(tokenMint: string, terms: RewardTerms): Promise<bigint> {
    const token = await this.chain.tokenMint(tokenMint);
    // A mint that is gone has no holders, and so no weight.
    if (token === null) return 0n;
    const drift = tokenDrift(terms, token);
    if (drift !== null) throw tokenChanged(tokenMint, drift);
    return token.supply;
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

/** Raw units of the approvals that count: of each the lower of what it was given with and what is left. */
function heldTogether(signals: readonly Signal[], approvals: readonly ReweighedApproval[]): bigint {
  const present = new Map(approvals.map(({ id, presentRaw }) => [id, presentRaw]));
  return signals.reduce((sum, { id, rawAmount }) => sum + least(rawAmount, present.get(id) ?? 0n), 0n);
}

function isSame(before: string | null, after: string): boolean {
  return before !== null && compareDecimals(decimalOf(before), decimalOf(after)) === 0;
}

function later(time: Date, ms: number): Date {
  return new Date(time.getTime() + ms);
}
