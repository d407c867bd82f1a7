import { Injectable, Logger } from '@nestjs/common';
import type { ThrottlerStorage } from '@nestjs/throttler';
import { Settings } from '#config/settings.js';
import { Clock } from '#src/common/clock.js';
import { isDatabaseOutage } from '#src/common/database/database-errors.js';
import { MemoryCounter } from './memory-counter.js';
import { PostgresCounter } from './postgres-counter.service.js';
import type { RateWindow } from './rate-window.js';

/** The limit of the probes: it must not ask the database, whose absence they report. */
export const MEMORY_ONLY = 'probe';

/**
 * The throttler's storage. Counts in PostgreSQL. While that is away, production refuses (an attacker must not gain by
 * bringing it down), and elsewhere a window in memory takes over.
 */
@Injectable()
export class RateLimiter implements ThrottlerStorage {
  private readonly logger = new Logger(RateLimiter.name);
  private readonly memory: MemoryCounter;
  private inMemory = false;

  constructor(
    clock: Clock,
    private readonly settings: Settings,
    private readonly postgres: PostgresCounter,
  ) {
    this.memory = new MemoryCounter(() => clock.now().getTime());
  }

  /**
   * @param ttl length of the window in milliseconds
   * @param limitName a name of RATE_LIMITS
   * @throws DatabaseUnavailableError in production, within a second
   */
  async increment(key: string, ttl: number, limit: number, _block: number, limitName: string) {
    const { hits, secondsLeft } = await this.hit(key, ttl / 1_000, limitName);
    return {
      totalHits: hits,
      timeToExpire: secondsLeft,
      isBlocked: hits > limit,
      timeToBlockExpire: secondsLeft,
    };
  }

  private async hit(key: string, windowSeconds: number, limitName: string): Promise<RateWindow> {
    if (limitName === MEMORY_ONLY) return this.memory.hit(key, windowSeconds);
    try {
      const window = await this.postgres.hit(key, windowSeconds);
      this.note(false);
      return window;
    } catch (error) {
      if (this.settings.isProduction || !isDatabaseOutage(error)) throw error;
      this.note(true);
      return this.memory.hit(key, windowSeconds);
    }
  }

  private note(inMemory: boolean): void {
    if (inMemory === this.inMemory) return;
    this.inMemory = inMemory;
    if (inMemory) this.logger.warn('The database is away: rate limits are counted in memory.');
    else this.logger.log('The database is back: rate limits are counted there again.');
  }
}
