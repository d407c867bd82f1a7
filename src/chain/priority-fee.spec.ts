import { describe, expect, it } from 'vitest';
import { FEE_FOR_UNKNOWN_MARKET, priorityFeeFor } from './priority-fee.js';

describe('priorityFeeFor', () => {
  it('offers the 75th percentile of what was paid, zeros left out', () => {
    expect(priorityFeeFor([0, 0, 0, 4_000, 1_000, 3_000, 2_000], 1_000_000)).toBe(3_000n);
    expect(priorityFeeFor([5_000], 1_000_000)).toBe(5_000n);
  });

  it('offers nothing where nobody pays, and a little where the market is not known', () => {
    expect(priorityFeeFor([0, 0, 0], 1_000_000)).toBe(0n);
    expect(priorityFeeFor([], 1_000_000)).toBe(0n);
    expect(priorityFeeFor([0, 0, 1], 1_000_000)).toBe(1n);
    expect(priorityFeeFor(null, 1_000_000)).toBe(FEE_FOR_UNKNOWN_MARKET);
  });

  it('never exceeds the configured maximum, not even for nonsense', () => {
    expect(priorityFeeFor([9e15, 9e15], 1_000_000)).toBe(1_000_000n);
    expect(priorityFeeFor([Number.NaN, -5, 1e300, 0.5], 1_000_000)).toBe(0n);
    expect(priorityFeeFor([7_000], 0)).toBe(0n);
    expect(priorityFeeFor(null, 10)).toBe(10n);
  });
});
