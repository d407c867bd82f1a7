import { Module } from '@nestjs/common';
import { createJobPool } from '#config/database/data-source.js';
import { Settings } from '#config/settings.js';
import { AdminModule } from '#src/admin/admin.module.js';
import { ApprovalsModule } from '#src/approvals/approvals.module.js';
import { AuditModule } from '#src/audit/audit.module.js';
import { ChainModule } from '#src/chain/chain.module.js';
import { CommitmentsModule } from '#src/commitments/commitments.module.js';
import { EscrowModule } from '#src/escrow/escrow.module.js';
import { IdempotencyModule } from '#src/idempotency/idempotency.module.js';
import { PumpfunModule } from '#src/pumpfun/pumpfun.module.js';
import { RateLimitModule } from '#src/rate-limit/rate-limit.module.js';
import { ReconciliationModule } from '#src/reconciliation/reconciliation.module.js';
import { ReleasesModule } from '#src/releases/releases.module.js';
import { JobLocks } from './job-locks.service.js';
import { JobRepository } from './job.repository.js';
import { JobRunner } from './job-runner.service.js';
import { JobWork } from './job-work.service.js';
import { JobsController } from './jobs.controller.js';
import { MAX_HELD } from './jobs.js';
import { Jobs } from './jobs.service.js';
import { VoicesWatch } from './voices-watch.service.js';
import { OverdueWatch } from './overdue-watch.service.js';
import { JobScheduler } from './job-scheduler.service.js';

const locks = {
  provide: JobLocks,
  inject: [Settings],
  useFactory: ({ env }: Settings) => new JobLocks(createJobPool(env, MAX_HELD)),
};

/** The built-in scheduler: what runs by itself, on any number of replicas. */
@Module({
  imports: [
    ChainModule,
    AdminModule,
    ApprovalsModule,
    AuditModule,
    CommitmentsModule,
    EscrowModule,
    IdempotencyModule,
    PumpfunModule,
    RateLimitModule,
    ReconciliationModule,
    ReleasesModule,
  ],
  controllers: [JobsController],
  providers: [JobRepository, JobRunner, JobScheduler, Jobs, JobWork, OverdueWatch, VoicesWatch, locks],
  exports: [Jobs],
})
export class JobsModule {}
