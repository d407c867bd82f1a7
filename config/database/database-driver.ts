import pg from 'pg';
import { DatabaseUnavailableError, isDriverOutage } from '#src/common/database/database-errors.js';
import { demotions, SessionClient, type SessionClientConfig } from './session-client.js';

type ConnectCallback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  release: (error?: Error | boolean) => void,
) => void;

/**
 * A pool that begins anew when its database has moved: once a connection has met a database that takes no writes, all are
 * ended, and once one has broken, the idle ones are. The next user connects to wherever the address leads by then.
 * Failures to give a connection are of one class: pg reports some of them with nothing but a sentence.
 */
class WatchfulPool extends pg.Pool {
  private readonly open = new Set<pg.PoolClient>();
  private readonly lent = new Set<pg.PoolClient>();
  private readonly onDemotion = () => this.abandon(this.open);

  constructor(options: pg.PoolConfig & SessionClientConfig = {}) {
    super({ ...options, Client: SessionClient });
    this.on('connect', (client) => void this.open.add(client));
    this.on('remove', (client) => this.forget(client));
    this.on('acquire', (client) => void this.lent.add(client));
    this.on('release', (error: unknown, client) => this.takeBack(error, client));
    // An idle one broke. Unheard, the error would also end the process.
    this.on('error', () => this.abandonIdle());
    demotions.on('demoted', this.onDemotion);
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

  override end(): Promise<void>;
  override end(callback: () => void): void;
  override end(callback?: () => void): Promise<void> | void {
    demotions.off('demoted', this.onDemotion);
    return callback === undefined ? super.end() : super.end(callback);
  }

  private takeBack(error: unknown, client: pg.PoolClient): void {
    this.lent.delete(client);
    if (error instanceof Error && isDriverOutage(error)) this.abandonIdle();
  }

  private forget(client: pg.PoolClient): void {
    this.open.delete(client);
    this.lent.delete(client);
  }

  private abandonIdle(): void {
    this.abandon([...this.open].filter((client) => !this.lent.has(client)));
  }

  private abandon(clients: Iterable<pg.PoolClient>): void {
    for (const client of clients) if (client instanceof SessionClient) client.abandon();
  }
}

/** pg with the pool above, for TypeORM's `driver` option. */
export const databaseDriver = { ...pg, Pool: WatchfulPool, Client: SessionClient };
