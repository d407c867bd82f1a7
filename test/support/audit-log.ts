import type { DataSource } from 'typeorm';
import { createDataSource } from '../../config/data-source.js';
import { parseEnvironment } from '../../config/environment.js';
import type { Verdict, Witness } from '../../src/audit/audit-chain.js';
import { AuditSealRepository } from '../../src/audit/audit-seal.repository.js';
import { AuditSealer } from '../../src/audit/audit-sealer.service.js';
import { AuditDatabase } from '../../src/cli/audit-database.js';
import { Shutdown } from '../../src/common/shutdown.js';
import { Transactions } from '../../src/common/transactions.js';
import { pollUntil } from './poll.js';
import { createTestDatabase, type TestDatabase } from './database.js';
import { execute } from './sql.js';

/** An audit log of the test's own, with the part of a replica that seals it. */
export class AuditLogBench {
  private constructor(
    private readonly database: TestDatabase,
    private readonly dataSource: DataSource,
    readonly sealer: AuditSealer,
  ) {}

  static async start(): Promise<AuditLogBench> {
    const database = await createTestDatabase();
    const dataSource = await createDataSource(parseEnvironment({ DATABASE_URL: database.url })).initialize();
    const sealer = new AuditSealer(new AuditSealRepository(), new Transactions(dataSource), new Shutdown());
    return new AuditLogBench(database, dataSource, sealer);
  }

  async stop(): Promise<void> {
    await this.dataSource.destroy();
    await this.database.drop();
  }

  get url(): string {
    return this.database.url;
  }

  sql<R extends object = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<R[]> {
    return execute<R>(this.url, text, values);
  }

  /** Until all rows are sealed: another database's transaction of the same server may delay it. */
  async seal(): Promise<void> {
    await pollUntil('all rows to be sealed', async () => {
      await this.sealer.run();
      const [{ open } = { open: -1 }] = await this.sql<{ open: number }>(
        `SELECT (SELECT count(*) FROM audit_logs)::int - (SELECT coalesce(sum(row_count), 0) FROM audit_seals)::int AS open`,
      );
      return open === 0 ? true : undefined;
    });
  }

  async write(count: number, event = 'something_ok'): Promise<void> {
    const sql = `INSERT INTO public.audit_logs (event, actor, request_id, fields)
      SELECT $2, 'cron', 'request-' || n, jsonb_build_object('number', n) FROM generate_series(1, $1::int) AS n`;
    await this.sql(sql, [count, event]);
  }

  /** As somebody who owns the tables and switches their guards off. */
  async tamper(sql: string): Promise<void> {
    await this.sql(`BEGIN; SET LOCAL session_replication_role = replica; ${sql}; COMMIT`);
  }

  async verify(witnesses: readonly Witness[] = []): Promise<Verdict> {
    const reader = await AuditDatabase.open(parseEnvironment({ DATABASE_URL: this.url }));
    try {
      return await reader.verify(witnesses, () => undefined);
    } finally {
      await reader.close();
    }
  }

  /** Ids of all sealed rows, seal by seal. */
  async sealedIds(): Promise<string[]> {
    const rows = await this.sql<{ ids: string[] }>(
      'SELECT row_ids::text[] AS ids FROM audit_seals ORDER BY id',
    );
    return rows.flatMap(({ ids }) => ids);
  }

  async head(): Promise<string> {
    const [seal] = await this.sql<{ hash: string }>(
      `SELECT encode(hash, 'hex') AS hash FROM audit_seals ORDER BY id DESC LIMIT 1`,
    );
    return seal?.hash ?? '';
  }
}
