import { Injectable } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { migrationStatus } from '#migrations/migration-status.js';
import { runsAsOwner } from '#migrations/roles/role-check.js';
import { Chain } from '#src/chain/port/chain.js';
import { Clock } from '#src/common/clock.js';
import { QuickDatabase } from '#src/common/database/quick-database.js';
import { Shutdown } from '#src/common/shutdown.js';
import { FeePayerBalance } from '#src/escrow/fee-payer/fee-payer-balance.service.js';
import { Jobs } from '#src/jobs/jobs.service.js';
import { DatabaseProbe } from './database-probe.service.js';
import { type HealthCheck, type HealthReport, toReport } from './health.js';

const CACHE_MS = 1_000;
const OK: HealthCheck = { status: 'ok' };

/** Asks every part at most once a second, however many probes come. */
@Injectable()
export class Health {
  private cached: { readonly until: number; readonly report: Promise<HealthReport> } | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly database: QuickDatabase,
    private readonly probe: DatabaseProbe,
    private readonly chain: Chain,
    private readonly clock: Clock,
    private readonly shutdown: Shutdown,
    private readonly jobs: Jobs,
    private readonly feePayer: FeePayerBalance,
  ) {}

  /** Never throws: a part that cannot be asked is a failed check. */
  ready(): Promise<HealthReport> {
    if (this.shutdown.isDraining) return Promise.resolve({ status: 'draining', checks: {} });
    const now = this.clock.now().getTime();
    if (this.cached === undefined || this.cached.until <= now) {
      this.cached = { until: now + CACHE_MS, report: this.ask() };
    }
    return this.cached.report;
  }

  private async ask(): Promise<HealthReport> {
    const [database, migrations, rpc, jobs, feePayer] = await Promise.all([
      this.askDatabase(),
      this.askMigrations(),
      this.askChain(),
      this.askJobs(),
      this.askFeePayer(),
    ]);
    return toReport({ database, migrations, rpc, signer: this.signer(), feePayer, jobs });
  }

  private async askDatabase(): Promise<HealthCheck> {
    const trouble = await this.probe.trouble();
    if (trouble !== undefined) return failed(trouble);
    const owner = await this.probe.owner();
    return owner === undefined ? OK : { ...OK, detail: runsAsOwner(owner) };
  }

  private async askMigrations(): Promise<HealthCheck> {
    try {
      const { pending } = await migrationStatus((sql) => this.database.query(sql));
      return pending.length === 0 ? OK : failed(`pending: ${pending.join(', ')}; run npm run migrate`);
    } catch {
      return failed('not known');
    }
  }

  private async askChain(): Promise<HealthCheck> {
    const reports = await this.chain.endpoints().catch(() => []);
    if (reports.length === 0) return failed('SOLANA_RPC_URL is not set');
    const endpoints = reports.map(({ endpoint, voice, ok, red, slot, behind, reason }) => ({
      endpoint,
      voice,
      ok,
      red,
      ...(slot === undefined ? {} : { slot: Number(slot) }),
      ...(behind === undefined ? {} : { behind: Number(behind) }),
      ...(reason === undefined ? {} : { reason }),
    }));
    const singleSource = new Set(reports.map(({ voice }) => voice)).size === 1;
    const faults = reports.filter(({ ok }) => !ok);
    const detail = faults.map(({ endpoint, reason }) => `${endpoint}: ${reason ?? 'no answer'}`).join('; ');
    const isFit = reports.some(({ ok }) => ok) && !reports.some(({ red }) => red);
    const says = singleSource ? ['single_source: one RPC provider is configured'] : [];
    const text = [...says, ...(detail === '' ? [] : [detail])].join('; ');
    return {
      ...(isFit ? OK : failed(detail)),
      ...(text === '' ? {} : { detail: text }),
      endpoints,
      singleSource,
    };
  }

  private async askJobs(): Promise<HealthCheck> {
    try {
      const states = await this.jobs.states();
      const times = states.map(({ name, lastSuccessAt }) => [name, lastSuccessAt?.toISOString() ?? null]);
      const lastSuccess = Object.fromEntries(times) as Record<string, string | null>;
      const overdue = states.filter((state) => state.overdue).map(({ name }) => name);
      return { ...(overdue.length === 0 ? OK : failed(`overdue: ${overdue.join(', ')}`)), lastSuccess };
    } catch {
      return failed('not known');
    }
  }

  private async askFeePayer(): Promise<HealthCheck> {
    try {
      const reading = await this.feePayer.read();
      if (reading === null) return OK;
      const detail = `${reading.address} holds ${reading.lamports} lamports`;
      if (reading.ok) return { ...OK, detail };
      return failed(`${detail}, below the floor of ${this.settings.env.FEE_PAYER_FLOOR_LAMPORTS}`);
    } catch {
      return failed('its balance cannot be read');
    }
  }

  private signer(): HealthCheck {
    const missing = this.settings.missingForCustody;
    return missing.length === 0 ? OK : failed(missing.map((name) => `${name} is not set`).join('; '));
  }
}

function failed(detail: string): HealthCheck {
  return { status: 'error', detail };
}
