import { describe, expect, it } from 'vitest';
import { balanceBefore } from './balance-before.js';

const account = { address: 'account', owner: 'holder' };
const balance = (over: object = {}) => ({
  accountIndex: 2,
  mint: 'mint',
  owner: 'holder',
  uiTokenAmount: { amount: '700' },
  ...over,
});
const transaction = (preTokenBalances: unknown, loaded: object = {}) => ({
  transaction: { message: { accountKeys: ['payer', 'other', 'account'] } },
  meta: { preTokenBalances, loadedAddresses: { writable: [], readonly: [], ...loaded } },
});
const before = (...balances: object[]) => balanceBefore(transaction(balances), 'mint', account);

describe('what a token account held before a transaction', () => {
  it('is what the node tells of that very account', () => {
    expect(before(balance({ accountIndex: 1, uiTokenAmount: { amount: '9' } }), balance())).toBe(700n);
    expect(before(balance({ uiTokenAmount: { amount: '18446744073709551615' } }))).toBe(2n ** 64n - 1n);
  });

  it('R1: is nothing for an account that was opened later, was another wallet’s, or held another token', () => {
    expect(before()).toBe(0n);
    expect(before(balance({ owner: 'seller' }))).toBe(0n);
    expect(before(balance({ mint: 'other mint' }))).toBe(0n);
  });

  it('counts addresses that the transaction has looked up in a table, behind its own', () => {
    const found = {
      transaction: { message: { accountKeys: ['payer'] } },
      meta: {
        preTokenBalances: [balance()],
        loadedAddresses: { writable: ['other', 'account'], readonly: [] },
      },
    };
    expect(balanceBefore(found, 'mint', account)).toBe(700n);
  });

  it.each([
    [{}],
    [{ ...transaction([balance()]), meta: null }],
    [transaction(undefined)],
    [transaction([balance({ owner: undefined })])],
    [transaction([balance({ uiTokenAmount: undefined })])],
    [transaction([balance({ uiTokenAmount: { amount: '-1' } })])],
    [{ ...transaction([]), transaction: { message: { accountKeys: ['payer'] } } }],
    [{ ...transaction([]), transaction: { message: { accountKeys: [7, 'account'] } } }],
  ])('is never guessed: %j', (answer) => {
    expect(() => balanceBefore(answer, 'mint', account)).toThrow('without the token balances');
  });
});
