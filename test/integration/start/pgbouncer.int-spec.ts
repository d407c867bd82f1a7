import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDataSource } from '#config/database/data-source.js';
import { parseEnvironment } from '#config/environment.js';
import { MIGRATION_VERSIONS } from '#migrations/index.js';
import { migrateUp } from '#migrations/runner.js';
import { createEmptyDatabase, type TestDatabase } from '../../support/database.js';
import { type Child, startProgram } from '../../support/processes/child.js';
import { type PgBouncer, startPgBouncer } from '../../support/processes/pgbouncer.js';
import { skipNote } from '../../support/processes/system-programs.js';
import { freePort } from '../../support/ports.js';
import { pollUntil } from '../../support/poll.js';
import { execute } from '../../support/sql.js';

const note = skipNote('pgbouncer');

describe.skipIf(note)(`PgBouncer in transaction mode${note}`, () => {
  let database: TestDatabase;
  let pooler: PgBouncer;
  let child: Child | undefined;

  beforeEach(async () => {
    database = await createEmptyDatabase();
    pooler = await startPgBouncer(database.url, 6);
  });
  afterEach(async () => {
    await child?.kill();
    await pooler.stop();
    await database.drop();
  });

  const environmentOf = (url: string) => parseEnvironment({ DATABASE_URL: url, PG_POOL_MAX: '3' });

  async function open() {
    return createDataSource(environmentOf(pooler.url)).initialize();
  }

  it('three migrations at once: each is applied once, nobody hangs, no lock is left', async () => {
    const sources = await Promise.all([open(), open(), open()]);
    try {
      const applied = (await Promise.all(sources.map(migrateUp))).flat();
      expect(applied.sort()).toEqual([...MIGRATION_VERSIONS]);
    } finally {
      await Promise.all(sources.map((source) => source.destroy()));
    }
    const locks = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory'
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
    expect(await execute(database.url, locks)).toEqual([]);
  });

  it('a transaction has our settings, and leaves none of them to the next user of its connection', async () => {
    const source = await open();
    try {
      const inside = await source.transaction(async (manager) =>
        manager.query(
          `SELECT current_setting('statement_timeout') AS limit, current_setting('search_path') AS path`,
        ),
      );
      expect(inside).toEqual([{ limit: '10s', path: 'public' }]);
    } finally {
      await source.destroy();
    }
    const [after] = await execute(pooler.url, `SELECT current_setting('statement_timeout') AS limit`);
    expect(after).toEqual({ limit: '0' });
  });

  it('the service runs on six connections, jobs and all', async () => {
    const source = await open();
    await migrateUp(source);
    await source.destroy();
    const port = await freePort();
    child = startProgram('src/main.ts', {
      env: {
        DATABASE_URL: pooler.url,
        PORT: String(port),
        SOLANA_RPC_URL: 'http://127.0.0.1:1',
        ESCROW_DB_SECRET: 'x'.repeat(32),
      },
    });
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    await pollUntil('it listens', async () => (await get('/health/live').catch(() => undefined))?.ok);
    const succeeded = 'SELECT count(*)::int AS count FROM public.jobs WHERE last_success_at IS NOT NULL';
    await pollUntil('half of the jobs have run', async () => {
      const [row] = await execute<{ count: number }>(database.url, succeeded);
      return row !== undefined && row.count >= 7;
    });
    const answers = await Promise.all(Array.from({ length: 40 }, () => get('/api/commitments?limit=1')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const ready = (await (await get('/health/ready')).json()) as { checks: Record<string, unknown> };
    expect(ready.checks).toMatchObject({ database: { status: 'ok' }, migrations: { status: 'ok' } });
  });
});
