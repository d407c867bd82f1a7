import type { Lamports } from '#src/common/money/lamports.js';
import type { AttemptStatus } from '#src/releases/payouts/payout.js';

/** What of an earlier attempt matters for the next one. */
export interface Tried {
  readonly status: AttemptStatus;
  readonly error: string | null;
  readonly source: string;
  readonly feePayer: string;
  /** What the source held when it was planned. */
  readonly sourceBalanceLamports: Lamports | null;
}

/** What a payout's earlier attempts teach its next one. */
export interface Lessons {
  /** How many the network has let die: each doubles the priority fee. */
  readonly deaths: number;
  /** Whether dust has stopped one of them, by what the source holds now. */
  isDusted(sourceBalance: Lamports): boolean;
}

export const NO_LESSONS: Lessons = { deaths: 0, isDusted: () => false };

export function lessonsOf(earlier: readonly Tried[]): Lessons {
  const dead = earlier.filter(({ status }) => status === 'dead');
  return {
    deaths: dead.length,
    // Preflight keeps bytes that dust would fail off the chain: they die, and more is there than they were planned on.
    isDusted: (sourceBalance) =>
      earlier.some((tried) => tried.status === 'failed' && isDustFailure(tried, tried.error ?? '')) ||
      dead.some(({ sourceBalanceLamports: planned }) => planned !== null && sourceBalance > planned),
  };
}

/**
 * Whether a transaction failed on chain only because something had reached its source meanwhile: the runtime lets no account stay
 * between 0 and the rent minimum.
 */
export function isDustFailure(
  { source, feePayer }: Pick<Tried, 'source' | 'feePayer'>,
  error: string,
): boolean {
  const [, index] = /^\{"InsufficientFundsForRent":\{"account_index":(\d+)\}\}$/.exec(error) ?? [];
  // The fee payer stands first among a message's accounts, the source next.
  return index === (feePayer === source ? '0' : '1');
}
