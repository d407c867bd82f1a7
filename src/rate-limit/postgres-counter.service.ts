import { Injectable } from '@nestjs/common';
import { QuickDatabase } from '../common/quick-database.js';
import type { RateWindow, WindowCounter } from './rate-window.js';

// One statement: the row lock of the upsert gives each of any number of replicas another number. The database's clock
// alone decides which window is open.
const HIT = `
  INSERT INTO public.rate_limits AS present (key, window_start, expires_at, hits)
  SELECT $1, opened.at, opened.at + make_interval(secs => $2), 1
  FROM (SELECT date_bin(make_interval(secs => $2), now(), 'epoch'::timestamptz) AS at) AS opened
  ON CONFLICT (key, window_start) DO UPDATE SET hits = present.hits + 1
  RETURNING hits, greatest(1, ceil(extract(epoch FROM expires_at - now())))::int AS "secondsLeft"`;

// In portions, so that a long backlog holds no lock for long.
const PURGE = `
  DELETE FROM public.rate_limits WHERE (key, window_start) IN (
    SELECT key, window_start FROM public.rate_limits WHERE expires_at < now() ORDER BY expires_at LIMIT $1
    FOR UPDATE SKIP LOCKED)
  RETURNING 1`;
const PORTION = 2_000;

/** Fixed windows in public.rate_limits, exact across replicas. */
@Injectable()
export class PostgresCounter implements WindowCounter {
  constructor(private readonly database: QuickDatabase) {}

  /** @throws DatabaseUnavailableError within a second */
  async hit(key: string, windowSeconds: number): Promise<RateWindow> {
    const [window] = await this.database.query<RateWindow>(HIT, [key, windowSeconds]);
    if (window === undefined) throw new Error('the rate limit upsert returned no row');
    return window;
  }

  /** Deletes windows that are over. @returns how many */
  async purge(): Promise<number> {
    let deleted = 0;
    for (;;) {
      const portion = await this.database.query(PURGE, [PORTION]);
      deleted += portion.length;
      if (portion.length < PORTION) return deleted;
    }
  }
}
