import { Injectable, Logger } from '@nestjs/common';
import { within } from '#src/common/time/within.js';
import { messageOf } from '#src/common/errors/errors.js';
import { Ids } from '#src/common/ids.js';
import { runInContext } from '#src/common/request-context.js';
import { type HeldLock, JobLocks } from './job-locks.service.js';
import { JobRepository } from './job.repository.js';
import { failureOf, type Job, type JobOutcome, type JobResult } from './jobs.js';

/**
 * Runs a job on one replica at a time and once per period; PostgreSQL decides both. A transaction holds the job's lock from
 * before the first look at its row until the run is recorded. It holds nothing else: the work uses other connections and
 * opens its own transactions, so no rule about network calls in a transaction is touched. When the process dies, the lock is
 * gone with its connection and the job is still due, so another replica takes over at its next tick. When only the connection
 * dies, the work goes on without its lock, cannot be recorded and is run again: that is why every job's work must stay
 * right when it is repeated, or runs twice at once.
 */
@Injectable()
export class JobRunner {
  private readonly logger = new Logger(JobRunner.name);
  private readonly running = new Map<string, Promise<JobOutcome>>();

  constructor(
    private readonly locks: JobLocks,
    private readonly jobs: JobRepository,
    private readonly ids: Ids,
  ) {}

  /**
   * Runs the work if the job is due and nobody else runs it. A failure of the work is an outcome, recorded like a success, and
   * the next run comes a period later.
   * @param periodSeconds fractions allowed
   * @throws when the database refuses the lock, or the record of the run
   */
  async run(name: string, periodSeconds: number, work: () => Promise<JobResult>): Promise<JobOutcome> {
    if (this.running.has(name)) return 'skipped';
    const run = this.runAlone({ name, periodSeconds }, work).finally(() => this.running.delete(name));
    this.running.set(name, run);
    return run;
  }

  /** Waits for the runs that are under way, but not longer than `limitMs`. */
  async settle(limitMs: number): Promise<void> {
    const settled = Promise.allSettled(this.running.values());
    await within(limitMs, settled, () => undefined);
  }

  private async runAlone(job: Job, work: () => Promise<JobResult>): Promise<JobOutcome> {
    const outcome = await this.locks.whileHeld(job.name, async (lock) => {
      if (!(await this.jobs.start(job.name))) return 'skipped';
      return this.runLocked(lock, job, work);
    });
    return outcome ?? 'skipped';
  }

  private async runLocked(lock: HeldLock, job: Job, work: () => Promise<JobResult>): Promise<JobOutcome> {
    const id = this.ids.uuid();
    const done = await runInContext({ requestId: id, actor: `job:${job.name}` }, () =>
      this.perform(job, work),
    );
    try {
      await this.jobs.finish(lock, job, { id, ...done });
    } catch (error) {
      const what = `Run ${id} of job ${job.name} ended (ok: ${done.ok}) but could not be recorded; it will be repeated`;
      throw new Error(`${what}: ${messageOf(error)}`, { cause: error });
    }
    return done.ok ? 'ok' : 'failed';
  }

  private async perform({ name }: Job, work: () => Promise<JobResult>) {
    try {
      return { ok: true, result: await work() };
    } catch (error) {
      this.logger.error({ msg: `Job ${name} failed`, err: error });
      return { ok: false, result: failureOf(messageOf(error)) };
    }
  }
}
