import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ATTEMPTS_IN_ORDER, type DeliveryStatus, type ToldEvent } from '#src/audit/outbox/webhook.js';

/** A delivery that this worker has taken: one attempt is to be made, and recorded under its number. */
export interface TakenDelivery extends ToldEvent {
  readonly id: string;
  readonly attempts: number;
  readonly priority: number;
}

export interface DeliveryRow {
  readonly id: string;
  readonly auditId: string;
  readonly commitmentId: string | null;
  readonly event: string;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly nextAttemptAt: Date;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly deliveredAt: Date | null;
}

export interface EndpointRow {
  readonly disabledAt: Date | null;
  readonly reason: string | null;
  readonly pending: number;
  readonly undeliverable: number;
  readonly oldestPendingAt: Date | null;
}

export interface FailedAttempt {
  readonly status: number | null;
  /** Words of ours, never the receiver's. */
  readonly error: string;
  readonly nextAttemptAt: Date;
}

const COLUMNS = `id, audit_id AS "auditId", commitment_id AS "commitmentId", event, status, attempts,
  next_attempt_at AS "nextAttemptAt", last_status AS "lastStatus", last_error AS "lastError",
  created_at AS "createdAt", delivered_at AS "deliveredAt"`;

// A later event of a commitment waits for the earlier ones, unless those are less urgent, and not for one that has been refused so often that it may be for
// its own sake. Nothing is taken while the receiver is switched off.
const TAKE = `
  WITH due AS (
    SELECT id FROM public.audit_webhook_deliveries AS later
     WHERE status = 'pending' AND priority = $4 AND next_attempt_at <= $1
       AND NOT EXISTS (SELECT 1 FROM public.audit_webhook_endpoint WHERE disabled_at IS NOT NULL)
       AND (commitment_id IS NULL OR NOT EXISTS (
         SELECT 1 FROM public.audit_webhook_deliveries AS earlier
          WHERE earlier.status = 'pending' AND earlier.commitment_id = later.commitment_id
            AND earlier.audit_id < later.audit_id
            AND earlier.priority <= later.priority AND earlier.attempts < ${ATTEMPTS_IN_ORDER}))
     ORDER BY next_attempt_at, audit_id LIMIT $3
       FOR UPDATE SKIP LOCKED)
  UPDATE public.audit_webhook_deliveries AS taken SET attempts = taken.attempts + 1, next_attempt_at = $2
    FROM due JOIN public.audit_webhook_deliveries AS own ON own.id = due.id
         JOIN public.audit_logs AS log ON log.id = own.audit_id
   WHERE taken.id = due.id
  RETURNING taken.id, taken.attempts, taken.priority, log.id AS "auditId", log.ts, log.event, log.actor, log.request_id AS "requestId",
    log.commitment_id AS "commitmentId", log.payout_id AS "payoutId", log.signature, log.fields`;

const DELIVERED = `
  UPDATE public.audit_webhook_deliveries SET status = 'delivered', delivered_at = $3, last_status = $4, last_error = NULL
   WHERE id = $1 AND attempts = $2 AND status = 'pending'`;

const FAILED = `
  UPDATE public.audit_webhook_deliveries SET last_status = $4, last_error = $5, next_attempt_at = $6,
    status = CASE WHEN give_up_at <= $3 THEN 'undeliverable' ELSE 'pending' END
   WHERE id = $1 AND attempts = $2 AND status = 'pending'
  RETURNING status`;

const RESEND = `
  UPDATE public.audit_webhook_deliveries SET status = 'pending', attempts = 0, delivered_at = NULL,
    next_attempt_at = $2, give_up_at = $3
   WHERE id = $1 RETURNING ${COLUMNS}`;

const ENDPOINT = `
  SELECT disabled_at AS "disabledAt", reason,
    (SELECT count(*)::int FROM public.audit_webhook_deliveries WHERE status = 'pending') AS pending,
    (SELECT count(*)::int FROM public.audit_webhook_deliveries WHERE status = 'undeliverable') AS undeliverable,
    (SELECT min(created_at) FROM public.audit_webhook_deliveries WHERE status = 'pending') AS "oldestPendingAt"
    FROM public.audit_webhook_endpoint`;

const PURGE = `
  DELETE FROM public.audit_webhook_deliveries WHERE id = ANY (ARRAY (
    SELECT id FROM public.audit_webhook_deliveries
     WHERE status = 'delivered' AND delivered_at < $1 ORDER BY delivered_at LIMIT $2))`;

@Injectable()
export class WebhookRepository {
  /** Takes due deliveries for this worker by pushing their next attempt; other workers skip rows that are being taken. */
  async takeDue(
    manager: EntityManager,
    now: Date,
    nextAttemptAt: Date,
    { limit, priority }: { readonly limit: number; readonly priority: number },
  ): Promise<TakenDelivery[]> {
    const bounds = [now, nextAttemptAt, limit, priority];
    const [taken] = await manager.query<[TakenDelivery[], number]>(TAKE, bounds);
    return taken;
  }

  async markDelivered(manager: EntityManager, { id, attempts }: TakenDelivery, now: Date, status: number) {
    await manager.query(DELIVERED, [id, attempts, now, status]);
  }

  /** @returns its status now; undefined when somebody else has moved it meanwhile */
  async markFailed(
    manager: EntityManager,
    { id, attempts }: TakenDelivery,
    now: Date,
    { status, error, nextAttemptAt }: FailedAttempt,
  ): Promise<DeliveryStatus | undefined> {
    const [rows] = await manager.query<[{ status: DeliveryStatus }[], number]>(FAILED, [
      id,
      attempts,
      now,
      status,
      error,
      nextAttemptAt,
    ]);
    return rows[0]?.status;
  }

  /** Due at once, and tried as long as a new one. */
  async resend(
    manager: EntityManager,
    id: string,
    now: Date,
    giveUpAt: Date,
  ): Promise<DeliveryRow | undefined> {
    const [rows] = await manager.query<[DeliveryRow[], number]>(RESEND, [id, now, giveUpAt]);
    return rows[0];
  }

  async findPage(
    manager: EntityManager,
    status: DeliveryStatus | undefined,
    limit: number,
    before: string | undefined,
  ): Promise<DeliveryRow[]> {
    return manager.query<DeliveryRow[]>(
      `SELECT ${COLUMNS} FROM public.audit_webhook_deliveries
        WHERE ($1::text IS NULL OR status = $1) AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $2`,
      [status ?? null, limit, before ?? null],
    );
  }

  /** The newest delivery of an event, as this transaction sees it. */
  async findNewest(manager: EntityManager, event: string): Promise<DeliveryRow | undefined> {
    const [row] = await manager.query<DeliveryRow[]>(
      `SELECT ${COLUMNS} FROM public.audit_webhook_deliveries
        WHERE status = 'pending' AND event = $1 ORDER BY id DESC LIMIT 1`,
      [event],
    );
    return row;
  }

  async endpoint(manager: EntityManager): Promise<EndpointRow | undefined> {
    const [row] = await manager.query<EndpointRow[]>(ENDPOINT);
    return row;
  }

  /** @returns whether it was this call that did it */
  async disable(manager: EntityManager, now: Date, reason: string): Promise<boolean> {
    const [, count] = await manager.query<[unknown[], number]>(
      `UPDATE public.audit_webhook_endpoint SET disabled_at = $1, reason = $2 WHERE disabled_at IS NULL`,
      [now, reason],
    );
    return count > 0;
  }

  /** @returns whether it was this call that did it */
  async enable(manager: EntityManager): Promise<boolean> {
    const [, count] = await manager.query<[unknown[], number]>(
      `UPDATE public.audit_webhook_endpoint SET disabled_at = NULL, reason = NULL WHERE disabled_at IS NOT NULL`,
    );
    return count > 0;
  }

  /** @returns how many were deleted */
  async purgeDelivered(manager: EntityManager, before: Date, limit: number): Promise<number> {
    const [, count] = await manager.query<[unknown[], number]>(PURGE, [before, limit]);
    return count;
  }
}
