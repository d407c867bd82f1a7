import { asOwner, loadDatabaseSettings, loadSource } from '#config/load.js';
import { CliError } from '#src/cli/session/cli-error.js';
import { Told } from '#src/cli/session/command-support.js';
import { table } from '#src/cli/text/table.js';
import { oneLine } from '#src/cli/text/words.js';
import { messageOf } from '#src/common/errors/errors.js';

type Row = Readonly<Record<string, string | number | boolean | null>>;

const LARGEST = 10;

/** Each answers rows whose members are texts and numbers. */
const QUESTIONS = {
  server: `SELECT current_database() AS database, current_user AS role, current_setting('server_version') AS version,
      pg_is_in_recovery() AS standby, current_setting('max_connections')::int AS "maxConnections",
      pg_size_pretty(pg_database_size(current_database())) AS size`,
  tables: `SELECT relname AS name, pg_size_pretty(pg_total_relation_size(oid)) AS size,
      greatest(reltuples, 0)::float8 AS rows
      FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
     ORDER BY pg_total_relation_size(oid) DESC LIMIT ${LARGEST}`,
  connections: `SELECT coalesce(nullif(application_name, ''), backend_type) AS application, usename AS role,
      coalesce(state, 'not shown') AS state, count(*)::int AS count
      FROM pg_stat_activity WHERE datname = current_database() GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 3`,
  transactions: `SELECT pid, usename AS role, xact_start::text AS since, left(query, 120) AS query
      FROM pg_stat_activity WHERE xact_start < now() - interval '10 seconds' ORDER BY xact_start LIMIT 20`,
  slots: `SELECT slot_name AS name, active, pg_size_pretty(pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery()
      THEN pg_last_wal_receive_lsn() ELSE pg_current_wal_lsn() END, restart_lsn)) AS kept FROM pg_replication_slots`,
} as const;
type Answers = Readonly<Record<keyof typeof QUESTIONS, readonly Row[]>>;

/**
 * What the database of this environment holds, who is connected, and what hangs. As the owner where DATABASE_MIGRATION_URL is set.
 * No API is involved, and nothing is changed.
 */
export async function databaseShow(): Promise<unknown> {
  const settings = asOwner(loadDatabaseSettings(loadSource()));
  if (settings.DATABASE_URL === undefined)
    throw new CliError('Set DATABASE_URL to the database to look at.', 2);
  // The database's libraries do not slow down the other commands.
  const { createDataSource } = await import('#config/database/data-source.js');
  const dataSource = createDataSource(settings);
  try {
    await dataSource.initialize();
    const answers = await ask((sql) => dataSource.query<Row[]>(sql));
    return new Told(answers, pageOf(answers));
  } catch (error) {
    throw new CliError(`The database does not answer: ${reasonOf(error)}`);
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
  }
}

async function ask(query: (sql: string) => Promise<Row[]>): Promise<Answers> {
  const answers: [string, Row[]][] = [];
  for (const [name, sql] of Object.entries(QUESTIONS)) answers.push([name, await query(sql)]);
  return Object.fromEntries(answers) as unknown as Answers;
}

function pageOf({ server: [server], tables, connections, transactions, slots }: Answers): string {
  const { database, role, version, size, standby, maxConnections } = server ?? {};
  const used = connections.reduce((sum, { count }) => sum + Number(count), 0);
  return [
    `${database} as ${role}, PostgreSQL ${version}${standby === true ? ', a STANDBY: it takes no writes' : ''}, ${size}`,
    `\nLargest tables\n${tableOf(['name', 'size', 'rows'], tables, 'No table.')}`,
    `\nConnections: ${used} to this database; the server takes ${maxConnections}`,
    tableOf(['application', 'role', 'state', 'count'], connections, 'None.'),
    `\nTransactions older than 10 s\n${tableOf(['pid', 'role', 'since', 'query'], transactions, 'None that this role may see.')}`,
    `\nReplication slots\n${tableOf(['name', 'active', 'kept'], slots, 'None.')}`,
  ].join('\n');
}

function tableOf(names: readonly string[], rows: readonly Row[], none: string): string {
  const cells = rows.map((row) => names.map((name) => oneLine(String(row[name] ?? ''))));
  return table(
    names.map((name) => name.toUpperCase()),
    cells,
    none,
  );
}

/** Connection errors wrap the reason. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return messageOf(cause instanceof AggregateError ? cause.errors[0] : cause).split('\n', 1)[0] ?? '';
}
