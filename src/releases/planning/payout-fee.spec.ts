import { describe, expect, it } from 'vitest';
import { feeBearer, feePayerNeed } from './payout-fee.js';

describe('who pays the fee of a payout', () => {
  it.each([
    ['the market price', null, null, { address: 'escrow', signers: 1 }],
    ['the market price', null, 'payer', { address: 'payer', signers: 2 }],
    ['a promised fee', 7_000n, null, { address: 'escrow', signers: 1 }],
    ['a promised fee', 7_000n, 'payer', { address: 'escrow', signers: 1 }],
    ['no fee of its own', 0n, 'payer', { address: 'payer', signers: 2 }],
    ['no fee of its own', 0n, null, null],
    ['the market price, being the fee payer itself', null, 'escrow', { address: 'escrow', signers: 1 }],
  ] as const)('M12, M18: with %s (%s) and fee payer %s', (_, feeLamports, feePayer, expected) => {
    expect(feeBearer('escrow', feeLamports, feePayer)).toEqual(expected);
  });

  it('M18: leaves the fee payer rent-exempt', () => {
    expect(feePayerNeed(10_000n, 890_880n)).toBe(900_880n);
  });
});
