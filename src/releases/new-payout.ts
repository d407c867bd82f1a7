import type { Payout } from './payout.entity.js';
import type { Purpose } from './purpose.js';

/** A payout as a use case asks for it. */
export interface PayoutOrder {
  readonly id: string;
  readonly commitmentId: string;
  readonly purpose: Purpose;
  readonly businessKey: string;
  /** The milestone that it pays, where it is not for the commitment as a whole. */
  readonly subjectId: string | null;
  readonly source: string;
  readonly destination: string;
  /** Lamports; ignored for a drain, which pays all there is. */
  readonly amountLamports: bigint;
  readonly drain: boolean;
  /** See Payout.feeLamports. */
  readonly feeLamports: bigint | null;
  readonly requestedBy: string;
}

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
