import { Injectable } from '@nestjs/common';
import { RateLimiter } from './rate-limiter.service.js';
import { windowKey } from './rate-window.js';

/** How many refusals of callers who have proven nothing are worth a row each: of all callers, routes and replicas together. */
export const ANONYMOUS_REFUSALS = { limit: 15, windowSeconds: 120 } as const;

const KEY = windowKey('all routes', 'anonymous refusals', 'everybody');

/** One budget for all that anonymous callers may leave behind, however many addresses they have. */
@Injectable()
export class AnonymousBudget {
  constructor(private readonly limiter: RateLimiter) {}

  /** @returns false when the window's budget is used up. @throws DatabaseUnavailableError in production, within a second */
  async take(): Promise<boolean> {
    const { limit, windowSeconds } = ANONYMOUS_REFUSALS;
    const { isBlocked } = await this.limiter.increment(KEY, windowSeconds * 1_000, limit, 0, 'anonymous');
    return !isBlocked;
  }
}
