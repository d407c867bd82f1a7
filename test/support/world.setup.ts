import { randomBytes } from 'node:crypto';
import type { TestProject } from 'vitest/node';
import { createDataSource } from '../../config/data-source.js';
import { parseEnvironment } from '../../config/environment.js';
import { startPostgres } from '../../src/local/postgres.js';
import { atDatabase, execute } from './sql.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Superuser's URL of the test server, and the migrated database that the tests clone. */
    readonly postgres: { readonly adminUrl: string; readonly template: string };
  }
}

/**
 * One PostgreSQL per project and run: TEST_DATABASE_URL (a role that may create databases) or an embedded one. The schema is
 * migrated once, into a template.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL'];
  const server = given ? { url: given, stop: () => Promise.resolve() } : await startPostgres();
  // Projects of one run may share a server.
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
  project.provide('postgres', { adminUrl: server.url, template });
  return end;
}

async function migrate(url: string): Promise<void> {
  const dataSource = createDataSource(parseEnvironment({ DATABASE_URL: url }));
  await dataSource.initialize();
  try {
    await dataSource.runMigrations();
  } finally {
    await dataSource.destroy();
  }
}
