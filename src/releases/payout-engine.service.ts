import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import type { DomainError } from '../common/errors.js';
import { Shutdown } from '../common/shutdown.js';
import { Transactions } from '../common/transactions.js';
import { nextStep, type PayoutStatus } from './payout.js';
import { liveAttempt, PayoutAttemptRepository } from './payout-attempt.repository.js';
import { Payout } from './payout.entity.js';
import { payoutNotFound } from './payout.errors.js';
import { PayoutRepository } from './payout.repository.js';
import { isTransient, PayoutSteps, type StepResult } from './payout-steps.service.js';

const POLL_MS = 400;
const RETRY_MS = 2_000;
/** Landed, or nothing more will happen without a person. */
const SETTLED: readonly PayoutStatus[] = ['confirmed', 'finalized', 'stopped', 'cancelled'];

/** Drives payouts to their end. Safe to run anywhere, any number of times, at once: docs/domain.md tells why. */
@Injectable()
export class PayoutEngine {
  constructor(
    private readonly payouts: PayoutRepository,
    private readonly attempts: PayoutAttemptRepository,
    private readonly steps: PayoutSteps,
    private readonly transactions: Transactions,
    private readonly shutdown: Shutdown,
    private readonly clock: Clock,
  ) {}

  /** Drives a payout until it has landed, stops, is given up or paused, the time is over, or the process shuts down. Never throws for the chain. */
  async driveUntilLanded(id: string, waitMs: number): Promise<Payout> {
    const deadline = this.clock.now().getTime() + waitMs;
    for (;;) {
      const result = waitMs === 0 ? 'waiting' : await this.advance(id);
      const payout = await this.get(id);
      if (SETTLED.includes(payout.status) || result === 'paused') return payout;
      if (this.clock.now().getTime() + POLL_MS > deadline || this.shutdown.isShuttingDown) return payout;
      if (result === 'waiting') await this.shutdown.sleep(POLL_MS);
    }
  }

  /** One pass of the driver over one payout: as many steps as can be taken without waiting. */
  async run(id: string): Promise<void> {
    while (!this.shutdown.isShuttingDown) {
      if ((await this.advance(id)) !== 'moved') break;
    }
    await this.payouts.schedule(
      this.transactions.manager,
      id,
      new Date(this.clock.now().getTime() + RETRY_MS),
    );
  }

  private async advance(id: string): Promise<StepResult> {
    const payout = await this.get(id);
    const all = await this.attempts.findByPayouts(this.transactions.manager, [id]);
    const live = liveAttempt(all);
    try {
      switch (nextStep(payout.status, live?.status ?? null)) {
        case 'prepare':
          return await this.steps.prepare(payout, all);
        case 'sign':
          return live === null ? 'waiting' : await this.steps.sign(payout, live);
        case 'land':
          return live === null ? 'waiting' : await this.steps.land(payout, live, all);
        case 'finalize':
          return live === null ? 'waiting' : await this.steps.finalize(payout, live, all);
        case 'rest':
          return 'waiting';
      }
    } catch (error) {
      if (!isTransient(error)) throw error;
      await this.noteTransient(payout, error);
      return 'waiting';
    }
  }

  private async noteTransient(payout: Payout, error: DomainError): Promise<void> {
    await this.payouts.noteWaiting(this.transactions.manager, payout.id, error.message);
  }

  private async get(id: string): Promise<Payout> {
    const payout = await this.payouts.findById(this.transactions.manager, id);
    if (payout === null) throw payoutNotFound(id);
    return payout;
  }
}
