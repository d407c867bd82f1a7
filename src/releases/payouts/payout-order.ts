import { payoutIdOf } from '#src/escrow/door/facts/derived-ids.js';
import type { Payout } from './payout.entity.js';
import { businessKey, type Purpose } from './purpose.js';

/** A payout as a use case asks for it. */
export interface PayoutOrder {
  /** Derived from what it pays: there is one for each thing to pay. */
  readonly id: string;
  readonly commitmentId: string;
  readonly purpose: Purpose;
  readonly businessKey: string;
  /** The milestone that it pays, where it is not for the commitment as a whole. */
  readonly subjectId: string | null;
  /** 0; for stray money a running number. */
  readonly part: number;
  readonly source: string;
  readonly destination: string;
  /** Lamports; ignored for a drain, which pays all there is. */
  readonly amountLamports: bigint;
  readonly drain: boolean;
  /** See Payout.feeLamports. */
  readonly feeLamports: bigint | null;
  readonly requestedBy: string;
  /** No request waits for it: the driver makes it at its next run. */
  readonly dueAtOnce?: boolean;
}

/** What differs from one use case to the next. */
export type OrderTerms = Pick<PayoutOrder, 'commitmentId' | 'purpose' | 'source' | 'destination'> &
  Partial<Omit<PayoutOrder, 'id'>>;

/** Where nothing else is said: once for the commitment as a whole, all there is, at the market's fee. */
export function payoutOrder(terms: OrderTerms & Pick<PayoutOrder, 'requestedBy'>): PayoutOrder {
  const { commitmentId, purpose, destination, subjectId = null, part = 0 } = terms;
  const subject = purpose === 'distribution_claim' ? destination : subjectId;
  return {
    id: payoutIdOf({ commitmentId, purpose, subject, part }),
    businessKey: businessKey(purpose, commitmentId),
    subjectId,
    part,
    amountLamports: 0n,
    drain: terms.amountLamports === undefined,
    feeLamports: null,
    ...terms,
  };
}

// The request that wrote the payout drives it first; the driver takes over when that process is gone.
const HEAD_START_MS = 5_000;

/** A payout as it is written: nothing of it can land yet. */
export function newPayout({ dueAtOnce = false, ...order }: PayoutOrder, createdAt: Date): Payout {
  return {
    ...order,
    status: 'pending',
    waitingFor: null,
    confirmedAlone: false,
    alarmedAt: null,
    failures: 0,
    nextRunAt: new Date(createdAt.getTime() + (dueAtOnce ? 0 : HEAD_START_MS)),
    createdAt,
    confirmedAt: null,
    finalizedAt: null,
  };
}
