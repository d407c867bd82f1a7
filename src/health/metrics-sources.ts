import { Injectable } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { Chain } from '#src/chain/port/chain.js';
import { FeePayerBalance } from '#src/escrow/fee-payer/fee-payer-balance.service.js';
import { Jobs } from '#src/jobs/jobs.service.js';
import { DatabaseProbe } from './database-probe.service.js';
import { type GaugeReading, type MetricsSource, single } from './metrics.js';
import { MetricsRepository } from './metrics.repository.js';

const DATABASE_MS = 5_000;
/** Each asks every endpoint three questions. */
const RPC_MS = 15_000;
/** It looks at every file of the database, and changes slowly. */
const SIZE_MS = 60_000;

@Injectable()
export class DatabaseMetrics implements MetricsSource {
  readonly name = 'database';
  readonly maxAgeMs = 1_000;

  constructor(private readonly probe: DatabaseProbe) {}

  async read(): Promise<GaugeReading[]> {
    const up = Number((await this.probe.trouble()) === undefined);
    return [single('cts_database_up', 'Whether the database takes a write within a second', up)];
  }
}

@Injectable()
export class SizeMetrics implements MetricsSource {
  readonly name = 'size';
  readonly maxAgeMs = SIZE_MS;

  constructor(private readonly counts: MetricsRepository) {}

  async read(): Promise<GaugeReading[]> {
    const bytes = await this.counts.databaseBytes();
    return [single('cts_database_size_bytes', 'What the database takes on its disk, without its WAL', bytes)];
  }
}

@Injectable()
export class WebhookMetrics implements MetricsSource {
  readonly name = 'webhook';
  readonly maxAgeMs = DATABASE_MS;

  constructor(private readonly counts: MetricsRepository) {}

  async read(): Promise<GaugeReading[]> {
    const { pending, undeliverable, oldestSeconds, disabled } = await this.counts.outbox();
    const counts = Object.entries({ pending, undeliverable });
    return [
      {
        name: 'cts_webhook_deliveries',
        help: 'Audit events that the webhook has not taken',
        samples: counts.map(([status, value]) => ({ labels: { status }, value })),
      },
      single(
        'cts_webhook_oldest_pending_age_seconds',
        'Age of the oldest that waits; 0 for none',
        oldestSeconds,
      ),
      single('cts_webhook_disabled', 'Whether the receiver has answered 410', Number(disabled)),
    ];
  }
}

@Injectable()
export class JobMetrics implements MetricsSource {
  readonly name = 'jobs';
  readonly maxAgeMs = DATABASE_MS;

  constructor(private readonly jobs: Jobs) {}

  async read(): Promise<GaugeReading[]> {
    const states = await this.jobs.states();
    return [
      {
        name: 'cts_job_last_success_timestamp_seconds',
        help: 'When a job last succeeded; 0 for never',
        samples: states.map(({ name, lastSuccessAt }) => ({
          labels: { name },
          value: (lastSuccessAt?.getTime() ?? 0) / 1_000,
        })),
      },
      {
        name: 'cts_job_overdue',
        help: 'Whether a job has not succeeded for three periods',
        samples: states.map(({ name, overdue }) => ({ labels: { name }, value: Number(overdue) })),
      },
    ];
  }
}

@Injectable()
export class FeePayerMetrics implements MetricsSource {
  readonly name = 'fee_payer';
  readonly maxAgeMs = DATABASE_MS;

  constructor(
    private readonly balance: FeePayerBalance,
    private readonly settings: Settings,
  ) {}

  /** Nothing where no fee payer is configured. */
  async read(): Promise<GaugeReading[]> {
    const reading = await this.balance.read();
    if (reading === null) return [];
    const floor = this.settings.env.FEE_PAYER_FLOOR_LAMPORTS;
    return [
      single('cts_fee_payer_balance_lamports', 'What the fee payer holds', Number(reading.lamports)),
      single('cts_fee_payer_floor_lamports', 'Below this it is low (FEE_PAYER_FLOOR_LAMPORTS)', floor),
    ];
  }
}

@Injectable()
export class RpcMetrics implements MetricsSource {
  readonly name = 'rpc';
  readonly maxAgeMs = RPC_MS;

  constructor(private readonly chain: Chain) {}

  async read(): Promise<GaugeReading[]> {
    const hosts = new Map<string, number>();
    // Two endpoints of one host differ in their key alone, which is not shown: the worse one counts.
    for (const { endpoint, ok } of await this.chain.endpoints()) {
      hosts.set(endpoint, Math.min(hosts.get(endpoint) ?? 1, Number(ok)));
    }
    const samples = [...hosts].map(([host, value]) => ({ labels: { host }, value }));
    return [
      {
        name: 'cts_rpc_endpoint_ok',
        help: 'Whether an RPC endpoint can do all that is needed of it',
        samples,
      },
    ];
  }
}

@Injectable()
export class RpcRequestMetrics implements MetricsSource {
  readonly name = 'rpc_requests';
  readonly maxAgeMs = 1_000;

  constructor(private readonly chain: Chain) {}

  /** Of this process alone; nothing before its first request. */
  async read(): Promise<GaugeReading[]> {
    const samples = this.chain
      .requestCounts()
      .map(({ endpoint, outcome, count }) => ({ labels: { host: endpoint, outcome }, value: count }));
    if (samples.length === 0) return [];
    return [
      { name: 'cts_rpc_requests_total', help: 'Requests to RPC endpoints, by how they ended', samples },
    ];
  }
}
