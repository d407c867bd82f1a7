import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDataSource, dataSourceOptions } from '#config/database/data-source.js';
import { parseEnvironment } from '#config/environment.js';
import { MIGRATION_VERSIONS } from '#migrations/index.js';
import { projectFolder } from '#src/local/support/project-folder.js';
import { type TestDatabase, createEmptyDatabase, createTestDatabase } from '../../support/database.js';
import { execute, withClient } from '../../support/sql.js';

const FOLDER = join(projectFolder(), 'migrations');

/** Everything of ours that a schema can hold, without the runner's own table. */
const OBJECTS = `
  SELECT 'relation ' || relname AS name FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relname NOT LIKE 'typeorm_migrations%'
      AND relname NOT IN (SELECT conname FROM pg_constraint WHERE conrelid = to_regclass('public.typeorm_migrations'))
  UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  UNION ALL SELECT 'type ' || typname FROM pg_type
    WHERE typnamespace = 'public'::regnamespace AND typname !~ '^_?typeorm_migrations'
  ORDER BY 1`;

let database: TestDatabase;

async function objects(): Promise<string[]> {
  return (await execute<{ name: string }>(database.url, OBJECTS)).map((row) => row.name);
}

async function withRunner<T>(work: (dataSource: DataSource) => Promise<T>): Promise<T> {
  const dataSource = createDataSource(parseEnvironment({ DATABASE_URL: database.url }));
  await dataSource.initialize();
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

/** As psql -1 -f FILE does, file after file. */
function applyLikePsql(files: readonly string[]): Promise<void> {
  return withClient(database.url, async (client) => {
    for (const file of files) {
      await client.query(`BEGIN; ${readFileSync(join(FOLDER, file), 'utf8')}; COMMIT`);
    }
  });
}

function sqlFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
}

async function entities(): Promise<unknown[]> {
  const source = join(projectFolder(), 'src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.entity.ts'),
  );
  const modules = await Promise.all(
    files.map((name) => import(/* @vite-ignore */ pathToFileURL(join(source, name)).href)),
  );
  return modules.flatMap((module) => Object.values(module as Record<string, unknown>));
}

describe('migrations', () => {
  beforeEach(async () => {
    database = await createEmptyDatabase();
  });
  afterEach(() => database.drop());

  it('lists every SQL file, each with its inverse', () => {
    const listed = MIGRATION_VERSIONS.map((version) => `${version}.sql`);
    expect(sqlFiles(FOLDER)).toEqual(listed);
    expect(sqlFiles(join(FOLDER, 'down'))).toEqual(listed);
  });

  it('goes up on an empty database, and down again until nothing is left', async () => {
    await withRunner(async (runner) => {
      const done = await runner.runMigrations();
      expect(done).toHaveLength(MIGRATION_VERSIONS.length);
      expect(await objects()).toContain('relation commitments');
      for (const _ of MIGRATION_VERSIONS) await runner.undoLastMigration();
    });
    expect(await objects()).toEqual([]);
  });

  it('goes up again after having gone down', async () => {
    await withRunner(async (runner) => {
      await runner.runMigrations();
      const first = await objects();
      for (const _ of MIGRATION_VERSIONS) await runner.undoLastMigration();
      await runner.runMigrations();
      expect(await objects()).toEqual(first);
    });
  });

  it('makes the same schema with psql, and the runner then finds nothing to do', async () => {
    await applyLikePsql(sqlFiles(FOLDER));
    const byPsql = await objects();
    await withRunner((runner) => runner.runMigrations());
    expect(await objects()).toEqual(byPsql);
    const known = await execute<{ version: string }>(
      database.url,
      'SELECT version FROM public.schema_migrations ORDER BY version',
    );
    expect(known.map((row) => row.version)).toEqual([...MIGRATION_VERSIONS].sort());
  });

  it('makes the same schema with psql and with the runner', async () => {
    await applyLikePsql(sqlFiles(FOLDER));
    const byPsql = await objects();
    await database.drop();
    database = await createTestDatabase();
    expect(await objects()).toEqual(byPsql);
  });

  it('goes down with psql as well', async () => {
    await applyLikePsql(sqlFiles(FOLDER));
    await applyLikePsql(
      sqlFiles(join(FOLDER, 'down'))
        .toReversed()
        .map((name) => join('down', name)),
    );
    expect(await objects()).toEqual([]);
  });
});

describe('the migrated schema', () => {
  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.drop());

  it('agrees with the entities', async () => {
    const settings = parseEnvironment({ DATABASE_URL: database.url });
    const classes = (await entities()) as (new () => unknown)[];
    expect(classes.length).toBeGreaterThan(0);
    const dataSource = new DataSource({ ...dataSourceOptions(settings), entities: classes });
    await dataSource.initialize();
    try {
      const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
      // Indexes and constraints are the migrations' alone; tables and columns have to be what the entities say.
      const changes = upQueries
        .map(({ query }) => query)
        .filter((sql) => /^(CREATE|DROP|ALTER) TABLE/.test(sql))
        .filter((sql) => !/ (ADD|DROP) CONSTRAINT /.test(sql));
      expect(changes).toEqual([]);
    } finally {
      await dataSource.destroy();
    }
  });

  it('has row level security on every table', async () => {
    await withRunner((runner) => runner.runMigrations());
    const open = await execute<{ relname: string }>(
      database.url,
      `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
         AND NOT relrowsecurity AND relname <> 'typeorm_migrations'`,
    );
    expect(open).toEqual([]);
  });

  it.each([
    ['UPDATE', `UPDATE public.audit_logs SET actor = 'somebody else'`],
    ['DELETE', 'DELETE FROM public.audit_logs'],
    ['TRUNCATE', 'TRUNCATE public.audit_logs'],
  ])('refuses %s on audit_logs, also to the owner', async (operation, sql) => {
    await execute(
      database.url,
      `INSERT INTO public.audit_logs (event, actor, request_id) VALUES ('something_ok', 'cron', 'r1')`,
    );
    await expect(execute(database.url, sql)).rejects.toThrow(`${operation} on public.audit_logs is refused`);
    expect(await execute(database.url, 'SELECT actor FROM public.audit_logs')).toEqual([{ actor: 'cron' }]);
  });
});
