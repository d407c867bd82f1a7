import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '#src/audit/log/audit.service.js';
import { Ids } from '#src/common/ids.js';
import { runInContext } from '#src/common/request-context.js';
import { Transactions } from '#src/common/database/transactions.js';
import { JobRepository, type OverdueJob } from './job.repository.js';
import { JOBS, type Job } from './jobs.js';

/**
 * Raises `job_overdue_error` for every job without a success for three periods, whatever keeps it from succeeding: no replica
 * with JOBS_ENABLED, a failure, a run that hangs. Once an outage, however many replicas watch.
 */
@Injectable()
export class OverdueWatch {
  private readonly logger = new Logger(OverdueWatch.name);

  constructor(
    private readonly jobs: JobRepository,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly ids: Ids,
  ) {}

  /** @returns the names of the jobs that it has reported */
  async check(jobs: readonly Job[] = JOBS): Promise<string[]> {
    // A job whose row was deleted would be neither run nor missed.
    await this.jobs.register(jobs);
    const context = { requestId: this.ids.uuid(), actor: 'job:overdue-watch' };
    const reported = await runInContext(context, () => this.report(jobs));
    for (const { name, lastSuccessAt } of reported) {
      this.logger.error({ msg: `Job ${name} is overdue`, job: name, lastSuccessAt });
    }
    return reported.map(({ name }) => name);
  }

  private report(jobs: readonly Job[]): Promise<OverdueJob[]> {
    return this.transactions.run(async (manager) => {
      const overdue = await this.jobs.takeUnreported(manager, jobs);
      for (const { name, lastSuccessAt } of overdue) {
        const periodSeconds = jobs.find((job) => job.name === name)?.periodSeconds;
        const fields = { job: name, periodSeconds, lastSuccessAt: lastSuccessAt?.toISOString() ?? null };
        await this.audit.record(manager, { event: 'job_overdue_error', fields });
      }
      return overdue;
    });
  }
}
