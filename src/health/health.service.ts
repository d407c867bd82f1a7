import { Injectable } from '@nestjs/common';
import { Settings } from '../../config/settings.js';
import { migrationStatus } from '../../migrations/runner.js';
import { Chain } from '../chain/chain.js';
import { Clock } from '../common/clock.js';
import { QuickDatabase } from '../common/quick-database.js';
import { Shutdown } from '../common/shutdown.js';
import { FeePayerBalance } from '../escrow/fee-payer-balance.service.js';
import { JobsService } from '../jobs/jobs.service.js';
import { type HealthCheck, type HealthReport, toReport } from './health.js';

const CACHE_MS = 1_000;
const OK: HealthCheck = { status: 'ok' };

/** Asks every part at most once a second, however many probes come. */
@Injectable()
export class HealthService {
  private cached: { readonly until: number; readonly report: Promise<HealthReport> } | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly database: QuickDatabase,
    private readonly chain: Chain,
    private readonly clock: Clock,
    private readonly shutdown: Shutdown,
    private readonly jobs: JobsService,
    private readonly feePayer: FeePayerBalance,
  ) {}

  /** Never throws: a part that cannot be asked is a failed check. */
  ready(): Promise<HealthReport> {
    if (this.shutdown.isShuttingDown) return Promise.resolve({ status: 'error', checks: {} });
    const now = this.clock.now().getTime();
    if (this.cached === undefined || this.cached.until <= now) {
      this.cached = { until: now + CACHE_MS, report: this.ask() };
    }
    return this.cached.report;
  }

  private async ask(): Promise<HealthReport> {
    const [{ database, migrations }, rpc, jobs, feePayer] = await Promise.all([
      this.askDatabase(),
      this.askChain(),
      this.askJobs(),
      this.askFeePayer(),
    ]);
    return toReport({ database, migrations, rpc, signer: this.signer(), feePayer, jobs });
  }

  private async askDatabase(): Promise<{ database: HealthCheck; migrations: HealthCheck }> {
    try {
      const { pending } = await migrationStatus((sql) => this.database.query(sql));
      const migrations =
        pending.length === 0 ? OK : failed(`pending: ${pending.join(', ')}; run npm run migrate`);
      return { database: OK, migrations };
    } catch {
      return { database: failed('Database connection failed'), migrations: failed('not known') };
    }
  }

  private async askChain(): Promise<HealthCheck> {
    const reports = await this.chain.endpoints().catch(() => []);
    if (reports.length === 0) return failed('SOLANA_RPC_URL is not set');
    if (reports.some(({ ok }) => ok)) return OK;
    return failed(reports.map(({ endpoint, reason }) => `${endpoint}: ${reason ?? 'no answer'}`).join('; '));
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
