import { Injectable } from '@nestjs/common';
import type { AuditEvent } from '#src/common/audit-events.js';
import type { EntityManager } from 'typeorm';
import { actor, currentContext, type RequestContext } from '#src/common/request-context.js';
import { Transactions } from '#src/common/database/transactions.js';
import type { AuditRow } from '#src/audit/journal/audit-row.js';
import { AuditRepository, type AuditFilter } from './audit.repository.js';
import { WebhookOutbox } from '#src/audit/outbox/webhook-outbox.service.js';

/** What the log is to say. Never put a secret, a raw body or an upstream answer into `fields`. */
export interface AuditEntry {
  readonly event: AuditEvent;
  /** Who acted, where it is not the actor of the current request (see request-context.ts). */
  readonly actor?: string;
  readonly commitmentId?: string;
  readonly payoutId?: string;
  readonly signature?: string;
  /** JSON values; lamports as JSON integers. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

// Its transaction has a number before the row has one: what a seal's horizon has not seen has a higher id (chain-verifier.ts).
const INSERT = `
  INSERT INTO public.audit_logs (event, actor, request_id, commitment_id, payout_id, signature, fields)
  SELECT $1, $2, $3, $4::uuid, $5::uuid, $6, $7::jsonb FROM (SELECT pg_current_xact_id()) AS numbered`;

/** Over the index on alarms, whose rows are found by their fields: of one event there may be very many. */
export const FIND_SAME = `
  SELECT 1 FROM public.audit_logs
   WHERE event = $1 AND event LIKE '%\\_error' AND jsonb_hash(fields) = jsonb_hash($3::jsonb)
     AND payout_id IS NOT DISTINCT FROM $2::uuid AND fields = $3::jsonb LIMIT 1`;

@Injectable()
export class Audit {
  constructor(
    private readonly logs: AuditRepository,
    private readonly transactions: Transactions,
    private readonly webhook: WebhookOutbox,
  ) {}

  /** Writes the row in the transaction of the change that it records: both happen or neither does. */
  async record(manager: EntityManager, entry: AuditEntry): Promise<void> {
    const context = currentContext();
    const told = { event: entry.event, actor: entry.actor ?? actor() };
    const row = [
      told.event,
      told.actor,
      context?.requestId ?? 'none',
      entry.commitmentId ?? null,
      entry.payoutId ?? null,
      entry.signature ?? null,
      JSON.stringify(entry.fields ?? {}),
    ];
    await manager.query(...this.webhook.together(told, INSERT, row));
    if (context !== undefined) this.transactions.onCommit(manager, () => note(context, entry.event));
  }

  /**
   * Writes an alarm unless one of the same event, payout and fields is there already: the work that raises it is repeated
   * every few seconds, by several workers.
   */
  async recordOnce(entry: AuditEntry & Required<Pick<AuditEntry, 'fields'>>): Promise<void> {
    const identity = [entry.event, entry.payoutId ?? null, JSON.stringify(entry.fields)];
    await this.transactions.run(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [identity.join(' ')]);
      if ((await manager.query<unknown[]>(FIND_SAME, identity)).length === 0)
        await this.record(manager, entry);
    });
  }

  /** The request repeats what was done and recorded before: one event, one row, however often its answer is asked for again. */
  onRecordAlready(event: AuditEvent): void {
    const context = currentContext();
    if (context !== undefined) note(context, event);
  }

  /** For refusals and failures, whose own transaction is rolled back or never began. */
  async recordAlone(entry: AuditEntry): Promise<void> {
    await this.record(this.transactions.manager, entry);
  }

  /**
   * Rows of these events, newest first.
   * @param before the last id of the page before
   */
  async findPage(filter: AuditFilter, limit: number, before: string | undefined): Promise<AuditRow[]> {
    return this.logs.findPage(this.transactions.manager, filter, limit, before);
  }
}

function note(context: RequestContext, event: string): void {
  context.recorded ??= new Set();
  context.recorded.add(event);
}
