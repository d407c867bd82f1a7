import type { DataSource, QueryRunner } from 'typeorm';
import { MIGRATION_VERSIONS, migrations } from './index.js';

// Any fixed number: replicas that start at once wait for each other on it.
const LOCK = 6_024_202_611_220_001n;

export interface MigrationStatus {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
}

export type Query = (sql: string) => Promise<readonly { version?: unknown; present?: unknown }[]>;

/** What public.schema_migrations says, which the SQL files keep themselves, whoever runs them. */
export async function migrationStatus(query: Query): Promise<MigrationStatus> {
  const [table] = await query(`SELECT to_regclass('public.schema_migrations') IS NOT NULL AS present`);
  const rows =
    table?.present === true
      ? await query('SELECT version FROM public.schema_migrations ORDER BY version')
      : [];
  const applied = rows.map(({ version }) => String(version));
  return { applied, pending: MIGRATION_VERSIONS.filter((version) => !applied.includes(version)) };
}

/** Applies all that is pending, one transaction each. @returns the versions applied now */
export async function migrateUp(dataSource: DataSource): Promise<readonly string[]> {
  return exclusively(dataSource, async (before) => {
    await dataSource.runMigrations();
    return before.pending;
  });
}

/** Takes the newest applied migration back. @returns its version; undefined when none is applied */
export async function migrateDown(dataSource: DataSource): Promise<string | undefined> {
  return exclusively(dataSource, async ({ applied }) => {
    const newest = applied.findLast((version) => isOurs(version));
    if (newest !== undefined) await dataSource.undoLastMigration();
    return newest;
  });
}

async function exclusively<T>(
  dataSource: DataSource,
  work: (before: MigrationStatus) => Promise<T>,
): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [LOCK.toString()]);
    const before = await migrationStatus((sql) => runner.query(sql) as ReturnType<Query>);
    await alignRecords(dataSource, runner, before);
    return await work(before);
  } finally {
    // Released with the session at the latest.
    await runner.query('SELECT pg_advisory_unlock($1)', [LOCK.toString()]).catch(() => undefined);
    await runner.release();
  }
}

/** TypeORM keeps a list of its own, which knows nothing of what psql did: it is made to say the same as ours. */
async function alignRecords(
  dataSource: DataSource,
  runner: QueryRunner,
  status: MigrationStatus,
): Promise<void> {
  // Creates TypeORM's table where it is missing.
  await dataSource.showMigrations();
  // Like every other table: hosted platforms expose what has no row level security.
  await runner.query('ALTER TABLE public.typeorm_migrations ENABLE ROW LEVEL SECURITY');
  for (const migration of migrations) {
    const { name } = new migration();
    const version = MIGRATION_VERSIONS.find((candidate) => name?.startsWith(`${candidate}_`)) ?? '';
    if (status.pending.includes(version)) {
      await runner.query('DELETE FROM typeorm_migrations WHERE name = $1', [name]);
    } else {
      await runner.query(
        `INSERT INTO typeorm_migrations (timestamp, name) SELECT $1::bigint, $2::varchar
         WHERE NOT EXISTS (SELECT 1 FROM typeorm_migrations WHERE name = $2::varchar)`,
        [name?.slice(-13), name],
      );
    }
  }
}

function isOurs(version: string): boolean {
  return MIGRATION_VERSIONS.some((known) => known === version);
}
