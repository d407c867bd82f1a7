/** The lines of the checklist that the database answers. */
import type { DataSource, QueryRunner } from 'typeorm';
import { loadDatabaseSettings, type SettingsSource } from '#config/load.js';
import { migrationStatus } from '#migrations/migration-status.js';
import { checkRole } from '#migrations/roles/role-check.js';
import { isLoopback } from '#src/chain/rpc/voice-of.js';
import { CliError } from '#src/cli/session/cli-error.js';
import { age } from '#src/cli/text/words.js';
import { type Check, fail, pass, tried, warn } from './check.js';

type Row = Record<string, unknown>;

/** Beside PG_POOL_MAX: quick ones, readers, jobs and one to spare, of each replica. */
const CONNECTIONS_BESIDE_POOL = 12;
const LARGEST_CLOCK_DIFFERENCE_MS = 5_000;
const OLDEST_BACKUP_SECONDS = 25 * 3_600;
const KEPT_BY_A_SLOT_BYTES = 2 ** 30;

const FACTS = `
  SELECT pg_backend_pid() AS pid, current_setting('server_version') AS version, current_setting('max_connections')::int AS "maxConnections",
    pg_size_pretty(pg_database_size(current_database())) AS size, clock_timestamp() AS now`;

const SLOTS = `
  SELECT slot_name AS name FROM pg_replication_slots
   WHERE NOT active AND pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn()
     ELSE pg_current_wal_lsn() END, restart_lsn) > ${KEPT_BY_A_SLOT_BYTES}`;

const ARCHIVER = `
  SELECT current_setting('archive_mode') AS mode, last_archived_time AS "lastAt",
    coalesce(last_failed_time > last_archived_time, last_failed_time IS NOT NULL) AS failing FROM pg_stat_archiver`;

/** @param lastBackup RFC 3339, as the operator says; undefined where nobody does */
export async function databaseChecks(
  source: SettingsSource,
  lastBackup: string | undefined,
): Promise<readonly Check[]> {
  return tried('database', 'ops database show; RUNBOOK.md, incident 1', async () => {
    const settings = loadDatabaseSettings(source);
    if (settings.DATABASE_URL === undefined) throw new CliError('DATABASE_URL is not set');
    const { createDataSource } = await import('#config/database/data-source.js');
    const dataSource = await createDataSource(settings).initialize();
    try {
      return await allOf(
        dataSource,
        new URL(settings.DATABASE_URL).hostname,
        settings.PG_POOL_MAX,
        lastBackup,
      );
    } finally {
      await dataSource.destroy();
    }
  });
}

async function allOf(
  dataSource: DataSource,
  host: string,
  poolMax: number,
  lastBackup: string | undefined,
): Promise<readonly Check[]> {
  const query = (sql: string) => dataSource.query<Row[]>(sql);
  const runner = dataSource.createQueryRunner();
  try {
    const client = (await runner.connect()) as Client;
    const [facts = {}] = (await runner.query(FACTS)) as Row[];
    return [
      pass('database', `PostgreSQL ${String(facts['version'])}, ${String(facts['size'])}`),
      tlsOf(client, host),
      await poolerOf(runner, client, facts),
      connectionsOf(Number(facts['maxConnections']), poolMax),
      await migrationsOf(query),
      await roleOf(query),
      clockOf(facts['now'] as Date),
      await slotsOf(query),
      await backupOf(query, lastBackup),
    ];
  } finally {
    await runner.release();
  }
}

interface Client {
  readonly processID?: number | null;
  readonly connection?: { readonly stream?: { readonly encrypted?: boolean } };
}

/** Of the connection itself, which a pooler may end: what the settings ask for is not what counts. */
function tlsOf({ connection }: Client, host: string): Check {
  if (connection?.stream?.encrypted === true) return pass('database TLS', 'in effect');
  if (isLoopback(host)) return pass('database TLS', 'none, and the server is on this machine');
  return fail(
    'database TLS',
    `the connection to ${host} is not encrypted`,
    'DATABASE_SSL=verify, and DATABASE_CA_CERT of the provider',
  );
}

/** A pooler greets with a number of its own, and lets whichever server process is free answer. */
async function poolerOf(runner: QueryRunner, { processID }: Client, { pid }: Row): Promise<Check> {
  if (processID === pid) return pass('pooler', 'none, or one in session mode');
  await runner.query('BEGIN');
  const pids = [await pidOf(runner), await pidOf(runner)];
  await runner.query('ROLLBACK');
  return pids[0] === pids[1]
    ? pass('pooler', 'in transaction mode')
    : fail(
        'pooler',
        'in statement mode: payments need transactions',
        'pool_mode = transaction; RUNBOOK.md, "Poolers"',
      );
}

async function pidOf(runner: QueryRunner): Promise<unknown> {
  const [row] = (await runner.query('SELECT pg_backend_pid() AS pid')) as Row[];
  return row?.['pid'];
}

function connectionsOf(max: number, poolMax: number): Check {
  const replica = poolMax + CONNECTIONS_BESIDE_POOL;
  const found = `the server takes ${max}, a replica up to ${replica}`;
  return max >= 2 * replica
    ? pass('connections', found)
    : warn(
        'connections',
        `${found}: two replicas do not fit`,
        'raise max_connections, lower PG_POOL_MAX, or use a pooler',
      );
}

async function migrationsOf(query: (sql: string) => Promise<Row[]>): Promise<Check> {
  const { applied, pending } = await migrationStatus(query);
  return pending.length === 0
    ? pass('migrations', `${applied.length} applied, ${applied.at(-1) ?? 'none'} the newest`)
    : fail('migrations', `pending: ${pending.join(', ')}`, 'npm run migrate');
}

async function roleOf(query: (sql: string) => Promise<Row[]>): Promise<Check> {
  const { role, isOwner, problem } = await checkRole(query);
  if (problem !== undefined) return fail('role', problem, 'npm run migrate, with both URLs');
  if (!isOwner) return pass('role', `${role} has exactly its rights`);
  const found = `${role} owns the tables: it could change what it has written`;
  return warn('role', found, 'set DATABASE_MIGRATION_URL, and DATABASE_URL of cts_app; npm run migrate');
}

function clockOf(now: Date): Check {
  const difference = Math.abs(now.getTime() - Date.now());
  const found = `${Math.round(difference / 1_000)} s between this machine and the database`;
  return difference <= LARGEST_CLOCK_DIFFERENCE_MS
    ? pass('clock', found)
    : fail('clock', found, 'set the clocks by NTP: sign-in and signed messages are refused otherwise');
}

async function slotsOf(query: (sql: string) => Promise<Row[]>): Promise<Check> {
  const idle = (await query(SLOTS)).map(({ name }) => String(name));
  if (idle.length === 0) return pass('database disk', 'no replication slot keeps WAL in vain');
  const found = `nobody reads ${idle.join(', ')}, which keeps more than 1 GiB of WAL`;
  return warn('database disk', found, 'drop the slot, or start who reads it; ops database show');
}

async function backupOf(query: (sql: string) => Promise<Row[]>, told: string | undefined): Promise<Check> {
  const now = new Date().toISOString();
  if (told !== undefined) return aged(told, now, 'the last backup');
  const [archiver = {}] = await query(ARCHIVER);
  if (archiver['mode'] === 'off' || archiver['mode'] === undefined)
    return warn(
      'backup',
      'not known: the server archives no WAL, and nobody told',
      'ops doctor --last-backup TIME; RUNBOOK.md, "Backup and restore"',
    );
  if (archiver['failing'] === true)
    return fail(
      'backup',
      'the server fails to archive its WAL',
      'look at archive_command in the server’s log',
    );
  return aged(
    (archiver['lastAt'] as Date | null)?.toISOString() ?? '1970-01-01T00:00:00Z',
    now,
    'the newest archived WAL',
  );
}

function aged(at: string, now: string, what: string): Check {
  const found = `${what} is ${age(at, now)} old`;
  return Date.parse(now) - Date.parse(at) <= OLDEST_BACKUP_SECONDS * 1_000
    ? pass('backup', found)
    : fail('backup', found, 'back up now; RUNBOOK.md, "Backup and restore"');
}
