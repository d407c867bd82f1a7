import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { payoutIdOf } from '#src/escrow/door/facts/derived-ids.js';
import { PURPOSES } from '#src/escrow/door/facts/purpose.js';
import { isPaymentOf, kindOf, namesPayout, type OpenedTransaction } from './escrow-transaction.js';

const COMMITMENT = '0197a5b0-0000-7000-8000-000000000001';
const id = payoutIdOf({ commitmentId: COMMITMENT, purpose: 'milestone_release', subject: 'one', part: 0 });
const owed = { id, destination: 'D', amountLamports: 500n, drain: false };
const paid: OpenedTransaction = {
  signature: 's',
  slot: 1n,
  failed: false,
  isSigner: true,
  balanceBefore: 1_505n,
  balanceAfter: 1_000n,
  feeLamports: 5n,
  collectsFees: false,
  unwraps: false,
  payment: { payoutId: id, destination: 'D', lamports: 500n },
};
const altered = (change: Partial<NonNullable<OpenedTransaction['payment']>>): OpenedTransaction => ({
  ...paid,
  payment: { payoutId: id, destination: 'D', lamports: 500n, ...change },
});

describe('isPaymentOf', () => {
  it('T9: takes the transfer of the derived id to the destination in the amount, signed by the escrow', () => {
    expect(isPaymentOf(owed, paid)).toBe(true);
  });

  it.each([
    ['a memo that anybody wrote', { ...paid, isSigner: false }],
    ['a transaction that failed', { ...paid, failed: true }],
    ['one that is no payment', { ...paid, payment: null }],
    ['another payout', altered({ payoutId: COMMITMENT })],
    ['another destination', altered({ destination: 'T' })],
    ['another amount', altered({ lamports: 499n })],
    ['more than what left the escrow', { ...paid, balanceAfter: 1_001n }],
    ['less than what left the escrow', { ...paid, balanceAfter: 0n }],
  ])('T9: does not take %s', (_, transaction) => {
    expect(isPaymentOf(owed, transaction)).toBe(false);
  });

  it('R3: takes dust along only with what empties the escrow, and any amount of a drain', () => {
    const all = { ...altered({ lamports: 600n }), balanceBefore: 605n, balanceAfter: 0n };
    expect(isPaymentOf(owed, all)).toBe(true);
    expect(isPaymentOf(owed, { ...all, balanceBefore: 700n, balanceAfter: 95n })).toBe(false);
    expect(isPaymentOf({ ...owed, drain: true, amountLamports: 1n }, all)).toBe(true);
    const less = { ...altered({ lamports: 400n }), balanceBefore: 405n, balanceAfter: 0n };
    expect(isPaymentOf(owed, less)).toBe(false);
  });
});

describe('kindOf', () => {
  const deposit = {
    ...paid,
    isSigner: false,
    payment: null,
    balanceBefore: 0n,
    balanceAfter: 5n,
    feeLamports: 0n,
  };

  it('tells money that comes in from money that goes out, whatever a memo says', () => {
    expect(kindOf(deposit, false)).toBe('deposit');
    expect(kindOf({ ...deposit, payment: paid.payment }, false)).toBe('deposit');
    expect(kindOf({ ...deposit, collectsFees: true }, false)).toBe('fee_collection');
    expect(kindOf({ ...deposit, isSigner: true, unwraps: true }, false)).toBe('unwrap');
    expect(kindOf(paid, true)).toBe('payout');
    expect(kindOf(paid, false)).toBe('unknown_outflow');
    expect(kindOf({ ...paid, failed: true }, false)).toBe('failed');
  });

  it('never takes what the escrow has signed and the ledger does not know for something else', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.bigInt({ min: 0n }), (collectsFees, balanceAfter) => {
        expect(kindOf({ ...paid, collectsFees, balanceAfter }, false)).toBe('unknown_outflow');
      }),
    );
  });
});

describe('namesPayout', () => {
  it('finds the id of every kind of payout among all memos of a transaction', () => {
    for (const purpose of PURPOSES)
      for (const part of [0, 1, 7]) {
        const one = payoutIdOf({ commitmentId: COMMITMENT, purpose, subject: null, part });
        expect(namesPayout(`[36] ${one}`)).toBe(true);
        expect(namesPayout(`[5] hello; [36] ${one}; [2] ok`)).toBe(true);
        expect(namesPayout(one)).toBe(true);
      }
    for (const memos of [null, '', '[5] hello', `[36] ${COMMITMENT}`, `[40] xxxx${id}`])
      expect(namesPayout(memos)).toBe(false);
  });
});
