import type { DataSource, QueryRunner } from 'typeorm';
import { obstacles } from './obstacles.js';
import { MIGRATION_VERSIONS, migrations } from './index.js';
import { type MigrationStatus, migrationStatus, type Query } from './migration-status.js';

// Any fixed number: replicas that start at once wait for each other on it.
const LOCK = 6_024_202_611_220_001n;
// A migration that waits for a lock holds up everybody behind it: rather it is tried again when the table is less busy.
const LOCK_TIMEOUT = '10s';

/** The database is not one that these migrations may touch; the message says what is in the way. */
export class UnfitDatabaseError extends Error {
  override readonly name = 'UnfitDatabaseError';
}

/**
 * Applies all that is pending, one transaction each.
 * @returns the versions applied now
 * @throws UnfitDatabaseError before anything is applied
 */
export async function migrateUp(dataSource: DataSource): Promise<readonly string[]> {
  const applied: string[] = [];
  for (;;) {
    const version = await exclusively(dataSource, applyNext);
    if (version === undefined) return applied;
    applied.push(version);
  }
}

/** Takes the newest applied migration back. @returns its version; undefined when none is applied */
export async function migrateDown(dataSource: DataSource): Promise<string | undefined> {
  return exclusively(dataSource, async (runner, { applied }) => {
    const newest = MIGRATION_VERSIONS.findLast((version) => applied.includes(version));
    await migrationOf(newest)?.down(runner);
    return newest;
  });
}

async function applyNext(runner: QueryRunner, status: MigrationStatus): Promise<string | undefined> {
  const found = await obstacles(queryOf(runner), status);
  if (found.length > 0) throw new UnfitDatabaseError(`${found.join('. ')}. Nothing was applied.`);
  const [version] = status.pending;
  await migrationOf(version)?.up(runner);
  return version;
}

/**
 * One transaction, alone among all who migrate. Its lock ends with it, so a pooler that lends connections for one transaction
 * keeps none, and who waits sees what the one before has done.
 */
export async function exclusively<T>(
  dataSource: DataSource,
  work: (runner: QueryRunner, before: MigrationStatus) => Promise<T>,
): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction('READ COMMITTED');
    await runner.query('SELECT pg_advisory_xact_lock($1)', [LOCK.toString()]);
    await runner.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
    const answer = await work(runner, await migrationStatus(queryOf(runner)));
    await runner.commitTransaction();
    return answer;
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}

function queryOf(runner: QueryRunner): Query {
  return (sql) => runner.query(sql) as ReturnType<Query>;
}

function migrationOf(version: string | undefined) {
  const index = MIGRATION_VERSIONS.findIndex((known) => known === version);
  const migration = migrations[index];
  return migration === undefined ? undefined : new migration();
}
