import { Module } from '@nestjs/common';
import { ChainModule } from '../chain/chain.module.js';
import { EscrowModule } from '../escrow/escrow.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';

@Module({
  imports: [ChainModule, EscrowModule, JobsModule],
  controllers: [HealthController],
  providers: [HealthService],
})
export class HealthModule {}
