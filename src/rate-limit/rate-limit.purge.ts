import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Settings } from '../../config/settings.js';
import { messageOf } from '../common/errors.js';
import { PostgresCounter } from './postgres-counter.service.js';

const EVERY_MS = 10 * 60_000;

/** Keeps public.rate_limits as small as the traffic of the last windows. */
@Injectable()
export class RateLimitPurge {
  private readonly logger = new Logger(RateLimitPurge.name);

  constructor(
    private readonly settings: Settings,
    private readonly counter: PostgresCounter,
  ) {}

  /** @returns how many windows were deleted */
  run(): Promise<number> {
    return this.counter.purge();
  }

  @Interval(EVERY_MS)
  async onInterval(): Promise<void> {
    if (!this.settings.env.JOBS_ENABLED) return;
    await this.run().catch((error: unknown) => this.logger.warn(`Purge failed: ${messageOf(error)}`));
  }
}
