import { greatest, least } from '#src/common/money/bigints.js';

const PERCENTILE = 0.75;

/** Micro-lamports per compute unit. Where the two contradict each other, `max` counts. */
export interface FeeBounds {
  readonly min: bigint;
  readonly max: bigint;
}

/**
 * What to offer at first: the 75th percentile of what was paid lately (zeros left out), within the bounds. Where nobody pays, or
 * the market is not known (null), the floor: a network that drops what offers nothing drops it again.
 */
export function priorityFeeFor(recentFees: readonly number[] | null, { min, max }: FeeBounds): bigint {
  return least(greatest(recentFees === null ? 0n : marketPrice(recentFees), min), max);
}

/** What to offer after so many attempts that the network let die: twice as much after each, up to the maximum. */
export function raisedFee(price: bigint, deaths: number, max: bigint): bigint {
  // No price has to be doubled more often than this to reach any maximum.
  return least(price << BigInt(Math.min(deaths, 64)), greatest(price, max));
}

function marketPrice(recentFees: readonly number[]): bigint {
  const paid = recentFees.filter((fee) => Number.isSafeInteger(fee) && fee > 0).toSorted((a, b) => a - b);
  return BigInt(paid[Math.ceil(paid.length * PERCENTILE) - 1] ?? 0);
}
