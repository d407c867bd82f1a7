import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { ConfigModule } from '#config/config.module.js';
import { DatabaseModule } from '#config/database/database.module.js';
import type { Environment } from '#config/environment.js';
import { AccessGuard } from '#src/admin/access/access.guard.js';
import { AdminModule } from '#src/admin/admin.module.js';
import { ApprovalsModule } from '#src/approvals/approvals.module.js';
import { AuditFailure } from '#src/audit/log/audit-failure.service.js';
import { AuditSuccessInterceptor } from '#src/audit/log/audit-success.interceptor.js';
import { AuditModule } from '#src/audit/audit.module.js';
import { ChainModule } from '#src/chain/chain.module.js';
import { CommonModule } from '#src/common/common.module.js';
import { FailureRecorder } from '#src/common/http/failure-recorder.js';
import { ProblemFilter } from '#src/common/http/problem.filter.js';
import { createValidationPipe } from '#src/common/input/validation.pipe.js';
import { CommitmentsModule } from '#src/commitments/commitments.module.js';
import { EscrowModule } from '#src/escrow/escrow.module.js';
import { HealthModule } from '#src/health/health.module.js';
import { IdempotencyInterceptor } from '#src/idempotency/idempotency.interceptor.js';
import { IdempotencyModule } from '#src/idempotency/idempotency.module.js';
import { JobsModule } from '#src/jobs/jobs.module.js';
import { MarksModule } from '#src/marks/marks.module.js';
import { ProfilesModule } from '#src/profiles/profiles.module.js';
import { ProofsModule } from '#src/proofs/proofs.module.js';
import { PumpfunModule } from '#src/pumpfun/pumpfun.module.js';
import { RateLimitGuard } from '#src/rate-limit/rate-limit.guard.js';
import { RateLimitModule } from '#src/rate-limit/rate-limit.module.js';
import { OperationsModule } from '#src/operations/operations.module.js';
import { ReconciliationModule } from '#src/reconciliation/reconciliation.module.js';
import { ReleasesModule } from '#src/releases/releases.module.js';
import { SignedMessagesModule } from '#src/signed-messages/signed-messages.module.js';

const features = [
  MarksModule,
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
  ProfilesModule,
  PumpfunModule,
  ReconciliationModule,
  ProofsModule,
  JobsModule,
  OperationsModule,
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
        { provide: FailureRecorder, useExisting: AuditFailure },
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
