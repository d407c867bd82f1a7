import { randomBytes } from 'node:crypto';
import type { TestProject } from 'vitest/node';
import { createDataSource } from '#config/database/data-source.js';
import { parseEnvironment } from '#config/environment.js';
import { appUserOf } from '#migrations/roles/app-user.js';
import { setUpRole } from '#migrations/roles/role-setup.js';
import { migrateUp } from '#migrations/runner.js';
import { startPostgres } from '#src/local/postgres/postgres.js';
import { asAppRole, atDatabase, execute } from '../sql.js';

interface TestServer {
  /** Superuser's URL of the test server, and the migrated database that the tests clone. */
  readonly adminUrl: string;
  readonly template: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    readonly postgres: TestServer;
  }
}

interface Shared {
  readonly server: Promise<TestServer & { end(): Promise<void> }>;
  users: number;
}

/** Each project loads this file anew, and all of them share one server. */
const global = globalThis as { ctsTestServer?: Shared | undefined };

/**
 * One PostgreSQL per run: TEST_DATABASE_URL (a role that may create databases) or an embedded one. The schema is migrated
 * once, into a template.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = (global.ctsTestServer ??= { server: start(), users: 0 });
  shared.users += 1;
  const { adminUrl, template, end } = await shared.server;
  project.provide('postgres', { adminUrl, template });
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    global.ctsTestServer = undefined;
    await end();
  };
}

async function start() {
  const given = process.env['TEST_DATABASE_URL'];
  const server = given ? { url: given, stop: () => Promise.resolve() } : await startPostgres();
  // Runs at the same time may share a server.
  const template = `cts_template_${randomBytes(4).toString('hex')}`;
  const end = async () => {
    try {
      await execute(server.url, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
    } finally {
      await server.stop();
    }
  };
  try {
    await execute(server.url, `CREATE DATABASE ${template}`);
    await migrate(atDatabase(server.url, template));
  } catch (error) {
    await end();
    throw error;
  }
  return { adminUrl: server.url, template, end };
}

async function migrate(url: string): Promise<void> {
  const dataSource = createDataSource(parseEnvironment({ DATABASE_URL: url }));
  await dataSource.initialize();
  try {
    await migrateUp(dataSource);
    await setUpRole(dataSource, appUserOf(asAppRole(url)));
  } finally {
    await dataSource.destroy();
  }
}
