import { Injectable } from '@nestjs/common';
import { DatabaseUnavailableError } from '#src/common/database/database-errors.js';
import { QuickDatabase } from '#src/common/database/quick-database.js';
import { HitBatcher } from './hit-batcher.js';
import type { CountedKey } from './hit-group.js';
import type { RateWindow, WindowCounter } from './rate-window.js';

// The row locks of the upsert give each of any number of replicas other numbers; taken in the order of the keys, so that two
// replicas never wait for each other. The database's clock alone decides which window is open.
const HITS = `
  INSERT INTO public.rate_limits AS present (key, window_start, expires_at, hits)
  SELECT hit.key, opened.at, opened.at + make_interval(secs => hit.seconds), hit.hits
  FROM unnest($1::text[], $2::int[], $3::int[]) AS hit(key, seconds, hits)
  CROSS JOIN LATERAL (SELECT date_bin(make_interval(secs => hit.seconds), now(), 'epoch'::timestamptz) AS at) AS opened
  ORDER BY hit.key COLLATE "C"
  ON CONFLICT (key, window_start) DO UPDATE SET hits = present.hits + excluded.hits
  RETURNING key, hits, greatest(1, ceil(extract(epoch FROM expires_at - now())))::int AS "secondsLeft"`;

// In portions, so that a long backlog holds no lock for long. By the place of the rows: joined, the whole table might be read.
const PURGE = `
  DELETE FROM public.rate_limits WHERE ctid = ANY (ARRAY (
    SELECT ctid FROM public.rate_limits WHERE expires_at < now() ORDER BY expires_at LIMIT $1
    FOR UPDATE SKIP LOCKED))
  RETURNING 1`;
const PORTION = 2_000;

/** Fixed windows in public.rate_limits, exact across replicas. */
@Injectable()
export class PostgresCounter implements WindowCounter {
  private readonly batcher: HitBatcher;

  constructor(private readonly database: QuickDatabase) {
    this.batcher = new HitBatcher({
      send: (hits) => this.count(hits),
      limitMs: database.limitMs,
      late: () => new DatabaseUnavailableError(new Error('the rate limits could not be counted in time')),
    });
  }

  /** @throws DatabaseUnavailableError within a second */
  hit(key: string, windowSeconds: number): Promise<RateWindow> {
    return this.batcher.hit(key, windowSeconds);
  }

  /**
   * One statement for all of these hits. @returns by key, what each window has then
   * @throws DatabaseUnavailableError within a second
   */
  async count(hits: readonly CountedKey[]): Promise<ReadonlyMap<string, RateWindow>> {
    const rows = await this.database.query<RateWindow & { key: string }>(HITS, [
      hits.map(({ key }) => key),
      hits.map(({ windowSeconds }) => windowSeconds),
      hits.map(({ count }) => count),
    ]);
    return new Map(rows.map(({ key, hits: sum, secondsLeft }) => [key, { hits: sum, secondsLeft }]));
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
