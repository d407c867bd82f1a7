import { Injectable } from '@nestjs/common';
import { InjectThrottlerStorage, type ThrottlerStorage } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';
import { endpointOf } from '../common/endpoint.js';
import { RATE_LIMITS, type RateLimitName } from '../common/rate-limits.js';
import { clientOf, type RateCount, windowKey } from './rate-window.js';

/** Counts each request once, whoever asks first: the guard, or the failure that came before the guards. */
@Injectable()
export class RequestCounter {
  private readonly counted = new WeakMap<FastifyRequest, Promise<RateCount>>();

  constructor(@InjectThrottlerStorage() private readonly storage: ThrottlerStorage) {}

  /** @throws DatabaseUnavailableError in production, within a second */
  count(request: FastifyRequest): Promise<RateCount> {
    const present = this.counted.get(request);
    if (present !== undefined) return present;
    const count = this.hit(request, endpointOf(request)?.limit ?? 'read');
    this.counted.set(request, count);
    return count;
  }

  private async hit(request: FastifyRequest, name: RateLimitName): Promise<RateCount> {
    const limit = RATE_LIMITS[name];
    // A HEAD is a GET without its body: it has no allowance of its own.
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const route = `${method} ${request.routeOptions.url ?? 'none'}`;
    const key = windowKey(route, name, clientOf(request.ip));
    const record = await this.storage.increment(key, limit.windowSeconds * 1_000, limit.limit, 0, name);
    return { name, limit, hits: record.totalHits, secondsLeft: record.timeToExpire };
  }
}
