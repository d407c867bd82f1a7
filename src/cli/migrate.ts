import { createDataSource, type DatabaseSettings } from '../../config/data-source.js';
import { loadDatabaseSettings, loadSource } from '../../config/load.js';
import { migrateDown, migrateUp, migrationStatus, type Query } from '../../migrations/runner.js';
import type { DataSource } from 'typeorm';
import { messageOf } from '../common/errors.js';

const USAGE = 'Usage: migrate up | down | status';
// A migration may take its time, and so may waiting for another replica's.
const MIGRATION_LIMIT_MS = 30 * 60_000;

const COMMANDS: Readonly<Record<string, (dataSource: DataSource) => Promise<readonly string[]>>> = {
  up: async (dataSource) => {
    const versions = await migrateUp(dataSource);
    return versions.length === 0 ? ['Nothing to apply.'] : versions.map((version) => `applied ${version}`);
  },
  down: async (dataSource) => {
    const version = await migrateDown(dataSource);
    return [version === undefined ? 'Nothing to take back.' : `reverted ${version}`];
  },
  status: async (dataSource) => {
    const { applied, pending } = await migrationStatus((sql) =>
      dataSource.query<Awaited<ReturnType<Query>>>(sql),
    );
    const lines = [...applied.map((v) => `applied  ${v}`), ...pending.map((v) => `pending  ${v}`)];
    return lines.sort((a, b) => a.slice(9).localeCompare(b.slice(9)));
  },
};

/** Runs one command over the database that the DATABASE_* settings name; nothing else has to be set. */
async function main(name: string | undefined): Promise<void> {
  const command = COMMANDS[name ?? ''];
  if (command === undefined) throw new Error(USAGE);
  const settings = loadDatabaseSettings(loadSource());
  if (settings.DATABASE_URL === undefined) {
    throw new Error(
      'DATABASE_URL is not set: it names the database to migrate, postgres://user@host:5432/name',
    );
  }
  const dataSource = await createDataSource(withPatience(settings)).initialize();
  try {
    for (const line of await command(dataSource)) process.stdout.write(`${line}\n`);
  } finally {
    await dataSource.destroy();
  }
}

function withPatience(settings: DatabaseSettings): DatabaseSettings {
  return { ...settings, PG_STATEMENT_TIMEOUT_MS: MIGRATION_LIMIT_MS };
}

/** The reason in one line: connection errors wrap it. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const first = cause instanceof AggregateError ? cause.errors[0] : cause;
  return messageOf(first).split('\n', 1)[0] ?? '';
}

main(process.argv[2]).catch((error: unknown) => {
  const text = error instanceof Error && error.name === 'EnvironmentError' ? error.message : reasonOf(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
});
