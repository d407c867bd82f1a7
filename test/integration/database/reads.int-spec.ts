import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReadPool } from '#config/database/data-source.js';
import { parseEnvironment } from '#config/environment.js';
import { DatabaseUnavailableError } from '#src/common/database/database-errors.js';
import { ReadDatabase } from '#src/common/database/read-database.js';
import { pollUntil } from '#src/local/support/poll.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { execute } from '../../support/sql.js';

/** Of two databases the second stands for a copy: it says where an answer came from. */
const WHERE = {
  name: 'where',
  text: 'SELECT place, n FROM places JOIN (SELECT $1::int AS n) AS given ON n < known',
};
const PLACES = 'CREATE TABLE places (place text, known int)';

let main: TestDatabase;
let copy: TestDatabase;
const open: ReadDatabase[] = [];

beforeAll(async () => {
  [main, copy] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  await execute(main.url, PLACES);
  await execute(main.url, `INSERT INTO places VALUES ('main', 1000)`);
  await execute(copy.url, PLACES);
  // It is behind: the newest things are not there yet.
  await execute(copy.url, `INSERT INTO places VALUES ('copy', 500)`);
});
afterAll(async () => {
  for (const reads of open) await reads.onApplicationShutdown();
  await main?.drop();
  await copy?.drop();
});

function readsOf(copyUrl?: string): ReadDatabase {
  const reads = new ReadDatabase(poolOf(main.url), copyUrl === undefined ? undefined : poolOf(copyUrl));
  open.push(reads);
  return reads;
}

function poolOf(url: string): Pool {
  const settings = parseEnvironment({ DATABASE_URL: main.url, PG_POOL_CONNECTION_TIMEOUT_MS: '1000' });
  return createReadPool(settings, url);
}

describe('reads', () => {
  it('give each of many readers at once its own answer, on two connections', async () => {
    const reads = readsOf();
    const numbers = Array.from({ length: 300 }, (_, n) => n);
    const rows = await Promise.all(numbers.map((n) => reads.one<{ n: number }>(WHERE, [n])));
    expect(rows.map((row) => row?.n)).toEqual(numbers);
    const used = await execute<{ pid: number }>(
      main.url,
      `SELECT pid FROM pg_stat_activity WHERE application_name = 'commit-to-ship reads' AND datname = current_database()`,
    );
    expect(used).toHaveLength(2);
  });

  it('of which one is wrong leave those beside it alone', async () => {
    const reads = readsOf();
    const wrong = { name: 'wrong', text: 'SELECT 1 / $1::int AS n' };
    const answers = await Promise.allSettled([
      reads.one(WHERE, [1]),
      reads.one(wrong, [0]),
      reads.one(WHERE, [2]),
      reads.one(wrong, [0]),
      reads.one(WHERE, [3]),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
  });

  it('D1: go on with new connections when theirs have ended', async () => {
    const reads = readsOf();
    await Promise.all([reads.one(WHERE, [1]), reads.one(WHERE, [1])]);
    await execute(
      main.url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name = 'commit-to-ship reads' AND datname = current_database()`,
    );
    const again = async () => reads.one<{ n: number }>(WHERE, [7]).catch(onlyOutages);
    expect(await pollUntil('an answer', async () => (await again()) ?? undefined)).toMatchObject({ n: 7 });
  });
});

describe('public reads beside a copy', () => {
  it('come from the copy, and what it does not have yet from the database itself', async () => {
    const reads = readsOf(copy.url);
    expect(await reads.publicOne(WHERE, [1])).toMatchObject({ place: 'copy' });
    expect(await reads.publicOne(WHERE, [700])).toMatchObject({ place: 'main' });
    expect(await reads.publicMany(WHERE.text, [700])).toEqual([]);
    expect(await reads.one(WHERE, [1])).toMatchObject({ place: 'main' });
  });

  it('come from the database itself while the copy is away', async () => {
    const away = new URL(copy.url);
    away.port = '1';
    const reads = readsOf(away.href);
    expect(await reads.publicOne(WHERE, [1])).toMatchObject({ place: 'main' });
    expect(await reads.publicMany(WHERE.text, [1])).toMatchObject([{ place: 'main' }]);
  });

  it('take a copy that cannot be written to', async () => {
    await execute(
      copy.url,
      `ALTER DATABASE ${new URL(copy.url).pathname.slice(1)} SET default_transaction_read_only = on`,
    );
    const reads = readsOf(copy.url);
    expect(await reads.publicOne(WHERE, [1])).toMatchObject({ place: 'copy' });
  });
});

function onlyOutages(error: unknown): null {
  if (error instanceof DatabaseUnavailableError) return null;
  throw error;
}
