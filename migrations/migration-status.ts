import { MIGRATION_VERSIONS } from './index.js';

export interface MigrationStatus {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
}

export type Query = (sql: string) => Promise<readonly Record<string, unknown>[]>;

/** What public.schema_migrations says, which the SQL files keep themselves, whoever runs them. */
export async function migrationStatus(query: Query): Promise<MigrationStatus> {
  const [table] = await query(`SELECT to_regclass('public.schema_migrations') IS NOT NULL AS present`);
  const rows =
    table?.['present'] === true
      ? await query('SELECT to_jsonb(known) AS row FROM public.schema_migrations AS known')
      : [];
  const applied = rows.map(({ row }) => versionOf(row)).sort();
  return { applied, pending: MIGRATION_VERSIONS.filter((version) => !applied.includes(version)) };
}

function versionOf(row: unknown): string {
  const { version } = row as { version?: unknown };
  return typeof version === 'string' ? version : JSON.stringify(row);
}
