import type { DataSource } from 'typeorm';
import { createDataSource } from '#config/database/data-source.js';
import { parseEnvironment } from '#config/environment.js';
import type { Verification, KnownSeal } from '#src/audit/seals/findings.js';
import { AuditSealRepository } from '#src/audit/seals/audit-seal.repository.js';
import type { ChangeLine } from '#src/audit/seals/audit-seal.js';
import { SealAlarms } from '#src/audit/seals/seal-alarms.port.js';
import { SealKeyRepository } from '#src/audit/seals/seal-key.repository.js';
import { SealSigner } from '#src/audit/seals/seal-signer.service.js';
import { ServerTickets } from '#src/marks/server-tickets.service.js';
import { ServerKeys } from '#src/marks/server-keys.service.js';
import { Settings } from '#config/settings.js';
import type { EntityManager } from 'typeorm';
import { AuditSealer } from '#src/audit/seals/audit-sealer.service.js';
import { AuditDatabase } from '#src/cli/audit/audit-database.js';
import { Shutdown } from '#src/common/shutdown.js';
import { Transactions } from '#src/common/database/transactions.js';
import { pollUntil } from '../poll.js';
import { createTestDatabase, type TestDatabase } from '../database.js';
import { execute } from '../sql.js';

/** What the sealer would have told. */
export class NotedAlarms extends SealAlarms {
  readonly foreign: ChangeLine[] = [];
  readonly backwards: string[] = [];

  foreignChanges(_: EntityManager, changes: readonly ChangeLine[]): Promise<void> {
    this.foreign.push(...changes);
    return Promise.resolve();
  }

  wentBackwards(detail: string): Promise<void> {
    this.backwards.push(detail);
    return Promise.resolve();
  }
}

const SECRET = 'audit-log-secret'.repeat(3);

/** An audit log of the test's own, with the part of a replica that seals it. */
export class AuditLogBench {
  private constructor(
    private readonly database: TestDatabase,
    private readonly dataSource: DataSource,
    readonly sealer: AuditSealer,
    readonly signer: SealSigner,
    readonly transactions: Transactions,
    readonly alarms: NotedAlarms,
  ) {}

  static async start(): Promise<AuditLogBench> {
    return AuditLogBench.over(await createTestDatabase());
  }

  /** Another replica over the same database, or one with other secrets. */
  again(secrets: Record<string, string> = {}): Promise<AuditLogBench> {
    return AuditLogBench.over(this.database, secrets);
  }

  private static async over(database: TestDatabase, secrets: Record<string, string> = {}) {
    const settings = parseEnvironment({
      DATABASE_URL: database.appUrl,
      ESCROW_DB_SECRET: SECRET,
      ...secrets,
    });
    const dataSource = await createDataSource(settings).initialize();
    const keys = new ServerKeys(new Settings(settings));
    const tickets = new ServerTickets(keys);
    const transactions = new Transactions(dataSource, tickets);
    const signer = new SealSigner(keys, new SealKeyRepository());
    const alarms = new NotedAlarms();
    const seals = new AuditSealRepository();
    const sealer = new AuditSealer(seals, signer, tickets, alarms, transactions, new Shutdown());
    return new AuditLogBench(database, dataSource, sealer, signer, transactions, alarms);
  }

  /** Ends this replica alone. */
  async leave(): Promise<void> {
    await this.dataSource.destroy();
  }

  async stop(): Promise<void> {
    await this.leave();
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
        `SELECT (SELECT count(*) FROM audit_logs)::int + (SELECT count(*) FROM audit_changes)::int - (SELECT coalesce(sum(row_count), 0) FROM audit_seals)::int AS open`,
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

  async verify(
    known: readonly KnownSeal[] = [],
    trusted: readonly string[] = this.signer.publicKeys,
  ): Promise<Verification> {
    const reader = await AuditDatabase.open(parseEnvironment({ DATABASE_URL: this.url }));
    try {
      return await reader.verify(trusted, known, () => undefined);
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
