/** Pure rules of operations: one transaction for pump.fun's programs that has to be made, once. docs/pumpfun.md tells why. */
export const OPERATION_KINDS = [
  /** Brings the creator fees of a managed commitment into its escrow. */
  'collect',
  /** Turns the wrapped SOL in the escrow's account into SOL: of a collection, or sent by anybody. */
  'unwrap',
  /** Creates the coin of a commitment. */
  'create',
  /** Buys of a coin that was created. */
  'buy',
] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

/** What brings creator fees into an escrow: one of them at a time. */
export const COLLECTION_KINDS = ['collect', 'unwrap'] as const satisfies readonly OperationKind[];
export type CollectionKind = (typeof COLLECTION_KINDS)[number];

/** What a launch consists of, in this order. */
export const LAUNCH_KINDS = ['create', 'buy'] as const satisfies readonly OperationKind[];
export type LaunchKind = (typeof LAUNCH_KINDS)[number];

export const OPERATION_STATUSES = ['pending', 'in_flight', 'done', 'stopped', 'cancelled'] as const;
export type OperationStatus = (typeof OPERATION_STATUSES)[number];

export const OPERATION_MOVES: Readonly<Record<OperationStatus, readonly OperationStatus[]>> = {
  /** Nothing of it can land. `done` when what was proven dead has landed after all. */
  pending: ['in_flight', 'done', 'cancelled'],
  /** An attempt exists that may land. */
  in_flight: ['pending', 'done', 'stopped'],
  /** Its transaction is finalized, and its effect is read from the chain. */
  done: [],
  /** Failed on chain three times in a row. */
  stopped: [],
  /** There was nothing to do any more. */
  cancelled: [],
};

export const OPEN_OPERATIONS: readonly OperationStatus[] = ['pending', 'in_flight'];

export const OPERATION_ATTEMPT_STATUSES = [
  'prepared',
  'signed',
  'finalized',
  'failed',
  'dead',
  'abandoned',
] as const;
export type OperationAttemptStatus = (typeof OPERATION_ATTEMPT_STATUSES)[number];

export const OPERATION_ATTEMPT_MOVES: Readonly<
  Record<OperationAttemptStatus, readonly OperationAttemptStatus[]>
> = {
  /** The message is stored; no signature is. Nothing was sent. */
  prepared: ['signed', 'abandoned'],
  /** Signature and bytes are stored; from now on it may land. */
  signed: ['finalized', 'failed', 'dead'],
  finalized: [],
  failed: [],
  /** Proven unable to land; `finalized` only when every endpoint that proved it turns out to have been wrong. */
  dead: ['finalized'],
  /** Never signed, and too old to be. */
  abandoned: [],
};

const LIVE: readonly OperationAttemptStatus[] = ['prepared', 'signed', 'finalized'];

export function isLiveAttempt(status: OperationAttemptStatus): boolean {
  return LIVE.includes(status);
}

const MAX_FAILURES_IN_A_ROW = 3;

export function statusAfterFailures(failures: number): OperationStatus {
  return failures >= MAX_FAILURES_IN_A_ROW ? 'stopped' : 'pending';
}

export type OperationStep = 'prepare' | 'sign' | 'land' | 'rest';

/** The next step of an operation, from its own status and that of its live attempt (null: none). */
export function nextOperationStep(
  operation: OperationStatus,
  live: OperationAttemptStatus | null,
): OperationStep {
  if (operation === 'pending') return live === null ? 'prepare' : 'rest';
  if (operation === 'in_flight' && live === 'prepared') return 'sign';
  if (operation === 'in_flight' && live === 'signed') return 'land';
  return 'rest';
}
