import { type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  InjectThrottlerOptions,
  InjectThrottlerStorage,
  ThrottlerGuard,
  type ThrottlerModuleOptions,
  type ThrottlerStorage,
} from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';
import { tooManyRequests } from './rate-limit.errors.js';
import { isOver } from './rate-window.js';
import { RequestCounter } from './request-counter.service.js';

/**
 * Admits as many requests as the route's `@Endpoint({ limit })` says, by trusted client address. The throttler's own decorators
 * and options are not looked for: no route has any, and the search costs as much as a count in memory.
 */
@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  constructor(
    @InjectThrottlerOptions() options: ThrottlerModuleOptions,
    @InjectThrottlerStorage() storage: ThrottlerStorage,
    @Inject(Reflector) reflector: Reflector,
    private readonly counter: RequestCounter,
  ) {
    super(options, storage, reflector);
  }

  /** @throws DomainError `too_many_requests`; `database_unavailable` in production */
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const count = await this.counter.count(context.switchToHttp().getRequest<FastifyRequest>());
    if (isOver(count)) throw tooManyRequests(count);
    return true;
  }
}
