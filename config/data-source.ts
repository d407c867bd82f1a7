import type { Pool, PoolConfig } from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { migrations } from '../migrations/index.js';
import { databaseDriver } from './database-driver.js';
import { isLoopbackHost } from './validators.js';
import type { Environment } from './environment.js';

/** What a connection needs; `loadDatabaseSettings` reads only these. */
export type DatabaseSettings = Pick<
  Environment,
  | 'DATABASE_URL'
  | 'DATABASE_SSL'
  | 'DATABASE_CA_CERT'
  | 'PG_POOL_MAX'
  | 'PG_POOL_CONNECTION_TIMEOUT_MS'
  | 'PG_POOL_IDLE_TIMEOUT_MS'
  | 'PG_STATEMENT_TIMEOUT_MS'
>;

/** TLS for the database: remote hosts are verified unless told otherwise, loopback needs none. */
export function databaseTls(
  settings: DatabaseSettings,
): false | { rejectUnauthorized: boolean; ca?: string } {
  const host = settings.DATABASE_URL ? new URL(settings.DATABASE_URL).hostname : 'localhost';
  const mode = settings.DATABASE_SSL ?? (isLoopbackHost(host) ? 'disable' : 'verify');
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
    url: settings.DATABASE_URL,
    ssl: databaseTls(settings),
    migrations: [...migrations],
    migrationsTableName: 'typeorm_migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    poolSize: settings.PG_POOL_MAX,
    connectTimeoutMS: settings.PG_POOL_CONNECTION_TIMEOUT_MS,
    extra: {
      idleTimeoutMillis: settings.PG_POOL_IDLE_TIMEOUT_MS,
      statement_timeout: settings.PG_STATEMENT_TIMEOUT_MS,
      // The server may be gone without a FIN: the client's own limit must fire as well.
      query_timeout: settings.PG_STATEMENT_TIMEOUT_MS + 1_000,
      idle_in_transaction_session_timeout: 30_000,
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
    statement_timeout: limitMs,
    application_name: 'commit-to-ship quick',
  });
}

/**
 * Connections that hold the locks of running jobs: one for each, idle in its transaction for as long as the job runs. An idle
 * one is closed after PG_POOL_IDLE_TIMEOUT_MS, so `max` is seldom reached.
 */
export function createJobPool(settings: DatabaseSettings, max: number): Pool {
  return createPool(settings, {
    max,
    connectionTimeoutMillis: settings.PG_POOL_CONNECTION_TIMEOUT_MS,
    query_timeout: settings.PG_STATEMENT_TIMEOUT_MS + 1_000,
    statement_timeout: settings.PG_STATEMENT_TIMEOUT_MS,
    application_name: 'commit-to-ship jobs',
  });
}

function createPool(settings: DatabaseSettings, options: PoolConfig): Pool {
  if (settings.DATABASE_URL === undefined) throw new Error('DATABASE_URL is not set');
  const pool = new databaseDriver.Pool({
    connectionString: settings.DATABASE_URL,
    ssl: databaseTls(settings),
    idleTimeoutMillis: settings.PG_POOL_IDLE_TIMEOUT_MS,
    keepAlive: true,
    ...options,
  });
  // An idle connection that breaks is replaced by the next query; unheard, its error would end the process.
  pool.on('error', () => undefined);
  return pool;
}
