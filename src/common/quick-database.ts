import type { OnApplicationShutdown } from '@nestjs/common';
import type { Pool } from 'pg';
import { DatabaseUnavailableError, isDriverOutage } from './database-errors.js';

/**
 * A few connections of their own for what stands before the work: rate limits and health probes. Neither waits for a busy
 * or frozen database longer than `limitMs`, nor takes connections from the requests that are being served.
 */
export class QuickDatabase implements OnApplicationShutdown {
  constructor(
    private readonly pool: Pool,
    /** No statement takes longer. */
    readonly limitMs: number,
  ) {}

  /** @throws DatabaseUnavailableError when there is no answer within the limit. */
  async query<T extends object>(sql: string, parameters: readonly unknown[] = []): Promise<T[]> {
    const answer = this.pool.query<T>(sql, [...parameters]).then((result) => result.rows);
    try {
      return await within(this.limitMs, answer);
    } catch (error) {
      throw isDriverOutage(error) ? new DatabaseUnavailableError(error) : error;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}

/** The answer, or a DatabaseUnavailableError once `limitMs` have passed. */
async function within<T>(limitMs: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new DatabaseUnavailableError(new Error(`no answer within ${limitMs} ms`));
    timer = setTimeout(() => reject(error), limitMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
    answer.catch(() => undefined);
  }
}
