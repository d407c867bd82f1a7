import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { asAppRole, atDatabase, execute } from './sql.js';

export interface TestDatabase {
  /** The owner's, a superuser. */
  readonly url: string;
  /** The API's role, with what it is granted in production and nothing more. */
  readonly appUrl: string;
  /** Ends every connection to it and keeps it as it is now. @returns what puts it back to that */
  backUp(): Promise<() => Promise<void>>;
  /** Ends every connection to it and drops it. */
  drop(): Promise<void>;
}

/** For an application that starts beside others: what keeps a handshake waiting is then its own start, not the database. */
export const PATIENT_POOL = { PG_POOL_CONNECTION_TIMEOUT_MS: '60000' } as const;

/** Copying the template's files costs a quarter of writing its pages to the log one by one, which is the default. */
const COPIED = 'STRATEGY FILE_COPY';

/** A database of the test's own with the whole schema. */
export function createTestDatabase(): Promise<TestDatabase> {
  return create(`TEMPLATE ${inject('postgres').template} ${COPIED}`);
}

/** The same on a disk of its own. @param folder empty, and owned by the server's user */
export async function createTestDatabaseOn(folder: string): Promise<TestDatabase> {
  const { adminUrl, template } = inject('postgres');
  const space = `cts_space_${randomBytes(6).toString('hex')}`;
  await execute(adminUrl, `CREATE TABLESPACE ${space} LOCATION '${folder}'`);
  const database = await create(`TEMPLATE ${template} ${COPIED} TABLESPACE ${space}`);
  return {
    ...database,
    drop: async () => {
      await database.drop();
      await execute(adminUrl, `DROP TABLESPACE ${space}`);
    },
  };
}

/** A database of the test's own with nothing in it. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return create('TEMPLATE template0');
}

async function create(from: string): Promise<TestDatabase> {
  const { adminUrl } = inject('postgres');
  const name = `cts_test_${randomBytes(6).toString('hex')}`;
  await execute(adminUrl, `CREATE DATABASE ${name} ${from}`);
  const url = atDatabase(adminUrl, name);
  const copies: string[] = [];
  const dropped = (which: string) => execute(adminUrl, `DROP DATABASE IF EXISTS ${which} WITH (FORCE)`);
  return {
    url,
    appUrl: asAppRole(url),
    backUp: async () => {
      const copy = `${name}_${copies.length}`;
      copies.push(copy);
      const others = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`;
      await execute(adminUrl, others);
      await execute(adminUrl, `CREATE DATABASE ${copy} TEMPLATE ${name} ${COPIED}`);
      return async () => {
        await dropped(name);
        await execute(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${copy} ${COPIED}`);
      };
    },
    drop: async () => {
      for (const one of [name, ...copies]) await dropped(one);
    },
  };
}
