import { Injectable } from '@nestjs/common';
import { Clock } from '#src/common/clock.js';
import { Shutdown } from '#src/common/shutdown.js';
import { Transactions } from '#src/common/database/transactions.js';
import type { PayoutStatus } from '#src/releases/payouts/payout.js';
import { Payout } from '#src/releases/payouts/payout.entity.js';
import type { PayoutState } from '#src/releases/payouts/payout-state.js';
import { payoutNotFound } from '#src/releases/payouts/payout.errors.js';
import { PayoutRepository } from '#src/releases/payouts/payout.repository.js';
import { isWaiting, type StepResult, writtenBy } from '#src/releases/landing/step-result.js';
import { DelayAlarm } from './delay-alarm.service.js';
import { StepRunner } from './step-runner.service.js';

/** A cluster shows most transactions soon after they were sent. */
const FIRST_LOOKS_MS = [100, 200];
const POLL_MS = 400;
const RETRY_MS = 2_000;
/** Landed, or nothing more will happen without a person. */
const SETTLED: readonly PayoutStatus[] = ['confirmed', 'finalized', 'stopped', 'cancelled'];

/** Drives payouts to their end. Safe to run anywhere, any number of times, at once: docs/domain.md tells why. */
@Injectable()
export class PayoutEngine {
  constructor(
    private readonly payouts: PayoutRepository,
    private readonly steps: StepRunner,
    private readonly alarm: DelayAlarm,
    private readonly transactions: Transactions,
    private readonly shutdown: Shutdown,
    private readonly clock: Clock,
  ) {}

  /** Drives a payout until it has landed, stops, is given up or paused, the time is over, or the process shuts down. Never throws for the chain. */
  async driveUntilLanded(id: string, waitMs: number): Promise<PayoutState> {
    const deadline = this.clock.now().getTime() + waitMs;
    const isOver = () => this.clock.now().getTime() + POLL_MS > deadline || this.shutdown.isShuttingDown;
    const pauses = [...FIRST_LOOKS_MS];
    let state = await this.read(id);
    let isOwn = false;
    if (waitMs === 0) return state;
    while (!SETTLED.includes(state.payout.status)) {
      const result = await this.advance(state, isOwn);
      const isLast = result === 'paused' || isOver();
      if (isWaiting(result) && !isLast) await this.shutdown.sleep(pauses.shift() ?? POLL_MS);
      isOwn = writtenBy(result) !== null;
      state = writtenBy(result) ?? (await this.read(id));
      if (isLast) break;
    }
    return state;
  }

  /** One pass of the driver over one payout: as many steps as can be taken without waiting. */
  async run(id: string): Promise<void> {
    let result: StepResult = 'moved';
    while (!this.shutdown.isShuttingDown && result !== 'paused' && !isWaiting(result)) {
      const written = writtenBy(result);
      result = await this.advance(written ?? (await this.read(id)), written !== null);
    }
    await this.payouts.schedule(
      this.transactions.manager,
      id,
      new Date(this.clock.now().getTime() + RETRY_MS),
    );
    await this.alarm.check((await this.read(id)).payout);
  }

  /** @param isOwn whether this worker has just written the state itself */
  private async advance(state: PayoutState, isOwn: boolean): Promise<StepResult> {
    const result = await this.steps.next(state, isOwn);
    if (isWaiting(result)) await this.note(state.payout, result.waitingFor);
    return result;
  }

  /** Costs nothing while the reason stays the same. */
  private async note(payout: Payout, reason: string | null): Promise<void> {
    if (payout.waitingFor === reason || payout.status === 'stopped') return;
    await this.payouts.noteWaiting(this.transactions.manager, payout.id, reason);
  }

  private async read(id: string): Promise<PayoutState> {
    const state = await this.payouts.findState(this.transactions.manager, id);
    if (state === null) throw payoutNotFound(id);
    return state;
  }
}
