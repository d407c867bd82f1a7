import { Injectable } from '@nestjs/common';
import { PayoutLanding } from '#src/releases/landing/payout-landing.service.js';
import { type StepResult, waitingFor } from '#src/releases/landing/step-result.js';
import { liveAttempt } from '#src/releases/payouts/payout-attempt.repository.js';
import { nextStep } from '#src/releases/payouts/payout.js';
import type { PayoutState } from '#src/releases/payouts/payout-state.js';
import { PayoutSigning } from './payout-signing.service.js';
import { isTransient, PayoutSteps } from './payout-steps.service.js';

/** Knows which step comes next, and who takes it. */
@Injectable()
export class StepRunner {
  constructor(
    private readonly signing: PayoutSigning,
    private readonly steps: PayoutSteps,
    private readonly landing: PayoutLanding,
  ) {}

  /**
   * Takes the one step that the states of payout and attempts ask for. Never throws for the chain.
   * @param isOwn whether this worker has just written the state itself: what stands in the tables is doubted, its own memory is not
   */
  async next({ payout, attempts: all }: PayoutState, isOwn: boolean): Promise<StepResult> {
    const live = liveAttempt(all);
    try {
      const doubt = isOwn ? null : await this.signing.doubt(payout, all);
      if (doubt !== null) return waitingFor(doubt);
      switch (nextStep(payout.status, live?.status ?? null)) {
        case 'prepare':
          return await this.steps.prepare(payout, all);
        case 'sign':
          return live === null ? waitingFor(null) : await this.steps.sign(payout, live, all);
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
