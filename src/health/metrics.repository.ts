import { Injectable } from '@nestjs/common';
import { listed } from '#src/common/database/listed.js';
import { DRIVEN, UNFINISHED } from '#src/releases/payouts/payout.js';
import { QuickDatabase } from '#src/common/database/quick-database.js';

export interface PayoutCount {
  readonly status: string;
  readonly count: number;
  /** Since the oldest of them was written. */
  readonly oldestSeconds: number;
}

export interface CommitmentCount {
  readonly kind: string;
  readonly status: string;
  readonly count: number;
}

export interface OutboxCount {
  readonly pending: number;
  readonly undeliverable: number;
  readonly oldestSeconds: number;
  readonly disabled: boolean;
}

const AGE = 'count(*)::int AS count, extract(epoch FROM now() - min(created_at))::float8 AS "oldestSeconds"';

/** What is finished is not counted: its number only grows, and so would the time to count it. */
export const UNFINISHED_PAYOUTS = `
  SELECT status, ${AGE} FROM public.payouts WHERE status IN (${listed(DRIVEN)}) GROUP BY status
  UNION ALL SELECT status, ${AGE} FROM public.payouts WHERE status = 'stopped' GROUP BY status`;

/** Few rows: what is finished takes no part. */
const UNFINISHED_ATTEMPTS = `
  SELECT attempt.status, count(*)::int AS count
    FROM public.payouts JOIN public.payout_attempts AS attempt ON attempt.payout_id = payouts.id
   WHERE payouts.status IN (${listed(UNFINISHED)}) GROUP BY attempt.status`;

const OPEN_PAUSES = `
  SELECT scope, count(*)::int AS count FROM public.payout_pauses WHERE ended_at IS NULL GROUP BY scope`;

const DATABASE_BYTES = 'SELECT pg_database_size(current_database())::float8 AS bytes';

export const OPEN_COMMITMENTS = `
  SELECT kind, status, count(*)::int AS count FROM public.commitments
   WHERE status IN ('active', 'failing', 'resolving') GROUP BY kind, status`;

const OUTBOX = `
  SELECT count(*) FILTER (WHERE status = 'pending')::int AS pending,
    count(*) FILTER (WHERE status = 'undeliverable')::int AS undeliverable,
    coalesce(extract(epoch FROM now() - min(created_at) FILTER (WHERE status = 'pending')), 0)::float8 AS "oldestSeconds",
    EXISTS (SELECT 1 FROM public.audit_webhook_endpoint WHERE disabled_at IS NOT NULL) AS disabled
    FROM public.audit_webhook_deliveries WHERE status IN ('pending', 'undeliverable')`;

/** Counts of what is open in the tables of all features, for /metrics alone. Every method is given up within a second. */
@Injectable()
export class MetricsRepository {
  constructor(private readonly database: QuickDatabase) {}

  unfinishedPayouts(): Promise<PayoutCount[]> {
    return this.database.query<PayoutCount>(UNFINISHED_PAYOUTS);
  }

  unfinishedAttempts(): Promise<{ readonly status: string; readonly count: number }[]> {
    return this.database.query(UNFINISHED_ATTEMPTS);
  }

  openPauses(): Promise<{ readonly scope: string; readonly count: number }[]> {
    return this.database.query(OPEN_PAUSES);
  }

  async databaseBytes(): Promise<number> {
    const [row] = await this.database.query<{ bytes: number }>(DATABASE_BYTES);
    return row?.bytes ?? 0;
  }

  openCommitments(): Promise<CommitmentCount[]> {
    return this.database.query<CommitmentCount>(OPEN_COMMITMENTS);
  }

  async outbox(): Promise<OutboxCount> {
    const [row] = await this.database.query<OutboxCount>(OUTBOX);
    return row ?? { pending: 0, undeliverable: 0, oldestSeconds: 0, disabled: false };
  }
}
