/**
 * Splits `total` (lamports) in proportion to the weights by the largest-remainder method: every share is its exact
 * quotient rounded down, and the units left over go one each to the largest remainders, the lower index first. The shares
 * always sum to `total`, and a weight of 0 gets nothing.
 * @throws RangeError for a negative number, and for something to split with no weight to split it by
 */
export function largestRemainder(total: bigint, weights: readonly bigint[]): bigint[] {
  if (total < 0n || weights.some((weight) => weight < 0n)) {
    throw new RangeError('neither the total nor a weight may be negative');
  }
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  if (whole === 0n) {
    if (total === 0n) return weights.map(() => 0n);
    throw new RangeError(`${total} cannot be split: no weight is above 0`);
  }
  const parts = weights.map((weight, index) => {
    const exact = total * weight;
    return { index, share: exact / whole, remainder: exact % whole };
  });
  const leftOver = total - parts.reduce((sum, { share }) => sum + share, 0n);
  // The indexes keep equal remainders in a fixed order, whatever the engine's sort does.
  const byRemainder = parts.toSorted((a, b) => compare(b.remainder, a.remainder) || a.index - b.index);
  const rounded = new Set(byRemainder.slice(0, Number(leftOver)).map(({ index }) => index));
  return parts.map(({ index, share }) => (rounded.has(index) ? share + 1n : share));
}

function compare(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
