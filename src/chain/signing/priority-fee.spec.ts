import { describe, expect, it } from 'vitest';
import { transferFee } from './transfer-transaction.js';
import { priorityFeeFor, raisedFee } from './priority-fee.js';

const bounds = { min: 1_000n, max: 1_000_000n };

describe('priorityFeeFor', () => {
  it('offers the 75th percentile of what was paid, zeros left out', () => {
    expect(priorityFeeFor([0, 0, 0, 4_000, 1_000, 3_000, 2_000], bounds)).toBe(3_000n);
    expect(priorityFeeFor([5_000], bounds)).toBe(5_000n);
  });

  it('T7: offers the floor where nobody pays, and where the market is not known', () => {
    expect(priorityFeeFor([0, 0, 0], bounds)).toBe(1_000n);
    expect(priorityFeeFor([], bounds)).toBe(1_000n);
    expect(priorityFeeFor([0, 0, 1], bounds)).toBe(1_000n);
    expect(priorityFeeFor(null, bounds)).toBe(1_000n);
    expect(priorityFeeFor([0], { ...bounds, min: 0n })).toBe(0n);
  });

  it('never exceeds the configured maximum, not even for nonsense', () => {
    expect(priorityFeeFor([9e15, 9e15], bounds)).toBe(1_000_000n);
    expect(priorityFeeFor([Number.NaN, -5, 1e300, 0.5], bounds)).toBe(1_000n);
    expect(priorityFeeFor([7_000], { min: 1_000n, max: 0n })).toBe(0n);
    expect(priorityFeeFor(null, { min: 1_000n, max: 10n })).toBe(10n);
  });
});

describe('raisedFee', () => {
  it('T7: doubles with each attempt that died, up to the maximum', () => {
    const offered = [0, 1, 2, 3, 9, 10, 64, 1e6].map((deaths) => raisedFee(1_000n, deaths, 1_000_000n));
    expect(offered).toEqual([1_000n, 2_000n, 4_000n, 8_000n, 512_000n, 1_000_000n, 1_000_000n, 1_000_000n]);
  });

  it('stays under what the signing door lets a transaction cost, with the highest maximum that may be set', () => {
    expect(transferFee(2, raisedFee(100_000_000n, 64, 100_000_000n))).toBeLessThanOrEqual(10_000_000n);
  });
});
