/** What the journal of changes covers, as migration 0018 and those after it say with journal_table(). A test compares them. */
export interface JournaledTable {
  readonly table: string;
  readonly keyColumns: readonly string[];
  /** When something is looked at again, and other columns that decide nothing. */
  readonly ignored: readonly string[];
  /** False where a row may go without an entry, because nobody gains by it. */
  readonly deletes: boolean;
}

export const JOURNALED_TABLES: readonly JournaledTable[] = [
  { table: 'commitments', keyColumns: ['id'], ignored: ['sweep_tried_at'], deletes: true },
  { table: 'escrows', keyColumns: ['commitment_id'], ignored: [], deletes: true },
  { table: 'payouts', keyColumns: ['id'], ignored: ['next_run_at', 'waiting_for'], deletes: true },
  { table: 'payout_attempts', keyColumns: ['id'], ignored: ['broadcast_at'], deletes: true },
  { table: 'pump_operations', keyColumns: ['id'], ignored: ['next_run_at', 'waiting_for'], deletes: true },
  { table: 'pump_attempts', keyColumns: ['id'], ignored: ['broadcast_at'], deletes: true },
  { table: 'pump_mints', keyColumns: ['mint'], ignored: [], deletes: true },
  { table: 'pump_launches', keyColumns: ['commitment_id'], ignored: [], deletes: true },
  { table: 'reward_milestones', keyColumns: ['id'], ignored: ['next_check_at'], deletes: true },
  { table: 'reward_signals', keyColumns: ['id'], ignored: [], deletes: true },
  {
    table: 'reward_release_locks',
    keyColumns: ['commitment_id', 'milestone_id'],
    ignored: [],
    deletes: true,
  },
  { table: 'failure_distributions', keyColumns: ['commitment_id'], ignored: [], deletes: true },
  { table: 'failure_shares', keyColumns: ['commitment_id', 'wallet'], ignored: [], deletes: true },
  { table: 'failure_earned', keyColumns: ['commitment_id', 'position'], ignored: [], deletes: true },
  { table: 'failure_rounds', keyColumns: ['commitment_id', 'round'], ignored: [], deletes: true },
  {
    table: 'failure_round_shares',
    keyColumns: ['commitment_id', 'round', 'wallet'],
    ignored: [],
    deletes: true,
  },
  { table: 'failure_announcements', keyColumns: ['id'], ignored: ['due_at', 'waiting_for'], deletes: true },
  {
    table: 'failure_enrollments',
    keyColumns: ['announcement_id', 'wallet'],
    ignored: [],
    deletes: true,
  },
  { table: 'payout_pauses', keyColumns: ['id'], ignored: [], deletes: true },
  { table: 'signed_acts', keyColumns: ['id'], ignored: [], deletes: true },
  { table: 'admin_sessions', keyColumns: ['id_hash'], ignored: [], deletes: false },
  { table: 'admin_revocations', keyColumns: ['id'], ignored: [], deletes: true },
];

/**
 * Compares the rows of a table with the last entries of the journal: `kind`, `key`. The digests are made by functions of
 * PostgreSQL itself, for those of the database belong to whoever owns it.
 */
export function journalComparisonSql({ table, keyColumns, ignored, deletes }: JournaledTable): string {
  const key = keyColumns.map((column) => `t.${column}::text`).join(` || ':' || `);
  const row = `pg_catalog.jsonb_strip_nulls(pg_catalog.to_jsonb(t) - '{${ignored.join(',')}}'::text[])`;
  return `
    WITH journal AS MATERIALIZED (
      SELECT DISTINCT ON (row_key) row_key, digest FROM public.audit_changes
       WHERE table_name = '${table}' ORDER BY row_key, id DESC),
    present AS MATERIALIZED (
      SELECT ${key} AS row_key, pg_catalog.sha256(pg_catalog.convert_to(${row}::text, 'UTF8')) AS digest FROM public.${table} AS t)
    SELECT row_key AS key,
           CASE WHEN journal.digest IS NULL THEN 'row_forged' WHEN present.digest IS NULL THEN 'row_missing' ELSE 'row_changed' END AS kind
      FROM journal FULL JOIN present USING (row_key)
     WHERE journal.digest IS DISTINCT FROM present.digest${deletes ? '' : ' AND present.digest IS NOT NULL'}
     ORDER BY row_key LIMIT 100`;
}

/** The names of tables among `$1` whose journal is switched off or missing. */
export const JOURNAL_OFF = `
  SELECT name FROM pg_catalog.unnest($1::text[]) AS name
   WHERE NOT EXISTS (
     SELECT 1 FROM pg_catalog.pg_trigger AS t JOIN pg_catalog.pg_proc AS p ON p.oid = t.tgfoid
      WHERE t.tgrelid = pg_catalog.to_regclass('public.' || name) AND t.tgname = 'journal_change'
        AND p.proname = 'journal_change' AND t.tgenabled IN ('O', 'A'))
   ORDER BY name`;
