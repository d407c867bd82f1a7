import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Pool } from 'pg';
import { DatabaseUnavailableError, isDriverOutage } from './database-errors.js';
import { type NamedStatement, Pipeline } from './pipeline.js';

const PIPELINES = 2;

/** A source of rows: the database that is written to, or a copy of it. */
class Source {
  private readonly pipeline: Pipeline;

  constructor(private readonly pool: Pool) {
    this.pipeline = new Pipeline(pool, PIPELINES);
  }

  async one<T extends object>(statement: NamedStatement, values: readonly unknown[]): Promise<T | null> {
    return (await asOutage(this.pipeline.query<T>(statement, values)))[0] ?? null;
  }

  async many<T extends object>(text: string, values: readonly unknown[]): Promise<T[]> {
    return (await asOutage(this.pool.query<T>(text, [...values]))).rows;
  }

  async end(): Promise<void> {
    await this.pipeline.end();
    await this.pool.end();
  }
}

/**
 * Reads for answers, each one statement, on connections of their own. What anybody may see comes from the copy at
 * DATABASE_READ_URL where there is one, which may be behind; while it is away, from the database itself.
 */
export class ReadDatabase implements OnApplicationShutdown {
  private readonly logger = new Logger(ReadDatabase.name);
  private readonly main: Source;
  private readonly copy: Source | undefined;
  private isCopyAway = false;

  constructor(main: Pool, copy?: Pool) {
    this.main = new Source(main);
    this.copy = copy && new Source(copy);
  }

  /** Of a look-up by key, as the database has it now. @throws DatabaseUnavailableError */
  one<T extends object>(statement: NamedStatement, values: readonly unknown[]): Promise<T | null> {
    return this.main.one(statement, values);
  }

  /** The same for the public. What the copy does not have yet is asked of the database: whoever has just made it finds it. */
  async publicOne<T extends object>(
    statement: NamedStatement,
    values: readonly unknown[],
  ): Promise<T | null> {
    const found = await this.fromCopy((copy) => copy.one<T>(statement, values));
    return found ?? this.main.one(statement, values);
  }

  /** A page for the public. @throws DatabaseUnavailableError */
  async publicMany<T extends object>(text: string, values: readonly unknown[]): Promise<T[]> {
    const found = await this.fromCopy((copy) => copy.many<T>(text, values));
    return found ?? this.main.many(text, values);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.main.end(), this.copy?.end()]);
  }

  private async fromCopy<T>(read: (copy: Source) => Promise<T>): Promise<T | null> {
    if (this.copy === undefined) return null;
    try {
      const found = await read(this.copy);
      this.note(false);
      return found;
    } catch (error) {
      if (!(error instanceof DatabaseUnavailableError)) throw error;
      this.note(true);
      return null;
    }
  }

  private note(isAway: boolean): void {
    if (isAway === this.isCopyAway) return;
    this.isCopyAway = isAway;
    if (isAway)
      this.logger.warn('DATABASE_READ_URL cannot be read: DATABASE_URL serves public reads as well.');
    else this.logger.log('DATABASE_READ_URL is back and serves public reads.');
  }
}

async function asOutage<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw isDriverOutage(error) && !(error instanceof DatabaseUnavailableError)
      ? new DatabaseUnavailableError(error)
      : error;
  }
}
