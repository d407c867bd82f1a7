import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceOfFee, transferFee } from './transfer-transaction.js';

describe('the fee of a transfer', () => {
  it('is met exactly by the price that is derived from it, for any number of signers', () => {
    const fees = fc.bigInt({ min: 0n, max: 10_000_000n });
    fc.assert(
      fc.property(fees, fc.integer({ min: 1, max: 2 }), (extra, signers) => {
        const fee = BigInt(signers) * 5_000n + extra;
        expect(transferFee(signers, priceOfFee(signers, fee))).toBe(fee);
      }),
    );
  });

  it('covers no price where it covers no more than the signatures', () => {
    expect(priceOfFee(1, 5_000n)).toBe(0n);
    expect(priceOfFee(2, 5_000n)).toBe(0n);
  });
});
