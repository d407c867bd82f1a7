import { afterEach, describe, expect, inject, it } from 'vitest';
import { createDataSource, createJobPool } from '#config/database/data-source.js';
import { awaitDatabase } from '#config/database/await-database.js';
import { parseEnvironment } from '#config/environment.js';
import { MIGRATION_VERSIONS } from '#migrations/index.js';
import { migrateDown, migrateUp } from '#migrations/runner.js';
import { JobLocks } from '#src/jobs/job-locks.service.js';
import { createEmptyDatabase, type TestDatabase } from '../../support/database.js';
import { atDatabase, execute } from '../../support/sql.js';

const ends: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function emptyDatabase(): Promise<TestDatabase> {
  const database = await createEmptyDatabase();
  ends.push(database.drop);
  return database;
}

const environmentOf = (url: string) => parseEnvironment({ DATABASE_URL: url, PG_POOL_MAX: '2' });

async function open(url: string) {
  const dataSource = await createDataSource(environmentOf(url)).initialize();
  ends.push(() => dataSource.destroy());
  return dataSource;
}

/** Defaults of a database that other programs may have wished for. */
async function setDefaults(url: string, settings: Record<string, string>): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  for (const [setting, value] of Object.entries(settings)) {
    await execute(url, `ALTER DATABASE ${name} SET ${setting} = ${value}`);
  }
}

describe('a database with defaults of its own', () => {
  it('German dates, serializable transactions and a schema named like the user change nothing', async () => {
    const { url } = await emptyDatabase();
    await execute(url, 'CREATE SCHEMA cts; CREATE SCHEMA elsewhere');
    await setDefaults(url, {
      datestyle: `'German, DMY'`,
      default_transaction_isolation: `'serializable'`,
      search_path: '"$user", elsewhere',
      timezone: `'Asia/Kathmandu'`,
      statement_timeout: `'900ms'`,
      lock_timeout: `'900ms'`,
    });
    const dataSource = await open(url);
    expect(await migrateUp(dataSource)).toEqual(MIGRATION_VERSIONS);
    const [row] = await dataSource.query<Record<string, unknown>[]>(
      `SELECT '2026-04-05T06:07:08Z'::timestamptz AS at, current_setting('transaction_isolation') AS isolation,
         current_schema() AS schema, current_setting('statement_timeout') AS limit`,
    );
    expect(row).toEqual({
      at: new Date('2026-04-05T06:07:08Z'),
      isolation: 'read committed',
      schema: 'public',
      limit: '10s',
    });
    const strays: unknown[] = await dataSource.query(
      `SELECT relname FROM pg_class WHERE relnamespace = 'elsewhere'::regnamespace`,
    );
    expect(strays).toEqual([]);
    const locks = new JobLocks(createJobPool(environmentOf(url), 2));
    ends.push(() => locks.onApplicationShutdown());
    const isolation = await locks.whileHeld('sweep', async (lock) =>
      lock.query('SHOW transaction_isolation'),
    );
    expect(isolation?.rows).toEqual([{ transaction_isolation: 'read committed' }]);
  });
});

describe('a database that is not ours', () => {
  async function refusals(url: string): Promise<string[]> {
    const dataSource = await open(url);
    const before = await execute(url, TABLES);
    const errors = await Promise.all(
      [migrateUp(dataSource), awaitDatabase(environmentOf(url))].map((work) =>
        work.then(
          () => 'no refusal',
          (error: unknown) => (error as Error).message,
        ),
      ),
    );
    expect(await execute(url, TABLES)).toEqual(before);
    return errors;
  }
  const TABLES = `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1`;

  it.each([
    ['version text PRIMARY KEY', `('20240101120000')`],
    ['version bigint PRIMARY KEY, dirty boolean', '(20240101120000, false)'],
    ['id integer PRIMARY KEY', null],
  ])("names another program's schema_migrations (%s) before anything is applied", async (columns, row) => {
    const { url } = await emptyDatabase();
    await execute(url, `CREATE TABLE public.schema_migrations (${columns})`);
    if (row !== null) await execute(url, `INSERT INTO public.schema_migrations VALUES ${row}`);
    for (const text of await refusals(url)) {
      expect(text).toContain('schema_migrations');
      expect(text).toContain("another program's");
      expect(text).toMatch(/Nothing was (applied|started)\.$/);
    }
  });

  it('names a table that a pending migration would create', async () => {
    const { url } = await emptyDatabase();
    await execute(url, 'CREATE TABLE public.jobs (id integer)');
    for (const text of await refusals(url)) expect(text).toContain('public.jobs (0011_jobs)');
  });

  it('names an encoding that cannot store every text', async () => {
    const { adminUrl } = inject('postgres');
    const name = `cts_latin_${Date.now()}`;
    await execute(
      adminUrl,
      `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc`,
    );
    ends.push(() => execute(adminUrl, `DROP DATABASE ${name} WITH (FORCE)`));
    for (const text of await refusals(atDatabase(adminUrl, name))) expect(text).toContain('LATIN1');
  });
});

describe('migrations', () => {
  it('three at once: each is applied once, nobody hangs, no lock is left', async () => {
    const { url } = await emptyDatabase();
    const sources = await Promise.all([open(url), open(url), open(url)]);
    const applied = (await Promise.all(sources.map(migrateUp))).flat();
    expect(applied.sort()).toEqual([...MIGRATION_VERSIONS]);
    const [first] = sources;
    expect(first && (await migrateDown(first))).toBe(MIGRATION_VERSIONS.at(-1));
    const locks = await execute(
      url,
      `SELECT 1 FROM pg_locks WHERE locktype = 'advisory'
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    expect(locks).toEqual([]);
  });
});
