/** Pure rules of the payout engine: states, allowed moves, and what to do next. docs/domain.md tells why. */
import type { Lamports } from '../common/lamports.js';

export const PAYOUT_STATUSES = [
  'pending',
  'in_flight',
  'confirmed',
  'finalized',
  'stopped',
  'cancelled',
] as const;
export type PayoutStatus = (typeof PAYOUT_STATUSES)[number];

export const PAYOUT_MOVES: Readonly<Record<PayoutStatus, readonly PayoutStatus[]>> = {
  /** Written, and nothing of it can land. */
  pending: ['in_flight', 'cancelled'],
  /** An attempt exists that may land. */
  in_flight: ['pending', 'confirmed', 'stopped'],
  /** Landed; the business state has moved. */
  confirmed: ['finalized'],
  finalized: [],
  /** Failed on chain three times in a row; waits for a person. */
  stopped: ['pending', 'cancelled'],
  /** Given up by a person while nothing of it could land. */
  cancelled: [],
};

const OPEN: readonly PayoutStatus[] = ['pending', 'in_flight', 'stopped'];

/** It still has to pay. */
export function isOpen(status: PayoutStatus): boolean {
  return OPEN.includes(status);
}

export const ATTEMPT_STATUSES = [
  'prepared',
  'signed',
  'confirmed',
  'finalized',
  'failed',
  'dead',
  'abandoned',
] as const;
export type AttemptStatus = (typeof ATTEMPT_STATUSES)[number];

export const ATTEMPT_MOVES: Readonly<Record<AttemptStatus, readonly AttemptStatus[]>> = {
  /** The message is stored; no signature is. Nothing was sent. */
  prepared: ['signed', 'abandoned'],
  /** Signature and bytes are stored; from now on it may land. */
  signed: ['confirmed', 'failed', 'dead'],
  confirmed: ['finalized'],
  finalized: [],
  /** Landed with an on-chain error, finalized: its signature is used up. */
  failed: [],
  /** Proven unable to land; `confirmed` only when every endpoint that proved it turns out to have been wrong. */
  dead: ['confirmed'],
  /** Never signed, and too old to be. */
  abandoned: [],
};

const LIVE: readonly AttemptStatus[] = ['prepared', 'signed', 'confirmed', 'finalized'];

/** A payout with a live attempt gets no other one. */
export function isLive(status: AttemptStatus): boolean {
  return LIVE.includes(status);
}

export const MAX_FAILURES_IN_A_ROW = 3;

/** Where a payout goes when its attempt has landed with an error. */
export function statusAfterFailure(failuresInARow: number): PayoutStatus {
  return failuresInARow >= MAX_FAILURES_IN_A_ROW ? 'stopped' : 'pending';
}

export type Step = 'prepare' | 'sign' | 'land' | 'finalize' | 'rest';

/** Whether a payout may be given up: never while anything of it may land, or has landed. */
export function mayCancel(payout: PayoutStatus, liveAttempt: AttemptStatus | null): boolean {
  return liveAttempt === null && PAYOUT_MOVES[payout].includes('cancelled');
}

/** The next step of a payout, from its own status and that of its live attempt (null: none). */
export function nextStep(payout: PayoutStatus, liveAttempt: AttemptStatus | null): Step {
  if (payout === 'pending') return liveAttempt === null ? 'prepare' : 'rest';
  if (payout === 'in_flight' && liveAttempt === 'prepared') return 'sign';
  if (payout === 'in_flight' && liveAttempt === 'signed') return 'land';
  if (payout === 'confirmed' && liveAttempt === 'confirmed') return 'finalize';
  return 'rest';
}

/** What the chain says about a signed attempt that has not been booked as landed. */
export interface Sighting {
  readonly state: 'absent' | 'processed' | 'confirmed' | 'finalized';
  readonly failed: boolean;
}

export type LandingMove =
  | 'book_confirmed'
  | 'book_finalized'
  | 'book_failed'
  /** Seen, but not yet certain either way. */
  | 'wait'
  /** Not seen: send the stored bytes again, and when the blockhash is over, ask whether the attempt is dead. */
  | 'rebroadcast_or_bury';

/** An error counts only when it is finalized: on a minority fork the same transaction may still succeed. */
export function landingMove({ state, failed }: Sighting): LandingMove {
  if (state === 'absent') return 'rebroadcast_or_bury';
  if (state === 'processed') return 'wait';
  if (failed) return state === 'finalized' ? 'book_failed' : 'wait';
  return state === 'finalized' ? 'book_finalized' : 'book_confirmed';
}

/** What a payout would leave behind, all in lamports, as read before signing. */
export interface FundingFacts {
  readonly balance: Lamports;
  readonly amount: Lamports;
  /** What the source pays for the transaction; 0 with a fee payer. */
  readonly fee: Lamports;
  /** What other open payouts of the same escrow still need, fees included. */
  readonly promisedToOthers: Lamports;
  readonly destinationBalance: Lamports;
  readonly rentExemptMinimum: Lamports;
}

export type FundingRefusal =
  'underfunded' | 'leaves_dust' | 'destination_below_rent' | 'below_rent_after_fee';

/**
 * Whether a transfer would be accepted by the runtime and leaves what is promised to others: the rest of the source is 0
 * or rent-exempt, and the destination ends rent-exempt. A source that pays the fee must be rent-exempt after the fee as
 * well, before anything is transferred: the runtime looks at fee payers on their own.
 */
export function fundingRefusal(facts: FundingFacts): FundingRefusal | null {
  const rest = facts.balance - facts.amount - facts.fee;
  if (facts.amount <= 0n || rest < facts.promisedToOthers) return 'underfunded';
  if (rest > 0n && rest < facts.rentExemptMinimum) return 'leaves_dust';
  if (facts.destinationBalance + facts.amount < facts.rentExemptMinimum) return 'destination_below_rent';
  if (facts.fee > 0n && facts.balance - facts.fee < facts.rentExemptMinimum) return 'below_rent_after_fee';
  return null;
}

/** How the amount of a payout follows from what its escrow holds. */
export type Extent = 'fixed' | 'share' | 'all';

/**
 * Lamports that a payout pays as things stand. `free`: what the escrow holds beyond this payout's fee and what others are
 * promised. Whoever takes the last share also takes dust that somebody has sent there: left behind, an amount below the rent
 * minimum would make every transfer of that share impossible.
 */
export function payableAmount(
  extent: Extent,
  promised: Lamports,
  free: Lamports,
  { promisedToOthers, rentExemptMinimum }: Pick<FundingFacts, 'promisedToOthers' | 'rentExemptMinimum'>,
): Lamports {
  if (extent === 'all') return free;
  const dust = free - promised;
  const takesDust = extent === 'share' && promisedToOthers === 0n && dust > 0n && dust < rentExemptMinimum;
  return takesDust ? free : promised;
}
