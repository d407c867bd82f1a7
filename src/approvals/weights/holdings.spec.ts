import { describe, expect, it } from 'vitest';
import { holdingOf } from './holdings.js';

describe('a holding', () => {
  it('is everything in all token accounts, the fullest first; empty ones are left out', () => {
    const accounts = [
      { address: 'a', rawAmount: 1n },
      { address: 'b', rawAmount: 0n },
      { address: 'c', rawAmount: 2n ** 64n - 2n },
    ];
    expect(holdingOf(accounts)).toEqual({ rawAmount: 2n ** 64n - 1n, accounts: ['c', 'a'] });
  });

  it('is nothing without accounts', () => {
    expect(holdingOf([])).toEqual({ rawAmount: 0n, accounts: [] });
  });

  it('R9: leaves out none, however many there are', () => {
    const accounts = Array.from({ length: 1_000 }, (_, i) => ({ address: `${i}`, rawAmount: BigInt(i + 1) }));
    const { rawAmount, accounts: counted } = holdingOf(accounts);
    expect(counted).toHaveLength(1_000);
    expect(counted[0]).toBe('999');
    expect(rawAmount).toBe(500_500n);
  });
});
