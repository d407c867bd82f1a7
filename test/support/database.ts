import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { atDatabase, execute } from './sql.js';

export interface TestDatabase {
  readonly url: string;
  /** Ends every connection to it and drops it. */
  drop(): Promise<void>;
}

/** A database of the test's own with the whole schema. */
export function createTestDatabase(): Promise<TestDatabase> {
  return create(`TEMPLATE ${inject('postgres').template}`);
}

/** A database of the test's own with nothing in it. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return create('TEMPLATE template0');
}

async function create(from: string): Promise<TestDatabase> {
  const { adminUrl } = inject('postgres');
  const name = `cts_test_${randomBytes(6).toString('hex')}`;
  await execute(adminUrl, `CREATE DATABASE ${name} ${from}`);
  return {
    url: atDatabase(adminUrl, name),
    drop: async () => {
      await execute(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}
