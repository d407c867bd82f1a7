import { Module } from '@nestjs/common';
import { createJobPool } from '../../config/data-source.js';
import { Settings } from '../../config/settings.js';
import { AdminModule } from '../admin/admin.module.js';
import { ApprovalsModule } from '../approvals/approvals.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { EscrowModule } from '../escrow/escrow.module.js';
import { RateLimitModule } from '../rate-limit/rate-limit.module.js';
import { ReleasesModule } from '../releases/releases.module.js';
import { JobLocks } from './job-locks.service.js';
import { JobRepository } from './job.repository.js';
import { JobRunner } from './job-runner.service.js';
import { JobWork } from './job-work.service.js';
import { JobsController } from './jobs.controller.js';
import { JOBS } from './jobs.js';
import { JobsService } from './jobs.service.js';
import { OverdueWatch } from './overdue-watch.service.js';
import { JobScheduler } from './scheduler.service.js';

const locks = {
  provide: JobLocks,
  inject: [Settings],
  // Each running job holds a connection, and no job may wait for another one's.
  useFactory: ({ env }: Settings) => new JobLocks(createJobPool(env, JOBS.length)),
};

/** The built-in scheduler: what runs by itself, on any number of replicas. */
@Module({
  imports: [AdminModule, ApprovalsModule, AuditModule, EscrowModule, RateLimitModule, ReleasesModule],
  controllers: [JobsController],
  providers: [JobRepository, JobRunner, JobScheduler, JobsService, JobWork, OverdueWatch, locks],
  exports: [JobsService],
})
export class JobsModule {}
