/** Micro-lamports per compute unit offered when the market cannot be asked: 60 lamports for one transfer. */
export const FEE_FOR_UNKNOWN_MARKET = 1_000n;
const PERCENTILE = 0.75;

/**
 * What to offer: the 75th percentile of what was paid lately (zeros left out), at most `max`. Where nobody pays, nothing
 * is offered; where the market is not known (null), a little.
 */
export function priorityFeeFor(recentFees: readonly number[] | null, max: number): bigint {
  const offer = recentFees === null ? FEE_FOR_UNKNOWN_MARKET : marketPrice(recentFees);
  return offer < BigInt(max) ? offer : BigInt(max);
}

function marketPrice(recentFees: readonly number[]): bigint {
  const paid = recentFees.filter((fee) => Number.isSafeInteger(fee) && fee > 0).toSorted((a, b) => a - b);
  return BigInt(paid[Math.ceil(paid.length * PERCENTILE) - 1] ?? 0);
}
