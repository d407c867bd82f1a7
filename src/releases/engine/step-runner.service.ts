import { Injectable } from '@nestjs/common';
import { Transactions } from '#src/common/database/transactions.js';
import { PayoutLanding } from '#src/releases/landing/payout-landing.service.js';
import { type StepResult, waitingFor } from '#src/releases/landing/step-result.js';
import { liveAttempt, PayoutAttemptRepository } from '#src/releases/payouts/payout-attempt.repository.js';
import type { Payout } from '#src/releases/payouts/payout.entity.js';
import { nextStep } from '#src/releases/payouts/payout.js';
import { PayoutSigning } from './payout-signing.service.js';
import { isTransient, PayoutSteps } from './payout-steps.service.js';

/** Knows which step comes next, and who takes it. */
@Injectable()
export class StepRunner {
  constructor(
    private readonly attempts: PayoutAttemptRepository,
    private readonly signing: PayoutSigning,
    private readonly steps: PayoutSteps,
    private readonly landing: PayoutLanding,
    private readonly transactions: Transactions,
  ) {}

  /** Takes the one step that the states of payout and attempts ask for. Never throws for the chain. */
  async next(payout: Payout): Promise<StepResult> {
    const all = await this.attempts.findByPayouts(this.transactions.manager, [payout.id]);
    const live = liveAttempt(all);
    try {
      const doubt = await this.signing.doubt(payout, all);
      if (doubt !== null) return waitingFor(doubt);
      switch (nextStep(payout.status, live?.status ?? null)) {
        case 'prepare':
          return await this.steps.prepare(payout, all);
        case 'sign':
          return live === null ? waitingFor(null) : await this.steps.sign(payout, live);
        case 'land':
          return live === null ? waitingFor(null) : await this.landing.land(payout, live, all);
        case 'finalize':
          return live === null ? waitingFor(null) : await this.landing.finalize(payout, live, all);
        case 'rest':
          return waitingFor(null);
      }
    } catch (error) {
      if (!isTransient(error)) throw error;
      return waitingFor(error.message);
    }
  }
}
