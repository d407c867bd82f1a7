import { describe, expect, it } from 'vitest';
import type { CreatorFees } from '#src/chain/port/pump-coin.js';
import { choose, stillWaits, tokenAccountRent } from './collection.js';

const MINIMUM = 10_000_000n;

function fees(given: Partial<CreatorFees> = {}): CreatorFees {
  const none = { curveVault: 0n, poolVault: 0n, onCurve: 0n, inPool: 0n, ownWrapped: 0n };
  return { slot: 1n, ...none, poolQuoteAccount: 'quote', problem: null, ...given };
}

const NOTHING = { fromCurves: false, sweepsCurve: false, fromPools: false, poolQuoteAccount: null };

describe.each([650_240n, 890_880n])('what is collected where the rent minimum is %i', (rent) => {
  const tokenRent = tokenAccountRent(rent);

  it.each<[string, Partial<CreatorFees>, object | null]>([
    ['nothing', {}, null],
    ['a lamport too little in the vault', { curveVault: rent + MINIMUM - 1n }, null],
    ['enough in the vault', { curveVault: rent + MINIMUM }, { fromCurves: true }],
    ['enough on the curve', { onCurve: MINIMUM }, { sweepsCurve: true }],
    [
      'both together',
      { curveVault: rent + 1n, onCurve: MINIMUM - 1n },
      { fromCurves: true, sweepsCurve: true },
    ],
    ['enough in the vault of pools', { poolVault: MINIMUM }, { fromPools: true }],
    ['enough in the pool', { inPool: MINIMUM }, { poolQuoteAccount: 'quote' }],
    [
      'enough on the curve, and in the pool what opening an account costs',
      { onCurve: MINIMUM, inPool: tokenRent },
      { sweepsCurve: true },
    ],
    [
      'enough on the curve, and in the pool a lamport more',
      { onCurve: MINIMUM, inPool: tokenRent + 1n },
      { sweepsCurve: true, poolQuoteAccount: 'quote' },
    ],
  ])('with %s', (_, given, expected) => {
    expect(choose(fees(given), rent, MINIMUM)).toEqual(
      expected === null ? null : { ...NOTHING, ...expected },
    );
  });
});

it('opens token accounts for what the chain says', () => {
  expect([tokenAccountRent(650_240n), tokenAccountRent(890_880n)]).toEqual([1_488_440n, 2_039_280n]);
});

it('holds a failure up for seven days at most', () => {
  const effectiveAt = new Date('2026-12-01T00:00:00Z');
  expect(stillWaits(effectiveAt, new Date('2026-12-07T23:59:59Z'))).toBe(true);
  expect(stillWaits(effectiveAt, new Date('2026-12-08T00:00:00Z'))).toBe(false);
});
