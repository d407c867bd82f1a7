import { Client } from 'pg';
import { DEFAULT_ROLE } from '#migrations/roles/role-sql.js';

/** The same server, another database. */
export function atDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

/** The same database as the API's role, whose password is the same in all runs: they may share a server. */
export function asAppRole(url: string): string {
  const other = new URL(url);
  other.username = DEFAULT_ROLE;
  other.password = 'cts-app-of-the-tests';
  return other.href;
}

/** Runs the work on a connection of its own. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  // A server that ends under it is told by the statement; what comes beside that, unheard, would end the whole run.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Runs one statement and returns its rows. */
export function execute<R extends object>(url: string, sql: string, values: unknown[] = []): Promise<R[]> {
  return withClient(url, async (client) => (await client.query<R>(sql, values)).rows);
}
