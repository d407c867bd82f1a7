import { Module } from '@nestjs/common';
import { AuditModule } from '#src/audit/audit.module.js';
import { EscrowModule } from '#src/escrow/escrow.module.js';
import { HealthModule } from '#src/health/health.module.js';
import { JobsModule } from '#src/jobs/jobs.module.js';
import { RateLimitModule } from '#src/rate-limit/rate-limit.module.js';
import { ReleasesModule } from '#src/releases/releases.module.js';
import { LimitsController } from './limits.controller.js';
import { LimitsRepository } from './limits.repository.js';
import { Limits } from './limits.service.js';
import { OverviewController } from './overview.controller.js';
import { Overview } from './overview.service.js';

/** What the person on call sees of all features at once. It stands above them all. */
@Module({
  imports: [AuditModule, EscrowModule, HealthModule, JobsModule, RateLimitModule, ReleasesModule],
  controllers: [LimitsController, OverviewController],
  providers: [Limits, LimitsRepository, Overview],
})
export class OperationsModule {}
