import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalOf } from '#src/common/money/decimal.js';
import { type Approval, countedAccounts, shortWallets, weighSnapshot } from './reweighing.js';
import { compareUsd, sumUsd, toDecimalString, usdValue } from './weight.js';

function approval(wallet: string, rawAmount: bigint, tokenAccounts: string[], priceUsd = '2'): Approval {
  return { id: `id-${wallet}`, wallet, rawAmount, decimals: 0, priceUsd, tokenAccounts };
}

/** By account, what a chain holds at one moment. */
type Ledger = ReadonlyMap<string, { readonly owner: string; readonly amount: bigint }>;

function weigh(approvals: Approval[], ledger: Ledger, found?: ReadonlyMap<string, readonly string[]>) {
  const accounts = countedAccounts(approvals, found);
  const amounts = accounts.map(({ address, owner }) => {
    const account = ledger.get(address);
    return account?.owner === owner ? account.amount : null;
  });
  return weighSnapshot(approvals, accounts, amounts);
}

describe('the accounts that count', () => {
  it('are each wallet’s recorded and found ones, each once', () => {
    const approvals = [approval('A', 1n, ['a1', 'a2']), approval('B', 1n, ['b1'])];
    const found = new Map([['A', ['a2', 'a3']]]);
    expect(countedAccounts(approvals, found)).toEqual([
      { address: 'a1', owner: 'A' },
      { address: 'a2', owner: 'A' },
      { address: 'a3', owner: 'A' },
      { address: 'b1', owner: 'B' },
    ]);
  });
});

describe('re-weighing', () => {
  it('takes the lesser of then and now, at the price of then', () => {
    const approvals = [approval('A', 10n, ['a']), approval('B', 10n, ['b'], '3'), approval('C', 10n, ['c'])];
    const ledger = new Map([
      ['a', { owner: 'A', amount: 4n }],
      ['b', { owner: 'B', amount: 50n }],
    ]);
    const { sum, approvals: present } = weigh(approvals, ledger);
    expect(present.map(({ presentRaw, weightUsd }) => [presentRaw, weightUsd])).toEqual([
      [4n, '8'],
      [50n, '30'],
      [0n, '0'],
    ]);
    expect(toDecimalString(sum)).toBe('38');
  });

  it('V1: an account that has changed hands counts for its present owner alone', () => {
    const approvals = [approval('A', 10n, ['x']), approval('B', 10n, ['x'])];
    const { approvals: present } = weigh(approvals, new Map([['x', { owner: 'B', amount: 10n }]]));
    expect(present.map(({ weightUsd }) => weightUsd)).toEqual(['0', '20']);
  });

  it('V1: never gives more than all there is, however the tokens went round', () => {
    const wallets = ['A', 'B', 'C', 'D'];
    const move = fc.record({ from: fc.nat(3), to: fc.nat(3), amount: fc.bigInt({ min: 0n, max: 100n }) });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 20 }), fc.bigInt({ min: 1n, max: 100n }), (moves, supply) => {
        const held = [supply, 0n, 0n, 0n];
        const approvals = new Map<string, Approval>();
        const signal = (index: number) => {
          const wallet = wallets[index] ?? '';
          const amount = held[index] ?? 0n;
          if (amount > 0n && !approvals.has(wallet))
            approvals.set(wallet, approval(wallet, amount, [wallet]));
        };
        signal(0);
        for (const { from, to, amount } of moves) {
          const moved = amount < (held[from] ?? 0n) ? amount : (held[from] ?? 0n);
          held[from] = (held[from] ?? 0n) - moved;
          held[to] = (held[to] ?? 0n) + moved;
          signal(to);
        }
        const ledger = new Map(wallets.map((owner, i) => [owner, { owner, amount: held[i] ?? 0n }]));
        const { sum } = weigh([...approvals.values()], ledger);
        const all = usdValue(supply, 0, decimalOf('2'));
        expect(compareUsd(sum, all)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('sums what it lists', () => {
    const approvals = [approval('A', 7n, ['a'], '0.1'), approval('B', 9n, ['b'], '0.2')];
    const ledger = new Map([
      ['a', { owner: 'A', amount: 7n }],
      ['b', { owner: 'B', amount: 8n }],
    ]);
    const { sum, approvals: present } = weigh(approvals, ledger);
    expect(sum).toEqual(sumUsd(present.map(({ weightUsd }) => decimalOf(weightUsd))));
  });
});

describe('wallets to look after once more', () => {
  it('are those that hold less than when they signalled, who miss the most dollars first', () => {
    const approvals = [
      approval('A', 10n, ['a']),
      approval('B', 10n, ['b'], '100'),
      approval('C', 10n, ['c']),
      approval('D', 10n, ['d']),
    ];
    const ledger = new Map([
      ['a', { owner: 'A', amount: 5n }],
      ['b', { owner: 'B', amount: 9n }],
      ['c', { owner: 'C', amount: 10n }],
      ['d', { owner: 'D', amount: 11n }],
    ]);
    expect(shortWallets(approvals, weigh(approvals, ledger))).toEqual(['B', 'A']);
  });
});
