import type { PayoutAttempt } from './payout-attempt.entity.js';
import type { Payout } from './payout.entity.js';

/** A payout with all of its attempts, the oldest first. */
export interface PayoutState {
  readonly payout: Payout;
  readonly attempts: readonly PayoutAttempt[];
}
