import type { PayoutOrder } from './payout-orders.service.js';
import type { Payout } from './payout.entity.js';

// The request that wrote the payout drives it first; the driver takes over when that process is gone.
const HEAD_START_MS = 5_000;

/** A payout as it is written: nothing of it can land yet. */
export function newPayout(order: PayoutOrder, createdAt: Date): Payout {
  return {
    ...order,
    status: 'pending',
    waitingFor: null,
    failures: 0,
    nextRunAt: new Date(createdAt.getTime() + HEAD_START_MS),
    createdAt,
    confirmedAt: null,
    finalizedAt: null,
  };
}
