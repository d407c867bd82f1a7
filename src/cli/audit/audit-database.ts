import type { DataSource, QueryRunner } from 'typeorm';
import { createDataSource, type DatabaseSettings } from '#config/database/data-source.js';
import { ChainVerifier } from '#src/audit/seals/chain-verifier.js';
import {
  type Finding,
  type FindingKind,
  type Verification,
  withFindings,
  type KnownSeal,
} from '#src/audit/seals/findings.js';
import { KEY_COLUMNS, LINE_COLUMNS, LINES, SEAL_COLUMNS } from '#src/audit/journal/audit-columns.js';
import type { Seal, SealedLine } from '#src/audit/seals/audit-seal.js';
import {
  JOURNAL_OFF,
  JOURNALED_TABLES,
  journalComparisonSql,
  type JournaledTable,
} from '#src/audit/journal/journaled-tables.js';
import { KeyChain, type SealKey } from '#src/audit/seals/seal-key.js';
import { CliError } from '#src/cli/session/cli-error.js';
import type { StoredAnchor } from './audit-anchors.js';

const ROWS = 2_000;
const SEALS = 20;
const PROGRESS_EVERY = 100_000;

const DIFFERENCES = {
  row_forged: 'is in no journal: it was put there behind the service',
  row_changed: 'is not as the journal says: it was changed behind the service',
  row_missing: 'is missing: it was deleted behind the service',
} as const;

const ANCHORS = `
  SELECT seal_id::text AS "sealId", signature, confirmed_at IS NOT NULL AS confirmed
    FROM public.audit_anchors ORDER BY seal_id DESC, created_at DESC`;

/** One snapshot of the audit log, and of the rows that its journal is about, read by cursors: any number of rows in the memory of one portion. */
export class AuditDatabase {
  private constructor(
    private readonly dataSource: DataSource,
    private readonly runner: QueryRunner,
  ) {}

  static async open(settings: DatabaseSettings): Promise<AuditDatabase> {
    const dataSource = await createDataSource(settings).initialize();
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction('REPEATABLE READ');
    await runner.query('SET TRANSACTION READ ONLY');
    await runner.query('SET LOCAL idle_in_transaction_session_timeout = 0');
    // As the journal's function prints a row.
    await runner.query(`SET LOCAL timezone = 'UTC'`);
    await runner.query(`SET LOCAL bytea_output = 'hex'`);
    await refuseRowSecurity(runner);
    return new AuditDatabase(dataSource, runner);
  }

  /** Newest first. */
  async anchors(): Promise<StoredAnchor[]> {
    return (await this.runner.query(ANCHORS)) as StoredAnchor[];
  }

  /** @param trusted public keys, from anywhere but this database */
  async verify(
    trusted: readonly string[],
    known: readonly KnownSeal[],
    progress: (rows: number) => void,
  ): Promise<Verification> {
    const [{ count }] = (await this.runner.query(
      'SELECT count(*)::int AS count FROM public.audit_seals',
    )) as [{ count: number }];
    const verifier = new ChainVerifier(count, KeyChain.of(await this.keys(), trusted), known);
    const rows = this.rows(progress);
    let row = await rows.next();
    for await (const seal of this.seals()) {
      for (; row.done !== true && BigInt(row.value.id) <= BigInt(seal.maxId); row = await rows.next()) {
        verifier.row(row.value);
      }
      verifier.seal(seal);
    }
    for (; row.done !== true; row = await rows.next()) verifier.row(row.value);
    return withFindings(verifier.finish(), [...(await this.switchedOff()), ...(await this.unlikeJournal())]);
  }

  async close(): Promise<void> {
    await this.runner.rollbackTransaction();
    await this.runner.release();
    await this.dataSource.destroy();
  }

  private async keys(): Promise<SealKey[]> {
    const sql = `SELECT ${KEY_COLUMNS} FROM public.audit_keys ORDER BY audit_keys.number`;
    return (await this.runner.query(sql)) as SealKey[];
  }

  private async switchedOff(): Promise<Finding[]> {
    const tables = JOURNALED_TABLES.map(({ table }) => table);
    const off = (await this.runner.query(JOURNAL_OFF, [tables])) as { name: string }[];
    return off.map(({ name }) =>
      about('journal_off', name, undefined, `the journal of ${name} is switched off`),
    );
  }

  private async unlikeJournal(): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const journaled of JOURNALED_TABLES) findings.push(...(await this.unlikeJournalOf(journaled)));
    return findings;
  }

  private async unlikeJournalOf(journaled: JournaledTable): Promise<Finding[]> {
    const { table } = journaled;
    type Difference = { readonly kind: keyof typeof DIFFERENCES; readonly key: string };
    const rows = (await this.runner.query(journalComparisonSql(journaled))) as Difference[];
    return rows.map(({ kind, key }) => about(kind, table, key, `${table} ${key} ${DIFFERENCES[kind]}`));
  }

  private async *rows(progress: (rows: number) => void): AsyncGenerator<SealedLine, undefined> {
    const select = `SELECT ${LINE_COLUMNS} FROM ${LINES} ORDER BY line.id`;
    let read = 0;
    for await (const row of this.fetch<SealedLine>('audit_rows', select, ROWS)) {
      yield row;
      read += 1;
      if (read % PROGRESS_EVERY === 0) progress(read);
    }
    return undefined;
  }

  private seals(): AsyncGenerator<Seal> {
    const select = `SELECT ${SEAL_COLUMNS} FROM public.audit_seals ORDER BY audit_seals.id`;
    return this.fetch<Seal>('audit_seal_rows', select, SEALS);
  }

  private async *fetch<T>(cursor: string, select: string, portion: number): AsyncGenerator<T> {
    await this.runner.query(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${select}`);
    for (;;) {
      const items = (await this.runner.query(`FETCH ${portion} FROM ${cursor}`)) as T[];
      yield* items;
      if (items.length < portion) return;
    }
  }
}

/** A policy that hides rows would make a gap of them: only who sees all, whatever policies say, can tell. */
async function refuseRowSecurity(runner: QueryRunner): Promise<void> {
  const sql = `SELECT current_user AS role, row_security_active('public.audit_logs') AS bound`;
  const [{ role, bound }] = (await runner.query(sql)) as [{ role: string; bound: boolean }];
  if (bound)
    throw new CliError(
      `The role ${role} sees what row level security lets it see. Set DATABASE_MIGRATION_URL to the owner’s URL.`,
      2,
    );
  await runner.query('SET LOCAL row_security = off');
}

function about(kind: FindingKind, table: string, key: string | undefined, detail: string): Finding {
  return { kind, rowId: null, sealId: null, detail, table, ...(key === undefined ? {} : { key }) };
}
