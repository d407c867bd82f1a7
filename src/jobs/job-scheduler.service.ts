import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Settings } from '#config/settings.js';
import { messageOf } from '#src/common/errors/errors.js';
import { Shutdown } from '#src/common/shutdown.js';
import { JobRepository } from './job.repository.js';
import { JobRunner } from './job-runner.service.js';
import { JobWork } from './job-work.service.js';
import { type Job, type JobName, JOBS } from './jobs.js';
import { OverdueWatch } from './overdue-watch.service.js';

// A fifth of the shortest period: so soon another replica takes over from one that died.
const TICK_MS = 1_000;
const WATCH_MS = 60_000;
/** Less than main.ts gives the whole shutdown. */
const SETTLE_MS = 20_000;

/** Asks every second which jobs are due and starts them. Any number of replicas do so; JobRunner lets one of them work. */
@Injectable()
export class JobScheduler implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(JobScheduler.name);
  private registered = false;
  private ticking = false;
  private failing = false;

  constructor(
    private readonly settings: Settings,
    private readonly shutdown: Shutdown,
    private readonly jobs: JobRepository,
    private readonly runner: JobRunner,
    private readonly work: JobWork,
    private readonly overdue: OverdueWatch,
  ) {}

  @Interval('jobs', TICK_MS)
  async tick(): Promise<void> {
    if (this.settings.env.JOBS_ENABLED && !this.ticking && !this.shutdown.isShuttingDown)
      await this.startDue();
  }

  /** Also where JOBS_ENABLED is false: somebody has to notice when it is false everywhere. */
  @Interval('jobs-watch', WATCH_MS)
  async watch(): Promise<void> {
    if (!this.shutdown.isShuttingDown) await this.overdue.check().catch((error: unknown) => this.note(error));
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.register().catch((error: unknown) => this.note(error));
  }

  /** Nothing begins any more, and what is under way may end. */
  async onModuleDestroy(): Promise<void> {
    this.shutdown.begin();
    await this.runner.settle(SETTLE_MS);
  }

  private async startDue(): Promise<void> {
    this.ticking = true;
    try {
      await this.register();
      const due = new Set(await this.jobs.findDue(JOBS));
      this.failing = false;
      if (this.shutdown.isShuttingDown) return;
      for (const job of JOBS) if (due.has(job.name)) void this.start(job);
    } catch (error) {
      this.note(error);
    } finally {
      this.ticking = false;
    }
  }

  private async start({ name, periodSeconds }: Job<JobName>): Promise<void> {
    try {
      await this.runner.run(name, periodSeconds, this.work.of(name));
    } catch (error) {
      this.logger.error({ msg: `Job ${name} could not be run: ${messageOf(error)}`, err: error });
    }
  }

  private async register(): Promise<void> {
    if (this.registered) return;
    await this.jobs.register(JOBS);
    this.registered = true;
  }

  /** Once an outage: the next tick would say the same. */
  private note(error: unknown): void {
    if (!this.failing) this.logger.error(`Jobs cannot be looked up: ${messageOf(error)}`);
    this.failing = true;
  }
}
