/** Pure rules of money that reaches the escrow of a failed reward commitment after its amounts were frozen. */
import type { FrozenDistribution, FrozenEarned } from './facts.js';
import type { Purpose } from './purpose.js';

/** What nobody is promised waits until it is more than this, and is then shared out by the weights of the failure. */
export const MOST_WAITING_LAMPORTS = 1_000_000_000n;

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

/** Whether later money belongs to the holders of a failure, and so may not be forwarded: somebody was eligible. */
export function isForHolders(failure: Pick<FrozenDistribution, 'eligibleWallets'> | null): boolean {
  return failure !== null && failure.eligibleWallets > 0;
}
