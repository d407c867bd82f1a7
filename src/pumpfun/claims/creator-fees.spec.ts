import { describe, expect, it } from 'vitest';
import type { CreatorFees } from '#src/chain/port/pump-coin.js';
import { claimable } from './creator-fees.js';

const RENT = 650_240n;

function fees(given: Partial<CreatorFees> = {}): CreatorFees {
  const none = { curveVault: 0n, poolVault: 0n, onCurve: 0n, inPool: 0n, ownWrapped: 0n };
  return { slot: 1n, ...none, poolQuoteAccount: null, problem: null, ...given };
}

describe('what a creator can collect', () => {
  it('is what both vaults hold and what waits in both of a coin’s accounts', () => {
    const found = claimable(
      fees({ curveVault: RENT + 1n, poolVault: 20n, onCurve: 300n, inPool: 4_000n }),
      RENT,
    );
    expect(found).toEqual({ curveVault: 1n, poolVault: 20n, onCurve: 300n, inPool: 4_000n, total: 4_321n });
  });

  it.each([0n, 1n, RENT - 1n, RENT])('is nothing of a vault of %i lamports: its rent stays', (curveVault) => {
    expect(claimable(fees({ curveVault }), RENT).total).toBe(0n);
  });

  it.each([650_240n, 890_880n])('goes by the rent minimum of the day, %i', (rent) => {
    expect(claimable(fees({ curveVault: 890_881n }), rent).total).toBe(890_881n - rent);
  });
});
