import type { OnApplicationShutdown } from '@nestjs/common';
import type { Pool } from 'pg';
import { within } from '#src/common/time/within.js';
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
      return await within(this.limitMs, answer, () => {
        throw new DatabaseUnavailableError(new Error(`no answer within ${this.limitMs} ms`));
      });
    } catch (error) {
      throw isDriverOutage(error) ? new DatabaseUnavailableError(error) : error;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
