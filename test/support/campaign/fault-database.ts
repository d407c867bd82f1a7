import { createDataSource } from '#config/database/data-source.js';
import { parseEnvironment } from '#config/environment.js';
import { migrateUp } from '#migrations/runner.js';
import { createTestDatabase } from '../database.js';
import { pollUntil } from '../poll.js';
import { type PostgresPair, startPostgresPair } from '../processes/postgres-pair.js';
import { SmallDisk } from '../processes/small-disk.js';
import { TcpProxy } from '../proxies/tcp-proxy.js';

const MEGABYTES = 900;

/** The database of a campaign: reached by the service through a proxy that fails, and by the test through one that does not. */
export interface FaultDatabase {
  /** What the service is told. */
  readonly proxy: TcpProxy;
  /** The owner's; it follows the primary. */
  readonly url: string;
  /** Nothing where the server is shared with other tests. */
  readonly server?: OwnServer;
  end(): Promise<void>;
}

/** A copy of the template on the server that all tests share. */
export async function shareServer(): Promise<FaultDatabase> {
  const clone = await createTestDatabase();
  const proxy = await TcpProxy.before(clone.appUrl);
  return {
    proxy,
    url: clone.url,
    end: async () => {
      await proxy.close();
      await clone.drop();
    },
  };
}

/** A primary and its standby on a small disk, which may be ended, exchanged and filled up. */
export async function ownServer(): Promise<FaultDatabase> {
  const disk = SmallDisk.mount(MEGABYTES);
  const pair = await startPostgresPair({ path: disk.path, remove: () => undefined });
  const source = await createDataSource(parseEnvironment({ DATABASE_URL: pair.first.url })).initialize();
  await migrateUp(source);
  await source.destroy();
  const proxy = await TcpProxy.before(pair.first.url);
  const steady = await TcpProxy.before(pair.first.url);
  return {
    proxy,
    url: steady.url,
    server: new OwnServer(pair, disk, [proxy, steady]),
    end: async () => {
      disk.free();
      await Promise.all([proxy.close(), steady.close()]);
      await pair.end();
      disk.remove();
    },
  };
}

/** What happens to a server whose operators are unlucky. */
export class OwnServer {
  constructor(
    private readonly pair: PostgresPair,
    private readonly disk: SmallDisk,
    private readonly proxies: readonly TcpProxy[],
  ) {}

  async restart(): Promise<void> {
    await this.pair.primary.stop();
    await this.pair.primary.start();
  }

  async crash(): Promise<void> {
    await this.pair.primary.crash();
    await this.pair.primary.start();
  }

  /** The address moves a moment after the standby has taken over, as names do. */
  async failover(): Promise<void> {
    await this.pair.switchOver();
    for (const proxy of this.proxies) {
      proxy.retarget(this.pair.primary.url);
      proxy.breakConnections();
    }
  }

  fillDisk(): void {
    this.disk.fill();
  }

  /** Space, and whoever did not survive the want of it is started again. */
  async freeDisk(): Promise<void> {
    this.disk.free();
    for (const server of [this.pair.first, this.pair.second]) {
      if (server.isRunning) continue;
      await server.stop();
      await pollUntil('the server to be up', async () => {
        await server.start();
        return true;
      });
    }
  }
}
