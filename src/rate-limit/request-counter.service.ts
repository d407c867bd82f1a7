import { Injectable } from '@nestjs/common';
import { InjectThrottlerStorage, type ThrottlerStorage } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';
import { clientAddress } from '#src/common/http/client-address.js';
import { endpointOf } from '#src/common/endpoint.js';
import { PROVEN_LIMITS, type ProvenLimitName, RATE_LIMITS, type RateLimit } from '#src/common/rate-limits.js';
import { currentContext } from '#src/common/request-context.js';
import { tooManyRequests } from './rate-limit.errors.js';
import { clientOf, isOver, type RateCount, rateHeaders, windowKey } from './rate-window.js';

const SCOPES = { wallet: 'of one wallet', session: 'in one session' } as const;

/** Counts each request: by its address first, then by the wallet or the session that it has proven to be of. */
@Injectable()
export class RequestCounter {
  private readonly counted = new WeakMap<FastifyRequest, Promise<RateCount>>();
  private readonly counts = new WeakMap<FastifyRequest, RateCount[]>();

  constructor(@InjectThrottlerStorage() private readonly storage: ThrottlerStorage) {}

  /**
   * By client address; once, whoever asks first: the guard, or the failure that came before the guards.
   * @throws DatabaseUnavailableError in production, within a second
   */
  count(request: FastifyRequest): Promise<RateCount> {
    const present = this.counted.get(request);
    if (present !== undefined) return present;
    const name = endpointOf(request)?.limit ?? 'read';
    const client = clientOf(clientAddress(request));
    const count = this.hit(request, { name, limit: RATE_LIMITS[name], client, scope: 'from one address' });
    this.counted.set(request, count);
    return count;
  }

  /**
   * Counts the request that is being served by who has proven to send it. Only after the proof: otherwise anybody could use
   * up another's allowance by naming him. Does nothing outside a request.
   * @param who address of the wallet whose signature was verified, or hash of the session id that was found alive
   * @throws DomainError `too_many_requests`; DatabaseUnavailableError in production
   */
  async admit(name: ProvenLimitName, who: string): Promise<void> {
    const request = currentContext()?.request;
    if (request === undefined) return;
    const count = await this.hit(request, {
      name,
      limit: PROVEN_LIMITS[name],
      client: who,
      scope: SCOPES[name],
    });
    if (isOver(count)) throw tooManyRequests(count);
  }

  /** Every count of this request so far. */
  countsOf(request: FastifyRequest): readonly RateCount[] {
    return this.counts.get(request) ?? [];
  }

  /** The headers of its answer. */
  headersOf(request: FastifyRequest): Record<string, string> {
    return rateHeaders(this.countsOf(request));
  }

  private async hit(
    request: FastifyRequest,
    { name, limit, client, scope }: { name: string; limit: RateLimit; client: string; scope: string },
  ): Promise<RateCount> {
    const key = windowKey(routeOf(request), name, client);
    const record = await this.storage.increment(key, limit.windowSeconds * 1_000, limit.limit, 0, name);
    const count = { name, scope, limit, hits: record.totalHits, secondsLeft: record.timeToExpire };
    this.counts.set(request, [...this.countsOf(request), count]);
    return count;
  }
}

/** A HEAD is a GET without its body: it has no allowance of its own. */
function routeOf({ method, routeOptions }: FastifyRequest): string {
  return `${method === 'HEAD' ? 'GET' : method} ${routeOptions.url ?? 'none'}`;
}
