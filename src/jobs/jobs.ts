import { createHash } from 'node:crypto';

/** What a run answers: counts and short words, kept with the run. Never a secret. */
export type JobResult = Readonly<Record<string, string | number | boolean | null>>;

export type JobOutcome = 'ok' | 'failed' | 'skipped';

export interface Job<Name extends string = string> {
  readonly name: Name;
  /** From the start of one run to the start of the next. */
  readonly periodSeconds: number;
}

const MINUTE = 60;

const PERIODS = {
  'payout-driver': 5,
  'webhook-outbox': 5,
  normalization: MINUTE,
  'escrow-key-rotation': 10,
  'custody-check': 60 * MINUTE,
  sweep: MINUTE,
  'failure-effect': 10,
  'later-money': MINUTE,
  'pause-end': MINUTE,
  reconciliation: 60 * MINUTE,
  'audit-seal': MINUTE,
  'audit-anchor': 60 * MINUTE,
  'fee-payer-watch': MINUTE,
  'rpc-watch': MINUTE,
  'fee-routing-watch': 15 * MINUTE,
  'managed-fee-sweep': MINUTE,
  'wrapped-sol': MINUTE,
  'pump-operations': 5,
  'rate-limit-purge': 10 * MINUTE,
  'admin-purge': 10 * MINUTE,
  'webhook-purge': 10 * MINUTE,
  'idempotency-purge': 10 * MINUTE,
  'job-run-purge': 10 * MINUTE,
} as const satisfies Record<string, number>;

export type JobName = keyof typeof PERIODS;

/** Every job of this service. One that is in the database alone belongs to another version and is left alone. */
export const JOBS: readonly Job<JobName>[] = Object.entries(PERIODS).map(([name, periodSeconds]) => ({
  name: name as JobName,
  periodSeconds,
}));

const PERIODS_WITHOUT_SUCCESS = 3;

/** A job is overdue when its last success, or where it has none its first appearance, is longer ago than this. */
export function overdueAfterSeconds({ periodSeconds }: Job): number {
  return PERIODS_WITHOUT_SUCCESS * periodSeconds;
}

/** The number that stands for a job among the advisory locks of PostgreSQL: 64 bits, signed. */
export function lockKeyOf(name: string): bigint {
  return createHash('sha256').update(`commit-to-ship job ${name}`).digest().readBigInt64BE();
}

/** Runs at a time over all replicas, beside those that wait for nobody: each holds a connection, and poolers have few. */
const SLOTS = 2;
const WAITS_FOR_NOBODY: readonly string[] = ['payout-driver'];

/** Connections that one replica's runs can hold at most, and one to try for the next. */
export const MAX_HELD = SLOTS + WAITS_FOR_NOBODY.length + 1;

/** Locks of which a run of this job needs any one; none for a job that money waits for. */
export function slotKeysOf(name: string): readonly bigint[] {
  if (WAITS_FOR_NOBODY.includes(name)) return [];
  return Array.from({ length: SLOTS }, (_, slot) => lockKeyOf(`slot ${slot}`));
}

const MAX_MESSAGE = 500;

/** What is kept of a failure: of bounded length, and of characters that a jsonb column takes. */
export function failureOf(message: string): JobResult {
  const storable = Buffer.from(message, 'utf8').toString('utf8').replaceAll('\u0000', '');
  return { error: storable.slice(0, MAX_MESSAGE) };
}
