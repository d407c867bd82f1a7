import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { migrationStatus } from '../migrations/runner.js';
import { databaseTls, type DatabaseSettings } from './data-source.js';

const PATIENCE_MS = 10_000;
const PAUSE_MS = 500;
const CONNECT_MS = 2_500;

// The server answered, and it will answer the same again: wrong password, no such role, no such database.
const FINAL = ['28', '3D', '42'];

/** Something that the operator has to put right before this service can start; its message says what. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}

/**
 * Waits up to 10 s for the database.
 * @returns versions of migrations that it lacks
 * @throws StartupError
 */
export async function awaitDatabase(settings: DatabaseSettings): Promise<readonly string[]> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await readPending(settings);
    } catch (error) {
      if (isFinal(error) || Date.now() + PAUSE_MS > deadline) throw unreachable(settings, error);
    }
    await delay(PAUSE_MS);
  }
}

async function readPending(settings: DatabaseSettings): Promise<readonly string[]> {
  const client = new pg.Client({
    connectionString: settings.DATABASE_URL,
    ssl: databaseTls(settings),
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: CONNECT_MS,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await migrationStatus(async (sql) => (await client.query(sql)).rows as never)).pending;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function isFinal(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && code.length === 5 && FINAL.some((start) => code.startsWith(start));
}

function unreachable(settings: DatabaseSettings, error: unknown): StartupError {
  const { host, pathname } = new URL(settings.DATABASE_URL ?? '');
  return new StartupError(
    `The database at ${host}${pathname} (DATABASE_URL) cannot be used: ${reasonOf(error)}. Nothing was started.`,
  );
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
