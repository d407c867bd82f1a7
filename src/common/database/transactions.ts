import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type DataSource, type EntityManager, QueryFailedError, type QueryRunner } from 'typeorm';
import { ChangeTickets } from './change-tickets.port.js';

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';
const ATTEMPTS = 3;
const BEGIN_SNAPSHOT = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';
// One round trip: nothing waits for the number alone.
const BEGIN = 'BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_current_xact_id()::text AS txid';

/**
 * Opens database transactions for services. A serialization failure or deadlock is run again from the start, which is
 * safe because nothing but the database is touched inside one: no network call belongs in `work`.
 */
@Injectable()
export class Transactions {
  private readonly afterCommit = new WeakMap<EntityManager, (() => void)[]>();
  private readonly lastStatements = new WeakMap<EntityManager, (() => Promise<void>)[]>();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly tickets: ChangeTickets,
  ) {}

  /** For reads outside a transaction. */
  get manager(): EntityManager {
    return this.dataSource.manager;
  }

  async run<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (attempt === ATTEMPTS || !isRetryable(error)) throw error;
      }
    }
  }

  /** Reads everything as of one moment: what others commit meanwhile is seen whole or not at all. */
  async snapshot<T>(read: (manager: EntityManager) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    const begun = async () => {
      await runner.query(BEGIN_SNAPSHOT);
      return 'COMMIT';
    };
    return within(runner, begun, read);
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

  /**
   * Does work as the last thing before the commit of this manager's transaction.
   * @returns false, with nothing done, where it writes outside a transaction
   */
  beforeCommit(manager: EntityManager, work: () => Promise<void>): boolean {
    const waiting = this.lastStatements.get(manager);
    waiting?.push(work);
    return waiting !== undefined;
  }

  private async attempt<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const callbacks: (() => void)[] = [];
    const runner = this.dataSource.createQueryRunner();
    const last: (() => Promise<void>)[] = [];
    this.afterCommit.set(runner.manager, callbacks);
    this.lastStatements.set(runner.manager, last);
    const begun = async () => this.commitOf(await begin(runner));
    const answer = await within(runner, begun, async (manager) => {
      const result = await work(manager);
      for (const statement of last) await statement();
      return result;
    });
    for (const callback of callbacks) callback();
    return answer;
  }

  /** The journal of changes is written at the COMMIT (migration 0018), and takes the ticket along. */
  private commitOf(txid: string): string {
    const ticket = this.tickets.for(txid);
    return ticket === null ? 'COMMIT' : `SET LOCAL cts.ticket = '${ticket}'; COMMIT`;
  }
}

/** @param begun opens the transaction; answers the statement that commits it */
async function within<T>(
  runner: QueryRunner,
  begun: () => Promise<string>,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  try {
    const commit = await begun();
    setActive(runner, true);
    const answer = await work(runner.manager);
    await runner.query(commit);
    return answer;
  } catch (error) {
    await runner.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    setActive(runner, false);
    await runner.release();
  }
}

/** @returns the transaction's number, decimal digits */
async function begin(runner: QueryRunner): Promise<string> {
  type Client = { query(sql: string): Promise<readonly { rows: readonly { txid: string }[] }[]> };
  // TypeORM gives no rows of a text with two statements.
  const client = (await runner.connect()) as Client;
  const [, numbered] = await client.query(BEGIN).catch((error: unknown) => {
    throw new QueryFailedError(BEGIN, [], error as Error);
  });
  return numbered?.rows[0]?.txid ?? '0';
}

/** TypeORM wants to know where it may lock rows. */
function setActive(runner: QueryRunner, isTransactionActive: boolean): void {
  Object.assign(runner, { isTransactionActive });
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
