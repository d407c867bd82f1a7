import { type AuditEntry, Audit } from '#src/audit/log/audit.service.js';
import { WebhookDeliveries } from '#src/audit/webhook/webhook-deliveries.service.js';
import { WebhookLimits } from '#src/audit/webhook/webhook-limits.service.js';
import { Transactions } from '#src/common/database/transactions.js';
import { type AdminApp, startAdminApp } from './admin-app.js';
import { createTestDatabase, type TestDatabase } from '../database.js';
import { execute } from '../sql.js';
import { WEBHOOK_SECRET, WebhookReceiver } from '../doubles/webhook-receiver.js';
import { TestWallet } from '../builders/wallets.js';
import { madeUpEvent } from '../made-up-events.js';

export interface DeliveryRow {
  readonly id: string;
  readonly audit_id: string;
  readonly event: string;
  readonly status: string;
  readonly attempts: number;
  readonly last_status: number | null;
  readonly last_error: string | null;
  readonly wait_seconds: number;
}

/** The real application with a real receiver. Its clock stands still; time passes in the database, by `letTimePass`. */
export class WebhookWorld {
  readonly admin = TestWallet.generate();
  private readonly apps: AdminApp[] = [];

  private constructor(
    readonly receiver: WebhookReceiver,
    private readonly database: TestDatabase,
  ) {}

  static async start(): Promise<WebhookWorld> {
    const world = new WebhookWorld(await WebhookReceiver.start(), await createTestDatabase());
    await world.replica();
    return world;
  }

  get databaseUrl(): string {
    return this.database.url;
  }

  get first(): AdminApp {
    const [app] = this.apps;
    if (app === undefined) throw new Error('there is no replica');
    return app;
  }

  /** One more replica; `settings` replace those of the receiver. */
  async replica(settings?: Readonly<Record<string, string>>): Promise<AdminApp> {
    const own = settings ?? { AUDIT_WEBHOOK_URL: this.receiver.url, AUDIT_WEBHOOK_SECRET: WEBHOOK_SECRET };
    const app = await startAdminApp(this.database.url, [this.admin.address], own);
    this.apps.push(app);
    return app;
  }

  async stop(): Promise<void> {
    await this.receiver.die();
    await Promise.all(this.apps.map(({ app }) => app.close()));
    await this.database.drop();
  }

  run({ app } = this.first) {
    return app.get(WebhookDeliveries, { strict: false }).run();
  }

  /** Changes what a slow receiver may cost, for a test that cannot wait that long. */
  limit(limits: Partial<WebhookLimits>): void {
    Object.assign(this.first.app.get(WebhookLimits, { strict: false }), limits);
  }

  /** Writes an audit row as every service does. */
  record(entry: Omit<AuditEntry, 'event'> & { readonly event: string }, { app } = this.first): Promise<void> {
    const audit = app.get(Audit, { strict: false });
    return app
      .get(Transactions, { strict: false })
      .run((manager) => audit.record(manager, { ...entry, event: madeUpEvent(entry.event) }));
  }

  sql<R extends object = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<R[]> {
    return execute<R>(this.database.url, text, values);
  }

  rows(): Promise<DeliveryRow[]> {
    return this.sql<DeliveryRow>(
      `SELECT id, audit_id, event, status, attempts, last_status, last_error,
         extract(epoch FROM next_attempt_at - $1)::float8 AS wait_seconds
         FROM audit_webhook_deliveries ORDER BY audit_id`,
      [new Date(this.first.clock.at)],
    );
  }

  async letTimePass(interval = '2 hours'): Promise<void> {
    await this.sql(
      `UPDATE audit_webhook_deliveries SET next_attempt_at = next_attempt_at - $1::interval,
         give_up_at = give_up_at - $1::interval, created_at = created_at - $1::interval,
         delivered_at = delivered_at - $1::interval`,
      [interval],
    );
  }

  /** Runs until nothing is pending any more, time passing in between. */
  async settle(): Promise<void> {
    for (let round = 0; round < 30; round += 1) {
      await this.run();
      if ((await this.rows()).every(({ status }) => status !== 'pending')) return;
      // Less than 24 hours in all.
      await this.letTimePass('40 minutes');
    }
    throw new Error('some deliveries are still pending');
  }

  async clear(): Promise<void> {
    this.receiver.received.length = 0;
    this.receiver.behave(() => ({ status: 204 }));
    await this.sql('DELETE FROM audit_webhook_deliveries');
    await this.sql('UPDATE audit_webhook_endpoint SET disabled_at = NULL, reason = NULL');
  }
}
