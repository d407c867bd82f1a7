import { Module } from '@nestjs/common';
import { ThrottlerModule } from '@nestjs/throttler';
import { RATE_LIMITS } from '#src/common/rate-limits.js';
import { AnonymousBudget } from './anonymous-budget.service.js';
import { LimitedRoutes } from './limited-routes.service.js';
import { PostgresCounter } from './postgres-counter.service.js';
import { RateLimiter } from './rate-limiter.service.js';
import { RateLimitGuard } from './rate-limit.guard.js';
import { RateLimitPurge } from './rate-limit.purge.js';
import { RequestCounter } from './request-counter.service.js';

const storage = [PostgresCounter, RateLimiter, AnonymousBudget];

@Module({ providers: storage, exports: storage })
class RateLimitStorageModule {}

// The guard takes each route's own limit; the throttler only wants one to exist.
const { limit, windowSeconds } = RATE_LIMITS.read;

@Module({
  imports: [
    RateLimitStorageModule,
    ThrottlerModule.forRootAsync({
      imports: [RateLimitStorageModule],
      inject: [RateLimiter],
      useFactory: (storage: RateLimiter) => ({
        throttlers: [{ limit, ttl: windowSeconds * 1_000 }],
        storage,
      }),
    }),
  ],
  providers: [LimitedRoutes, RateLimitGuard, RateLimitPurge, RequestCounter],
  exports: [LimitedRoutes, RateLimitGuard, RateLimitPurge, RequestCounter, RateLimitStorageModule],
})
export class RateLimitModule {}
