import { Injectable } from '@nestjs/common';
import { AdminPurge } from '../admin/admin.purge.js';
import { UnlockingService } from '../approvals/unlocking.service.js';
import { FeePayerWatch } from '../escrow/fee-payer-watch.service.js';
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
    feePayer: FeePayerWatch,
    rateLimits: RateLimitPurge,
    admins: AdminPurge,
    jobs: JobRepository,
  ) {
    this.work = {
      'payout-driver': async () => ({ due: await payouts.runOnce() }),
      normalization: async () => ({ ...(await unlocking.run()) }),
      'fee-payer-watch': async () => ({ ...(await feePayer.run()) }),
      'rate-limit-purge': async () => ({ deleted: await rateLimits.run() }),
      'admin-purge': async () => ({ ...(await admins.run()) }),
      'job-run-purge': async () => ({ deleted: await jobs.purgeRuns(RUNS_KEPT_DAYS) }),
    };
  }

  of(name: JobName): () => Promise<JobResult> {
    return this.work[name];
  }
}
