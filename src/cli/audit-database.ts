import type { DataSource, QueryRunner } from 'typeorm';
import { createDataSource, type DatabaseSettings } from '../../config/data-source.js';
import { ChainVerifier, type Verdict, type Witness } from '../audit/audit-chain.js';
import { AUDIT_COLUMNS, SEAL_COLUMNS } from '../audit/audit-columns.js';
import type { AuditLine, Seal } from '../audit/audit-seal.js';
import type { StoredAnchor } from './audit-anchors.js';

const ROWS = 2_000;
const SEALS = 20;
const PROGRESS_EVERY = 100_000;

const ANCHORS = `
  SELECT seal_id::text AS "sealId", signature, confirmed_at IS NOT NULL AS confirmed
    FROM public.audit_anchors ORDER BY seal_id DESC, created_at DESC`;

/** One snapshot of the audit log, read by cursors: any number of rows in the memory of one portion. */
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
    // A role that sees only some of the rows gets an error instead of a gap.
    await runner.query('SET LOCAL row_security = off');
    return new AuditDatabase(dataSource, runner);
  }

  /** Newest first. */
  async anchors(): Promise<StoredAnchor[]> {
    return (await this.runner.query(ANCHORS)) as StoredAnchor[];
  }

  async verify(witnesses: readonly Witness[], progress: (rows: number) => void): Promise<Verdict> {
    const [{ count }] = (await this.runner.query(
      'SELECT count(*)::int AS count FROM public.audit_seals',
    )) as [{ count: number }];
    const verifier = new ChainVerifier(count, witnesses);
    const rows = this.rows(progress);
    let row = await rows.next();
    for await (const seal of this.seals()) {
      for (; row.done !== true && BigInt(row.value.id) <= BigInt(seal.maxId); row = await rows.next()) {
        verifier.row(row.value);
      }
      verifier.seal(seal);
    }
    for (; row.done !== true; row = await rows.next()) verifier.row(row.value);
    return verifier.finish();
  }

  async close(): Promise<void> {
    await this.runner.rollbackTransaction();
    await this.runner.release();
    await this.dataSource.destroy();
  }

  private async *rows(progress: (rows: number) => void): AsyncGenerator<AuditLine, undefined> {
    const select = `SELECT ${AUDIT_COLUMNS} FROM public.audit_logs ORDER BY audit_logs.id`;
    let read = 0;
    for await (const row of this.fetch<AuditLine>('audit_rows', select, ROWS)) {
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
