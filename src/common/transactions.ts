import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { DatabaseUnavailableError, isLostConnection } from './database-errors.js';

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';
const ATTEMPTS = 3;

/**
 * Opens database transactions for services. A serialization failure or deadlock is run again from the start, which is
 * safe because nothing but the database is touched inside one: no network call belongs in `work`.
 */
@Injectable()
export class Transactions {
  private readonly afterCommit = new WeakMap<EntityManager, (() => void)[]>();

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** For reads outside a transaction. */
  get manager(): EntityManager {
    return this.dataSource.manager;
  }

  async run<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (isLostConnection(error)) throw new DatabaseUnavailableError(error);
        if (attempt === ATTEMPTS || !isRetryable(error)) throw error;
      }
    }
  }

  /**
   * Calls back once what this manager has written is committed: at once where it writes outside a transaction, and never for
   * an attempt that is rolled back.
   */
  onCommit(manager: EntityManager, callback: () => void): void {
    const waiting = this.afterCommit.get(manager);
    if (waiting === undefined) callback();
    else waiting.push(callback);
  }

  private async attempt<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const callbacks: (() => void)[] = [];
    const answer = await this.dataSource.transaction('READ COMMITTED', async (manager) => {
      this.afterCommit.set(manager, callbacks);
      return work(manager);
    });
    for (const callback of callbacks) callback();
    return answer;
  }
}

function isRetryable(error: unknown): boolean {
  const code = sqlState(error);
  return code === SERIALIZATION_FAILURE || code === DEADLOCK;
}

/** SQLSTATE of a PostgreSQL error, also when TypeORM has wrapped it. */
export function sqlState(error: unknown): string | undefined {
  const candidate = error as { code?: unknown; driverError?: { code?: unknown } } | null | undefined;
  const code = candidate?.driverError?.code ?? candidate?.code;
  return typeof code === 'string' ? code : undefined;
}

/** Name of the constraint that refused a row, or undefined when the error is another one. */
export function violatedConstraint(error: unknown): string | undefined {
  const state = sqlState(error);
  if (state === undefined || !state.startsWith('23')) return undefined;
  const driverError = (error as { driverError?: { constraint?: string }; constraint?: string }).driverError;
  return driverError?.constraint ?? (error as { constraint?: string }).constraint;
}
