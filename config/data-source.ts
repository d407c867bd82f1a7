import { DataSource, type DataSourceOptions } from 'typeorm';
import { migrations } from '../migrations/index.js';
import { isLoopbackHost } from './validators.js';
import type { Environment } from './environment.js';

type DatabaseSettings = Pick<
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
