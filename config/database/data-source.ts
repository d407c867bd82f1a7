import type { Pool, PoolConfig } from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { migrations } from '#migrations/index.js';
import { databaseDriver } from './database-driver.js';
import type { SessionSettings } from './session.js';
import type { SessionClientConfig } from './session-client.js';
import { urlTlsMode, withoutTls } from './url-tls.js';
import { isLoopbackHost } from '#config/rules/validators.js';
import type { Environment } from '#config/environment.js';

/** What a connection needs; `loadDatabaseSettings` reads only these. */
export type DatabaseSettings = Pick<
  Environment,
  | 'DATABASE_URL'
  | 'DATABASE_MIGRATION_URL'
  | 'DATABASE_READ_URL'
  | 'DATABASE_SSL'
  | 'DATABASE_CA_CERT'
  | 'PG_POOL_MAX'
  | 'PG_POOL_CONNECTION_TIMEOUT_MS'
  | 'PG_POOL_IDLE_TIMEOUT_MS'
  | 'PG_STATEMENT_TIMEOUT_MS'
>;

// A transaction that does nothing for so long is a mistake, and holds locks that others wait for.
const IDLE_IN_TRANSACTION_MS = 30_000;

/** TLS for the database: remote hosts are verified unless told otherwise, loopback and sockets need none. */
export function databaseTls(
  settings: Pick<DatabaseSettings, 'DATABASE_URL' | 'DATABASE_SSL' | 'DATABASE_CA_CERT'>,
): false | { rejectUnauthorized: boolean; ca?: string } {
  const { DATABASE_URL: url = 'postgres://localhost' } = settings;
  const { hostname } = new URL(url);
  const isLocal = hostname === '' || isLoopbackHost(hostname);
  const mode = settings.DATABASE_SSL ?? urlTlsMode(url) ?? (isLocal ? 'disable' : 'verify');
  if (mode === 'disable') return false;
  const ca = settings.DATABASE_CA_CERT;
  return { rejectUnauthorized: mode === 'verify', ...(ca === undefined ? {} : { ca }) };
}

/** Options for TypeORM. The schema comes from `migrations/` alone: `synchronize` is never on. */
export function dataSourceOptions(settings: DatabaseSettings): DataSourceOptions {
  if (settings.DATABASE_URL === undefined) throw new Error('DATABASE_URL is not set');
  return {
    type: 'postgres',
    driver: databaseDriver,
    url: withoutTls(settings.DATABASE_URL),
    ssl: databaseTls(settings),
    migrations: [...migrations],
    migrationsTableName: 'typeorm_migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    poolSize: settings.PG_POOL_MAX,
    connectTimeoutMS: settings.PG_POOL_CONNECTION_TIMEOUT_MS,
    extra: {
      idleTimeoutMillis: settings.PG_POOL_IDLE_TIMEOUT_MS,
      session: sessionOf(settings.PG_STATEMENT_TIMEOUT_MS),
      // The server may be gone without a FIN: the client's own limit must fire as well.
      query_timeout: settings.PG_STATEMENT_TIMEOUT_MS + 1_000,
      keepAlive: true,
      application_name: 'commit-to-ship',
    },
  };
}

export function createDataSource(settings: DatabaseSettings): DataSource {
  return new DataSource(dataSourceOptions(settings));
}

/** Connections for rate limits and probes: few, and given up after `limitMs` wherever they hang. */
export function createQuickPool(settings: DatabaseSettings, limitMs: number): Pool {
  return createPool(settings, {
    max: 4,
    connectionTimeoutMillis: limitMs,
    query_timeout: limitMs,
    session: sessionOf(limitMs),
    application_name: 'commit-to-ship quick',
  });
}

/** Connections for whole answers to readers, apart from the work: two that many share, and two for pages. */
export function createReadPool(settings: DatabaseSettings, url = settings.DATABASE_URL): Pool {
  return createPool(
    { ...settings, ...(url === undefined ? {} : { DATABASE_URL: url }) },
    {
      max: 4,
      pipeline: true,
      mayBeReadOnly: url !== settings.DATABASE_URL,
      connectionTimeoutMillis: settings.PG_POOL_CONNECTION_TIMEOUT_MS,
      query_timeout: settings.PG_STATEMENT_TIMEOUT_MS + 1_000,
      session: sessionOf(settings.PG_STATEMENT_TIMEOUT_MS),
      application_name: 'commit-to-ship reads',
    },
  );
}

/** Connections that hold the locks of running jobs: one for each, idle in its transaction for as long as the job runs. */
export function createJobPool(settings: DatabaseSettings, max: number): Pool {
  return createPool(settings, {
    max,
    connectionTimeoutMillis: settings.PG_POOL_CONNECTION_TIMEOUT_MS,
    query_timeout: settings.PG_STATEMENT_TIMEOUT_MS + 1_000,
    session: { ...sessionOf(settings.PG_STATEMENT_TIMEOUT_MS), idleInTransactionMs: 0 },
    application_name: 'commit-to-ship jobs',
  });
}

function sessionOf(statementTimeoutMs: number): SessionSettings {
  return { statementTimeoutMs, idleInTransactionMs: IDLE_IN_TRANSACTION_MS };
}

function createPool(settings: DatabaseSettings, options: PoolConfig & SessionClientConfig): Pool {
  if (settings.DATABASE_URL === undefined) throw new Error('DATABASE_URL is not set');
  return new databaseDriver.Pool({
    connectionString: withoutTls(settings.DATABASE_URL),
    ssl: databaseTls(settings),
    idleTimeoutMillis: settings.PG_POOL_IDLE_TIMEOUT_MS,
    keepAlive: true,
    ...options,
  });
}
