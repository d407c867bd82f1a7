/**
 * Micro-lamports per compute unit offered even when nobody else offers any, or when the market cannot be asked: for one
 * transfer it is a fraction of a lamport a unit (60 lamports in all), and it beats the transactions that offer nothing.
 */
export const PRIORITY_FEE_FLOOR = 1_000n;
const PERCENTILE = 0.75;

/**
 * What to offer: the 75th percentile of what was paid lately (zeros left out), between the floor and `max`. A `max`
 * below the floor wins; 0 switches priority fees off.
 */
export function priorityFeeFor(recentFees: readonly number[], max: number): bigint {
  const paid = recentFees.filter((fee) => Number.isSafeInteger(fee) && fee > 0).toSorted((a, b) => a - b);
  const market = BigInt(paid[Math.ceil(paid.length * PERCENTILE) - 1] ?? 0);
  const offer = market > PRIORITY_FEE_FLOOR ? market : PRIORITY_FEE_FLOOR;
  return offer < BigInt(max) ? offer : BigInt(max);
}
