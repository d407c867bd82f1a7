import { readMigration } from './sql-migration.js';
import { MIGRATION_VERSIONS } from './index.js';
import type { MigrationStatus, Query } from './migration-status.js';

const OURS = /^\d{4}_[a-z0-9_]+$/;
const CREATED = /^CREATE (?:UNLOGGED )?TABLE (?:IF NOT EXISTS )?public\.(\w+)/gim;
const SHOWN = 5;

/** What makes a database unfit for the pending migrations, one sentence each and without the full stop. */
export async function obstacles(query: Query, status: MigrationStatus): Promise<string[]> {
  return [
    ...(await wrongEncoding(query)),
    ...foreignRecords(status.applied),
    ...(await foreignTables(query, status.pending)),
  ];
}

async function wrongEncoding(query: Query): Promise<string[]> {
  const [row] = await query(`SELECT current_setting('server_encoding') AS encoding`);
  const encoding = String(row?.['encoding']);
  if (encoding === 'UTF8') return [];
  return [`The database stores texts as ${encoding}; create one with ENCODING 'UTF8'`];
}

/** A later release of ours names its migrations like this one. */
function foreignRecords(applied: readonly string[]): string[] {
  const foreign = applied.filter((version) => !OURS.test(version));
  if (foreign.length === 0) return [];
  return [
    `The table public.schema_migrations is another program's (it lists ${listed(foreign)}); use a database of its own`,
  ];
}

async function foreignTables(query: Query, pending: readonly string[]): Promise<string[]> {
  const versions = MIGRATION_VERSIONS.filter((version) => pending.includes(version));
  const expected = versions.flatMap((version) =>
    [...readMigration(`${version}.sql`).matchAll(CREATED)].map(([, table = '']) => ({ table, version })),
  );
  if (expected.length === 0) return [];
  const names = expected.map(({ table }) => `'${table}'`).join(', ');
  const rows = await query(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname IN (${names})`,
  );
  const present = rows.map(({ name }) => String(name));
  const found = expected.filter(({ table }) => present.includes(table));
  if (found.length === 0) return [];
  const what = found.map(({ table, version }) => `public.${table} (${version})`);
  return [
    `The database has tables that pending migrations would create, so they are another program's: ${listed(what)}; use a database of its own`,
  ];
}

function listed(names: readonly string[]): string {
  const rest = names.length - SHOWN;
  return names.slice(0, SHOWN).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
