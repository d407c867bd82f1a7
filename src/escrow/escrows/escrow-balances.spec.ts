import { describe, expect, it } from 'vitest';
import type { Balance } from '#src/chain/port/chain.js';
import { NOBODY } from '#src/chain/port/payable.js';
import { fakeChain } from '#src/chain/port/chain.fake.js';
import { HandClock } from '#src/common/clock.fake.js';
import { EscrowBalances } from './escrow-balances.service.js';

interface Question {
  readonly addresses: readonly string[];
  answer(lamports: bigint, slot?: bigint): Promise<void>;
  fail(): Promise<void>;
}

/** Balances over a chain that answers when the test says so. */
function balances() {
  const clock = new HandClock();
  const questions: Question[] = [];
  const shownBalances = async (addresses: readonly string[]) =>
    new Promise<Balance[]>((resolve, reject) => {
      questions.push({
        addresses,
        answer: async (lamports, slot = 1n) => {
          resolve(addresses.map(() => ({ lamports, slot, occupant: NOBODY })));
          await turn();
        },
        fail: async () => {
          reject(new Error('away'));
          await turn();
        },
      });
    });
  return { clock, questions, shown: new EscrowBalances(fakeChain({ shownBalances }), clock) };
}

const turn = () => new Promise((resolve) => void setImmediate(resolve));

async function told(reading: ReturnType<EscrowBalances['read']>, address: string) {
  return (await reading).get(address)?.lamports;
}

describe('balances that are shown', () => {
  it('are asked for once by readers who come together, and not again while they are fresh', async () => {
    const { clock, questions, shown } = balances();
    const readers = [shown.read(['a', 'b']), shown.read(['b', 'c']), shown.read(['a'])];
    await turn();
    const late = shown.read(['c']);
    await turn();
    expect(questions.map(({ addresses }) => addresses)).toEqual([['a', 'b', 'c']]);
    await questions[0]?.answer(7n);
    expect(await Promise.all(readers.map(async (reading) => Array.from((await reading).keys())))).toEqual([
      ['a', 'b'],
      ['b', 'c'],
      ['a'],
    ]);
    expect(await told(late, 'c')).toBe(7n);
    clock.forward(249);
    expect(await told(shown.read(['a']), 'a')).toBe(7n);
    expect(questions).toHaveLength(1);
  });

  it('N2: are the older ones, with their age, while the chain does not answer; what it says later counts', async () => {
    const { clock, questions, shown } = balances();
    const first = shown.read(['a']);
    await turn();
    await questions[0]?.answer(7n);
    const asOf = clock.now();
    await first;
    clock.forward(60_000);
    expect((await shown.read(['a'])).get('a')).toEqual({ lamports: 7n, asOf });
    expect((await shown.read(['a', 'b'])).get('a')).toEqual({ lamports: 7n, asOf });
    // One question for each, however many readers there were.
    expect(questions.map(({ addresses }) => addresses)).toEqual([['a'], ['a'], ['b']]);
    await questions[1]?.answer(9n, 2n);
    expect((await shown.read(['a'])).get('a')).toEqual({ lamports: 9n, asOf: clock.now() });
  });

  it('that were looked at lately are read again behind the readers, who do not wait for them', async () => {
    const { clock, questions, shown } = balances();
    const first = shown.read(['a']);
    await turn();
    await questions[0]?.answer(7n);
    await first;
    clock.forward(400);
    shown.keepFresh();
    shown.keepFresh();
    await turn();
    expect(questions.map(({ addresses }) => addresses)).toEqual([['a'], ['a']]);
    expect(await told(shown.read(['a']), 'a')).toBe(7n);
    await questions[1]?.answer(9n, 2n);
    expect(await told(shown.read(['a']), 'a')).toBe(9n);
    // Nobody has looked for a while: it is left alone, and asked for by the next who does.
    clock.forward(60_000);
    shown.keepFresh();
    await turn();
    expect(questions).toHaveLength(2);
    void shown.read(['a']);
    await turn();
    expect(questions).toHaveLength(3);
  });

  it('are renewed a hundred at a time, the oldest first', async () => {
    const { clock, questions, shown } = balances();
    const early = Array.from({ length: 60 }, (_, n) => `early ${n}`);
    const late = Array.from({ length: 60 }, (_, n) => `late ${n}`);
    for (const [index, addresses] of [late, early].entries()) {
      const reading = shown.read(addresses);
      await turn();
      await questions[index]?.answer(7n);
      await reading;
      clock.forward(200);
    }
    shown.keepFresh();
    await turn();
    expect(questions[2]?.addresses).toHaveLength(100);
    expect(questions[2]?.addresses.slice(0, 60)).toEqual(late);
  });

  it('after a failure, none are waited for that were never read', async () => {
    const { questions, shown } = balances();
    const first = shown.read(['a']);
    await turn();
    await questions[0]?.fail();
    expect((await first).size).toBe(0);
    expect((await shown.read(['a'])).size).toBe(0);
    expect(questions).toHaveLength(2);
  });

  it('when money has moved, what was asked before does not count as fresh', async () => {
    const { questions, shown } = balances();
    const before = shown.read(['a']);
    await turn();
    shown.expire('a');
    await questions[0]?.answer(7n, 1n);
    await before;
    const after = shown.read(['a']);
    await turn();
    expect(questions).toHaveLength(2);
    await questions[1]?.answer(3n, 2n);
    expect(await told(after, 'a')).toBe(3n);
  });

  it('never go back to an older bank', async () => {
    const { clock, questions, shown } = balances();
    const first = shown.read(['a']);
    await turn();
    await questions[0]?.answer(7n, 5n);
    await first;
    clock.forward(1_000);
    const second = shown.read(['a']);
    await turn();
    await questions[1]?.answer(9n, 4n);
    expect(await told(second, 'a')).toBe(7n);
  });
});
