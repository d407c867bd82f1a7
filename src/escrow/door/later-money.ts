/** Pure rules of money that reaches the escrow of a failed reward commitment after its amounts were frozen. */
import type { FrozenEarned } from './facts.js';
import type { ProvenDistribution } from './evidence.js';
import type { Purpose } from './purpose.js';

/** More than this is for whoever shared in the failure, and none of it for destinationOnFail. */
export const MOST_FORWARDED_LAMPORTS = 1_000_000_000n;

/**
 * What an earned milestone keeps back from a payout of another purpose: what was frozen for it, and from stray money all that it
 * unlocks. Later money fills up what the escrow did not cover before it is anything else.
 */
export function keptForEarned(
  purpose: Purpose,
  { amountLamports }: Pick<FrozenEarned, 'amountLamports'>,
  unlockLamports: bigint,
): bigint {
  return purpose === 'stray_forward' ? unlockLamports : amountLamports;
}

/** Whether later money belongs to the holders of a failure, and so may not be forwarded. */
export function isForHolders(
  failure: Pick<ProvenDistribution, 'shares'> | null,
  strayLamports: bigint,
): boolean {
  return failure !== null && failure.shares.length > 0 && strayLamports > MOST_FORWARDED_LAMPORTS;
}
