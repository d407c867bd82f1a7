import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { ConfigModule } from '../config/config.module.js';
import { DatabaseModule } from '../config/database.module.js';
import type { Environment } from '../config/environment.js';
import { AccessGuard } from './admin/access.guard.js';
import { AdminModule } from './admin/admin.module.js';
import { ApprovalsModule } from './approvals/approvals.module.js';
import { AuditFailureService } from './audit/audit-failure.service.js';
import { AuditSuccessInterceptor } from './audit/audit-success.interceptor.js';
import { AuditModule } from './audit/audit.module.js';
import { ChainModule } from './chain/chain.module.js';
import { CommonModule } from './common/common.module.js';
import { FailureRecorder } from './common/http/failure-recorder.js';
import { ProblemFilter } from './common/http/problem.filter.js';
import { createValidationPipe } from './common/http/validation.pipe.js';
import { CommitmentsModule } from './commitments/commitments.module.js';
import { EscrowModule } from './escrow/escrow.module.js';
import { HealthModule } from './health/health.module.js';
import { IdempotencyInterceptor } from './idempotency/idempotency.interceptor.js';
import { IdempotencyModule } from './idempotency/idempotency.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { RateLimitGuard } from './rate-limit/rate-limit.guard.js';
import { RateLimitModule } from './rate-limit/rate-limit.module.js';
import { ReleasesModule } from './releases/releases.module.js';
import { SignedMessagesModule } from './signed-messages/signed-messages.module.js';

const features = [
  ChainModule,
  AdminModule,
  AuditModule,
  RateLimitModule,
  IdempotencyModule,
  HealthModule,
  SignedMessagesModule,
  EscrowModule,
  CommitmentsModule,
  ApprovalsModule,
  ReleasesModule,
  JobsModule,
];

/** The whole service. What holds for every request is bound here and nowhere else. */
@Module({})
export class AppModule {
  /** @param extras modules of a test */
  static forRoot(
    environment: Environment,
    extras: readonly (Type<unknown> | DynamicModule)[] = [],
  ): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(environment),
        CommonModule,
        DatabaseModule.forRoot(environment),
        ScheduleModule.forRoot(),
        ...features,
        ...extras,
      ],
      providers: [
        { provide: FailureRecorder, useExisting: AuditFailureService },
        { provide: APP_FILTER, useClass: ProblemFilter },
        // In this order: who asks too often is not even asked who he is.
        { provide: APP_GUARD, useExisting: RateLimitGuard },
        { provide: APP_GUARD, useExisting: AccessGuard },
        // Before every other interceptor: an answer that is repeated is no work.
        { provide: APP_INTERCEPTOR, useExisting: IdempotencyInterceptor },
        // One event, one row: where an answer was only repeated, nothing has happened.
        { provide: APP_INTERCEPTOR, useExisting: AuditSuccessInterceptor },
        { provide: APP_PIPE, useFactory: createValidationPipe },
      ],
    };
  }
}
