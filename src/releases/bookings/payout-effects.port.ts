import type { EntityManager } from 'typeorm';
import type { Missed } from '#src/commitments/commitment/missed.js';
import type { PayoutAttempt } from '#src/releases/payouts/payout-attempt.entity.js';
import type { Payout } from '#src/releases/payouts/payout.entity.js';

/**
 * What a payout changes beside its own rows, in the transaction that books it. The engine knows no purposes: the one
 * implementation (`purpose-effects.service.ts`) does.
 */
export abstract class PayoutEffects {
  /** A transaction exists that may land. */
  abstract signed(manager: EntityManager, payout: Payout, signature: string): Promise<void>;

  /** The money has moved by this transaction. */
  abstract confirmed(
    manager: EntityManager,
    payout: Payout,
    attempt: PayoutAttempt,
    missed: Missed,
  ): Promise<void>;
}
