/** Pure rules of the payout engine: states, allowed moves, and what to do next. docs/domain.md tells why. */
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
  /** Landed; the business state has moved. Back to `pending` only when an admin has it proven that it vanished for good. */
  confirmed: ['finalized', 'pending'],
  finalized: [],
  /** Failed on chain three times in a row; waits for a person. */
  stopped: ['pending', 'cancelled'],
  /** Given up by a person while nothing of it could land; decided again it is the same payout. */
  cancelled: ['pending'],
};

/** It still has to pay. */
export const OPEN: readonly PayoutStatus[] = ['pending', 'in_flight', 'stopped'];
/** The driver works on it. */
export const DRIVEN: readonly PayoutStatus[] = ['pending', 'in_flight', 'confirmed'];
/** Somebody still waits: for the driver, or `stopped` for a person. */
export const UNFINISHED: readonly PayoutStatus[] = [...DRIVEN, 'stopped'];

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
  /** `dead` only when it has vanished, and is proven unable to land again. */
  confirmed: ['finalized', 'dead'],
  finalized: [],
  /** Landed with an on-chain error, finalized: its signature is used up. */
  failed: [],
  /** Proven unable to land; `confirmed` only when every endpoint that proved it turns out to have been wrong. */
  dead: ['confirmed'],
  /** Never signed, and too old to be. */
  abandoned: [],
};

/** A transaction that is being made or may land at any moment. */
export const UNDER_WAY: readonly AttemptStatus[] = ['prepared', 'signed'];
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
