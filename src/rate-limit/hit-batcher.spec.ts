import { describe, expect, it } from 'vitest';
import { HitBatcher } from './hit-batcher.js';
import type { CountedKey } from './hit-group.js';
import type { RateWindow } from './rate-window.js';

type Answer = (windows: ReadonlyMap<string, RateWindow>) => void;

/** A database that counts, and answers when it is told to, or at once. */
class Database {
  readonly statements: (readonly CountedKey[])[] = [];
  readonly unanswered: (() => void)[] = [];
  isHolding = false;
  private readonly hits = new Map<string, number>();

  readonly send = (keys: readonly CountedKey[]) =>
    new Promise<ReadonlyMap<string, RateWindow>>((answer: Answer) => {
      this.statements.push(keys);
      for (const { key, count } of keys) this.hits.set(key, (this.hits.get(key) ?? 0) + count);
      const windows = new Map(
        keys.map(({ key }) => [key, { hits: this.hits.get(key) ?? 0, secondsLeft: 9 }] as const),
      );
      if (this.isHolding) this.unanswered.push(() => answer(windows));
      else answer(windows);
    });

  release(): void {
    this.isHolding = false;
    for (const answer of this.unanswered.splice(0)) answer();
  }
}

const batcherOf = (database: Database, limitMs = 5_000) =>
  new HitBatcher({ send: database.send, limitMs, late: () => new Error('late') });
const tick = () => new Promise((resolve) => setImmediate(resolve));

describe('HitBatcher', () => {
  it('counts the hits of one instant by one statement, and gives each its own number', async () => {
    const database = new Database();
    const batcher = batcherOf(database);
    const a = Array.from({ length: 50 }, () => batcher.hit('a', 60));
    const b = Array.from({ length: 3 }, () => batcher.hit('b', 10));
    const numbers = (await Promise.all(a)).map(({ hits }) => hits);
    expect(numbers).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect((await Promise.all(b)).map(({ hits }) => hits)).toEqual([1, 2, 3]);
    expect(database.statements).toEqual([
      [
        { key: 'a', windowSeconds: 60, count: 50 },
        { key: 'b', windowSeconds: 10, count: 3 },
      ],
    ]);
    expect(await batcher.hit('a', 60)).toEqual({ hits: 51, secondsLeft: 9 });
  });

  it('collects for the next statement while two are under way', async () => {
    const database = new Database();
    database.isHolding = true;
    const batcher = batcherOf(database);
    const asked: Promise<RateWindow>[] = [];
    for (let round = 0; round < 6; round += 1) {
      asked.push(batcher.hit('a', 60));
      await tick();
    }
    expect(database.statements).toHaveLength(2);
    database.release();
    const numbers = (await Promise.all(asked)).map(({ hits }) => hits);
    expect(numbers.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(database.statements.map(([group]) => group?.count)).toEqual([1, 1, 4]);
  });

  it('N3: behind a statement that hangs, nobody waits longer than the limit', async () => {
    const database = new Database();
    database.isHolding = true;
    const batcher = batcherOf(database, 60);
    const asked: Promise<unknown>[] = [];
    for (let round = 0; round < 4; round += 1) {
      asked.push(batcher.hit(`key ${round}`, 60).catch((error: unknown) => error));
      await tick();
    }
    for (const answer of await Promise.all(asked)) expect(answer).toEqual(new Error('late'));
    // What had waited in vain is not sent any more.
    database.release();
    expect(await batcher.hit('after', 60)).toMatchObject({ hits: 1 });
    const sent = database.statements.flat().map(({ key }) => key);
    expect(sent).toEqual(['key 0', 'key 1', 'after']);
  });

  it('N3: holds a bounded number of hits for a database that does not keep up', async () => {
    const database = new Database();
    database.isHolding = true;
    const batcher = batcherOf(database, 3_000);
    const answers = Array.from({ length: 20_000 }, (_, client) =>
      batcher.hit(`client ${client}`, 60).then(
        () => 'counted',
        (error: Error) => error.message,
      ),
    );
    await tick();
    database.release();
    const counted = (await Promise.all(answers)).filter((answer) => answer === 'counted');
    expect(counted).toHaveLength(10_000);
    expect(Math.max(...database.statements.map((keys) => keys.length))).toBe(500);
  });

  it('hands a failure on to everybody whom it hit, and counts the next ones again', async () => {
    const database = new Database();
    let isBroken = true;
    const batcher = new HitBatcher({
      send: (keys) => (isBroken ? Promise.reject(new Error('gone')) : database.send(keys)),
      limitMs: 1_000,
      late: () => new Error('late'),
    });
    const failed = await Promise.allSettled([batcher.hit('a', 60), batcher.hit('b', 60)]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isBroken = false;
    expect(await batcher.hit('a', 60)).toMatchObject({ hits: 1 });
  });
});
