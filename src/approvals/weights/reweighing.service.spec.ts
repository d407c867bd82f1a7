import { describe, expect, it } from 'vitest';
import { fakeChain } from '#src/chain/port/chain.fake.js';
import type { TokenAccountRef, TokenMint } from '#src/chain/port/chain.js';
import type { Approval } from './reweighing.js';
import { Reweighing } from './reweighing.service.js';
import { toDecimalString } from './weight.js';

const MINT = 'mint';

/** Balances that move at the very moment between two questions, which no real chain can be made to do. */
class MovingChain {
  /** Raw units by account: `<owner>/<number>`. */
  readonly held = new Map<string, bigint>();
  readonly asked: string[] = [];
  /** Called after each answer to a question about one owner. */
  afterLookUp: (owner: string) => void = () => undefined;
  mintIsGone = false;

  async tokenMint() {
    return this.mintIsGone ? null : ({} as TokenMint);
  }

  async tokenAccountsOf(_mint: string, owner: string) {
    this.asked.push(owner);
    const accounts = [...this.held]
      .filter(([address]) => address.startsWith(`${owner}/`))
      .map(([address, rawAmount]) => ({ address, rawAmount }));
    this.afterLookUp(owner);
    return accounts;
  }

  async tokenAmounts(_mint: string, accounts: readonly TokenAccountRef[]) {
    this.asked.push(`${accounts.length} accounts`);
    return accounts.map(({ address }) => this.held.get(address) ?? null);
  }

  move(from: string, to: string, amount: bigint): void {
    this.held.set(from, (this.held.get(from) ?? 0n) - amount);
    this.held.set(to, (this.held.get(to) ?? 0n) + amount);
  }
}

function approval(wallet: string, rawAmount: bigint): Approval {
  return { id: wallet, wallet, rawAmount, decimals: 0, priceUsd: '1', tokenAccounts: [`${wallet}/1`] };
}

function setUp(held: Record<string, bigint>) {
  const chain = new MovingChain();
  for (const [account, amount] of Object.entries(held)) chain.held.set(account, amount);
  const service = new Reweighing(fakeChain(chain));
  const sumOf = async (threshold: string, approvals: Approval[]) =>
    toDecimalString((await service.reweigh(MINT, threshold, approvals)).sum);
  return { chain, sumOf };
}

describe('re-weighing', () => {
  it('asks for all recorded accounts at once, and for no more when that is enough', async () => {
    const { chain, sumOf } = setUp({ 'A/1': 300n, 'B/1': 100n });
    expect(await sumOf('400', [approval('A', 300n), approval('B', 200n)])).toBe('400');
    expect(chain.asked).toEqual(['2 accounts']);
  });

  it('looks for tokens in new accounts of wallets that hold less than before', async () => {
    const { chain, sumOf } = setUp({ 'A/2': 300n, 'A/3': 5n, 'B/1': 100n });
    expect(await sumOf('400', [approval('A', 300n), approval('B', 100n)])).toBe('400');
    expect(chain.asked).toEqual(['2 accounts', 'A', '4 accounts']);
  });

  it('V1: tokens that change hands between the two looks count once', async () => {
    const { chain, sumOf } = setUp({ 'A/2': 300n, 'B/1': 0n });
    chain.afterLookUp = (owner) => {
      if (owner === 'A') chain.move('A/2', 'B/1', 300n);
    };
    expect(await sumOf('400', [approval('A', 300n), approval('B', 200n)])).toBe('200');
    expect(chain.asked.slice(1, 3).toSorted()).toEqual(['A', 'B']);
  });

  it('looks after a bounded number of wallets, those that miss the most first', async () => {
    const { chain, sumOf } = setUp({ 'W299/1': 30n });
    const approvals = Array.from({ length: 300 }, (_, i) => approval(`W${i}`, BigInt(100 + i)));
    expect(await sumOf('400', approvals)).toBe('30');
    const lookedUp = chain.asked.filter((one) => one.startsWith('W'));
    expect(lookedUp).toHaveLength(200);
    expect(lookedUp).toContain('W298');
    expect(lookedUp).not.toContain('W99');
  });

  it('of a mint that is gone finds nothing', async () => {
    const { chain, sumOf } = setUp({});
    chain.mintIsGone = true;
    expect(await sumOf('400', [approval('A', 500n)])).toBe('0');
    expect(chain.asked).toEqual(['1 accounts']);
  });
});
