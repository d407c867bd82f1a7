import { Injectable } from '@nestjs/common';
import { AdminPurge } from '../admin/admin.purge.js';
import { UnlockingService } from '../approvals/unlocking.service.js';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import { RateLimitPurge } from '../rate-limit/rate-limit.purge.js';
import { PayoutDriver } from '../releases/payout-driver.service.js';
import { JobRepository } from './job.repository.js';
import type { JobName, JobResult } from './jobs.js';

const RUNS_KEPT_DAYS = 7;

/** What each job does. A job without work does not compile. */
@Injectable()
export class JobWork {
  private readonly work: Readonly<Record<JobName, () => Promise<JobResult>>>;

  constructor(
    payouts: PayoutDriver,
    unlocking: UnlockingService,
    rateLimits: RateLimitPurge,
    admins: AdminPurge,
    idempotency: IdempotencyService,
    jobs: JobRepository,
  ) {
    this.work = {
      'payout-driver': async () => ({ due: await payouts.runOnce() }),
      normalization: async () => ({ ...(await unlocking.run()) }),
      'rate-limit-purge': async () => ({ deleted: await rateLimits.run() }),
      'admin-purge': async () => ({ ...(await admins.run()) }),
      'idempotency-purge': async () => ({ deleted: await idempotency.purge() }),
      'job-run-purge': async () => ({ deleted: await jobs.purgeRuns(RUNS_KEPT_DAYS) }),
    };
  }

  of(name: JobName): () => Promise<JobResult> {
    return this.work[name];
  }
}
