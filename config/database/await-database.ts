import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { obstacles } from '#migrations/obstacles.js';
import { migrationStatus, type Query } from '#migrations/migration-status.js';
import { checkRole, type RoleReport } from '#migrations/roles/role-check.js';
import { databaseTls, type DatabaseSettings } from './data-source.js';
import { databaseDriver } from './database-driver.js';
import { withoutTls } from './url-tls.js';

const PATIENCE_MS = 10_000;
const PAUSE_MS = 500;
const CONNECT_MS = 2_500;

// The server answered, and it will answer the same again: wrong password, no such role, no such database.
const FINAL = ['28', '3D', '42'];

// Its certificate will not be another one in a moment.
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/;

/** Something that the operator has to put right before this service can start; its message says what. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}

/** A database that can be used. */
export interface ReadyDatabase {
  /** Versions of migrations that it lacks. */
  readonly pending: readonly string[];
  readonly role: RoleReport;
}

/**
 * Waits up to 10 s for the database.
 * @throws StartupError
 */
export async function awaitDatabase(settings: DatabaseSettings): Promise<ReadyDatabase> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await look(settings);
    } catch (error) {
      if (error instanceof StartupError) throw error;
      if (isFinal(error) || Date.now() + PAUSE_MS > deadline) throw unreachable(settings, error);
    }
    await delay(PAUSE_MS);
  }
}

async function look(settings: DatabaseSettings): Promise<ReadyDatabase> {
  const client = new databaseDriver.Client({
    connectionString: withoutTls(settings.DATABASE_URL ?? ''),
    ssl: databaseTls(settings),
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: CONNECT_MS,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await fitFor(async (sql) => (await (client as Client).query<Record<string, unknown>>(sql)).rows);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function fitFor(query: Query): Promise<ReadyDatabase> {
  const role = await checkRole(query);
  if (role.problem !== undefined) throw new StartupError(`${role.problem}. Nothing was started.`);
  const status = await migrationStatus(query);
  const found = await obstacles(query, status);
  if (found.length > 0) throw new StartupError(`${found.join('. ')}. Nothing was started.`);
  return { pending: status.pending, role };
}

function isFinal(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && UNTRUSTED.test(code)) return true;
  return isFinalState(code);
}

/** Whether a SQLSTATE says that the same try will fail again. */
export function isFinalState(code: unknown): boolean {
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
