import { describe, expect, it } from 'vitest';
import { holdingOf, MAX_COUNTED_ACCOUNTS } from './holdings.js';

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

  it('counts only what is in the accounts that are recorded', () => {
    const accounts = Array.from({ length: 60 }, (_, i) => ({ address: `${i}`, rawAmount: BigInt(i) }));
    const { rawAmount, accounts: counted } = holdingOf(accounts);
    expect(counted).toHaveLength(MAX_COUNTED_ACCOUNTS);
    expect(counted[0]).toBe('59');
    expect(rawAmount).toBe(counted.reduce((sum, address) => sum + BigInt(address), 0n));
  });
});
