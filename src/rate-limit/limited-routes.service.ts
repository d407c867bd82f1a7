import { Injectable } from '@nestjs/common';
import { PROVEN_LIMITS, RATE_LIMITS, type RateLimit, type RateLimitName } from '#src/common/rate-limits.js';
import { MEMORY_ONLY } from './rate-limiter.service.js';
import { windowKey } from './rate-window.js';

interface LimitedRoute {
  /** As the counters name it: `POST /api/commitments`. */
  readonly route: string;
  readonly name: RateLimitName;
}

/** What counts one client at one route. */
export interface ClientCounter {
  readonly key: string;
  readonly route: string;
  /** Of RATE_LIMITS or PROVEN_LIMITS. */
  readonly name: string;
  readonly limit: RateLimit;
}

/** All routes with their limits: keys of counters are hashes, and only whoever knows route and client finds them. */
@Injectable()
export class LimitedRoutes {
  private readonly routes: LimitedRoute[] = [];

  note(methods: readonly string[], url: string, name: RateLimitName): void {
    if (name === MEMORY_ONLY) return;
    const counted = methods.filter((method) => method !== 'HEAD' && method !== 'OPTIONS');
    this.routes.push(...counted.map((method) => ({ route: `${method} ${url}`, name })));
  }

  /** @param client an address as `clientOf` names it, or a wallet */
  countersOf(client: string): ClientCounter[] {
    return this.routes.flatMap(({ route, name }) => [
      { key: windowKey(route, name, client), route, name, limit: RATE_LIMITS[name] },
      { key: windowKey(route, 'wallet', client), route, name: 'wallet', limit: PROVEN_LIMITS.wallet },
    ]);
  }
}
