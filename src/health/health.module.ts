import { Module } from '@nestjs/common';
import { ChainModule } from '#src/chain/chain.module.js';
import { EscrowModule } from '#src/escrow/escrow.module.js';
import { JobsModule } from '#src/jobs/jobs.module.js';
import { DatabaseProbe } from './database-probe.service.js';
import { HealthController } from './health.controller.js';
import { Health } from './health.service.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsRepository } from './metrics.repository.js';
import { Metrics } from './metrics.service.js';
import { type MetricsSource, MetricsSources } from './metrics.js';
import { CommitmentMetrics, LedgerMetrics } from './ledger-metrics.js';
import { MetricsTokenGuard } from './metrics-token.guard.js';
import {
  DatabaseMetrics,
  FeePayerMetrics,
  JobMetrics,
  RpcMetrics,
  RpcRequestMetrics,
  SizeMetrics,
  WebhookMetrics,
} from './metrics-sources.js';

/** Whoever has more numbers to show adds a source here. */
const METRICS_SOURCES = [
  DatabaseMetrics,
  SizeMetrics,
  LedgerMetrics,
  CommitmentMetrics,
  WebhookMetrics,
  JobMetrics,
  RpcMetrics,
  RpcRequestMetrics,
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
  providers: [
    DatabaseProbe,
    Health,
    Metrics,
    MetricsRepository,
    MetricsTokenGuard,
    ...METRICS_SOURCES,
    sources,
  ],
  exports: [Health],
})
export class HealthModule {}
