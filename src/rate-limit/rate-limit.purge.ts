import { Injectable } from '@nestjs/common';
import { PostgresCounter } from './postgres-counter.service.js';

/** Keeps public.rate_limits as small as the traffic of the last windows. */
@Injectable()
export class RateLimitPurge {
  constructor(private readonly counter: PostgresCounter) {}

  /** @returns how many windows were deleted */
  run(): Promise<number> {
    return this.counter.purge();
  }
}
