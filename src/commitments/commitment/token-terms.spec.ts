import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasSupplyGrown, requiredRaw } from '#src/escrow/door/facts/supply.js';
import { tokenDrift, tokenTerms, tokenWarnings } from '#src/commitments/commitment/token-terms.js';

const MINT = {
  mint: 'mint',
  program: 'spl-token',
  decimals: 6,
  supply: 1_000n,
  mintAuthority: null,
  freezeAuthority: null,
  updateAuthority: 'creator',
  pumpCreator: null,
  pumpProblem: null,
  extensions: [],
} as const;

describe('the token that was signed for', () => {
  it('is frozen with its program, decimals, supply and authorities', () => {
    expect(tokenTerms(MINT)).toEqual({
      tokenProgram: 'spl-token',
      tokenDecimals: 6,
      tokenSupply: '1000',
      mintable: false,
      mintAuthority: null,
      freezeAuthority: null,
    });
    expect(tokenWarnings(tokenTerms(MINT))).toEqual([]);
    const risky = tokenTerms({ ...MINT, mintAuthority: 'printer', freezeAuthority: 'freezer' });
    expect(tokenWarnings(risky)).toEqual(['mintable', 'freezable']);
  });

  it('R8: is another one with another program or other decimals', () => {
    const terms = tokenTerms(MINT);
    expect(tokenDrift(terms, MINT)).toBeNull();
    expect(tokenDrift(terms, { ...MINT, program: 'token-2022' })).toContain('token-2022');
    expect(tokenDrift(terms, { ...MINT, decimals: 0 })).toContain('0 decimals');
  });

  it('R2: has grown once there is one raw unit more', () => {
    expect([999n, 1_000n, 1_001n].map((supply) => hasSupplyGrown(tokenTerms(MINT), supply))).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('R2: asks for its part of the lower supply, rounded up', () => {
    const terms = { tokenSupply: '1001', approvalSupplyBps: 100 };
    expect(requiredRaw(terms, 2_000n)).toBe(11n);
    expect(requiredRaw(terms, 900n)).toBe(9n);
    expect(requiredRaw({ ...terms, approvalSupplyBps: 0 }, 900n)).toBe(0n);
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }),
        fc.integer({ min: 1, max: 10_000 }),
        (supply, bps) => {
          const required = requiredRaw({ tokenSupply: supply.toString(), approvalSupplyBps: bps }, supply);
          expect(required * 10_000n >= supply * BigInt(bps)).toBe(true);
          expect((required - 1n) * 10_000n < supply * BigInt(bps)).toBe(true);
        },
      ),
    );
  });
});
