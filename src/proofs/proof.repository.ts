import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { utcText } from '#src/audit/journal/audit-columns.js';
import { JOURNALED_TABLES, type JournaledTable } from '#src/audit/journal/journaled-tables.js';
import type { CanonicalValue } from '#src/common/text/canonical-json.js';
import { EVIDENCE_TABLES, type JournalLine } from './proof.js';

export interface ProvenCommitment {
  readonly terms: CanonicalValue;
  readonly termsHash: string;
  readonly escrow: string;
}

const COMMITMENT = `
  SELECT c.terms, c.terms_hash AS "termsHash", e.address AS escrow
    FROM public.commitments c JOIN public.escrows e ON e.commitment_id = c.id WHERE c.id = $1`;

// The journal's own settings (migration 0018): JSON is the same text in every session.
const SETTINGS = `SELECT set_config('timezone', 'UTC', true), set_config('bytea_output', 'hex', true)`;

const KEYS = EVIDENCE_TABLES.map(
  ({ table, where }) =>
    `SELECT '${table}' AS name, ${keyOf(journaled(table))} AS key FROM public.${table} t WHERE ${where}`,
).join('\n   UNION ALL ');

// A row without an entry in the journal is no evidence: the service has not written it.
const LINES = `
  SELECT c.id::text AS id, ${utcText('c.ts')} AS ts, c.txid::text AS txid, rows.name AS "table", rows.key
    FROM (${KEYS}) AS rows
   CROSS JOIN LATERAL (SELECT j.id, j.ts, j.txid FROM public.audit_changes j
                        WHERE j.table_name = rows.name AND j.row_key = rows.key ORDER BY j.id DESC LIMIT 1) AS c
   WHERE c.id > $2 ORDER BY c.id LIMIT $3`;

/** Reads rows as the journal of changes has digested them. */
@Injectable()
export class ProofRepository {
  async commitment(manager: EntityManager, id: string): Promise<ProvenCommitment | null> {
    return (await manager.query<ProvenCommitment[]>(COMMITMENT, [id]))[0] ?? null;
  }

  /** Of every row that is evidence, the newest entry of the journal; in the order of their ids. */
  async lines(manager: EntityManager, id: string, after: string, limit: number): Promise<JournalLine[]> {
    return manager.query<JournalLine[]>(LINES, [id, after, limit]);
  }

  /** The text of each row, in the order of the lines; within a snapshot. */
  async rows(manager: EntityManager, id: string, lines: readonly JournalLine[]): Promise<string[]> {
    await manager.query(SETTINGS);
    const texts = new Map<string, string>();
    for (const { table, where } of EVIDENCE_TABLES) {
      const keys = lines.filter((line) => line.table === table).map(({ key }) => key);
      if (keys.length === 0) continue;
      for (const { key, row } of await manager.query<{ key: string; row: string }[]>(
        `SELECT * FROM (SELECT ${keyOf(journaled(table))} AS key, ${rowOf(journaled(table))} AS row
                          FROM public.${table} t WHERE ${where}) AS found WHERE found.key = ANY($2::text[])`,
        [id, keys],
      ))
        texts.set(`${table} ${key}`, row);
    }
    return lines.map(({ table, key }) => texts.get(`${table} ${key}`) ?? '');
  }
}

function journaled(table: string): JournaledTable {
  const found = JOURNALED_TABLES.find((one) => one.table === table);
  if (found === undefined) throw new Error(`table ${table} is not journaled`);
  return found;
}

function keyOf({ keyColumns }: JournaledTable): string {
  return keyColumns.map((column) => `t.${column}::text`).join(` || ':' || `);
}

function rowOf({ ignored }: JournaledTable): string {
  return `jsonb_strip_nulls(to_jsonb(t) - '{${ignored.join(',')}}'::text[])::text`;
}
