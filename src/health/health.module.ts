import { Module } from '@nestjs/common';
import { ChainModule } from '../chain/chain.module.js';
import { EscrowModule } from '../escrow/escrow.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsRepository } from './metrics.repository.js';
import { Metrics } from './metrics.service.js';
import { type MetricsSource, MetricsSources } from './metrics.js';
import {
  CommitmentMetrics,
  DatabaseMetrics,
  FeePayerMetrics,
  JobMetrics,
  LedgerMetrics,
  RpcMetrics,
  WebhookMetrics,
} from './metrics-sources.service.js';

/** Whoever has more numbers to show adds a source here. */
const METRICS_SOURCES = [
  DatabaseMetrics,
  LedgerMetrics,
  CommitmentMetrics,
  WebhookMetrics,
  JobMetrics,
  RpcMetrics,
  FeePayerMetrics,
];

const sources = {
  provide: MetricsSources,
  inject: METRICS_SOURCES,
  useFactory: (...all: MetricsSource[]): MetricsSources => ({ all }),
};

@Module({
  imports: [ChainModule, EscrowModule, JobsModule],
  controllers: [HealthController, MetricsController],
  providers: [HealthService, Metrics, MetricsRepository, ...METRICS_SOURCES, sources],
})
export class HealthModule {}
