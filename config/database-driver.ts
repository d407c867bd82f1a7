import pg from 'pg';
import { DatabaseUnavailableError } from '../src/common/database-errors.js';

/**
 * A connection that has missed its read timeout is never used again. pg would hand it out with the silent statement still
 * under way, so each next user, the ROLLBACK first, would wait out the same timeout once more.
 */
class ImpatientClient extends pg.Client {
  override query(...call: never[]): never {
    const answer: unknown = Reflect.apply(super.query as (...call: unknown[]) => unknown, this, call);
    if (answer instanceof Promise) answer.catch((error: unknown) => this.dropWhenSilent(error));
    return answer as never;
  }

  private dropWhenSilent(error: unknown): void {
    if (!(error instanceof Error) || error.message !== 'Query read timeout') return;
    const { connection } = this as unknown as { connection?: { stream?: { destroy(): void } } };
    connection?.stream?.destroy();
  }
}

type ConnectCallback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  release: (error?: Error | boolean) => void,
) => void;

/** A pool whose failures to give a connection are of one class: pg reports some of them with nothing but a sentence. */
class WatchfulPool extends pg.Pool {
  constructor(options: pg.PoolConfig = {}) {
    super({ ...options, Client: ImpatientClient });
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | void {
    if (callback === undefined) {
      return super.connect().catch((error: unknown) => {
        throw new DatabaseUnavailableError(error);
      });
    }
    super.connect((error, client, release) => {
      callback(error === undefined ? error : new DatabaseUnavailableError(error), client, release);
    });
  }
}

/** pg with the pool above, for TypeORM's `driver` option. */
export const databaseDriver = { ...pg, Pool: WatchfulPool };
