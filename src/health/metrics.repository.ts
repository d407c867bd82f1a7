import { Injectable } from '@nestjs/common';
import { QuickDatabase } from '../common/quick-database.js';

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

const PAYOUTS = `
  SELECT status, count(*)::int AS count, extract(epoch FROM now() - min(created_at))::float8 AS "oldestSeconds"
    FROM public.payouts GROUP BY status`;

const COMMITMENTS = `SELECT kind, status, count(*)::int AS count FROM public.commitments GROUP BY kind, status`;

const OUTBOX = `
  SELECT count(*) FILTER (WHERE status = 'pending')::int AS pending,
    count(*) FILTER (WHERE status = 'undeliverable')::int AS undeliverable,
    coalesce(extract(epoch FROM now() - min(created_at) FILTER (WHERE status = 'pending')), 0)::float8 AS "oldestSeconds",
    EXISTS (SELECT 1 FROM public.audit_webhook_endpoint WHERE disabled_at IS NOT NULL) AS disabled
    FROM public.audit_webhook_deliveries WHERE status IN ('pending', 'undeliverable')`;

/** Counts over the tables of all features, for /metrics alone. Every method is given up within a second. */
@Injectable()
export class MetricsRepository {
  constructor(private readonly database: QuickDatabase) {}

  async isUp(): Promise<boolean> {
    return this.database.query('SELECT 1').then(
      () => true,
      () => false,
    );
  }

  payouts(): Promise<PayoutCount[]> {
    return this.database.query<PayoutCount>(PAYOUTS);
  }

  commitments(): Promise<CommitmentCount[]> {
    return this.database.query<CommitmentCount>(COMMITMENTS);
  }

  async outbox(): Promise<OutboxCount> {
    const [row] = await this.database.query<OutboxCount>(OUTBOX);
    return row ?? { pending: 0, undeliverable: 0, oldestSeconds: 0, disabled: false };
  }
}
