import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pollUntil } from '../poll.js';
import { freePort } from '../ports.js';
import { execute } from '../sql.js';
import type { Child } from './child.js';
import { runAsServer, serverFolder, startAsServer } from './system-programs.js';

/** One server of a pair. */
export interface PostgresServer {
  readonly url: string;
  start(): Promise<void>;
  /** As a clean shutdown does: what was committed has reached the standby. */
  stop(): Promise<void>;
  /** As a power cut does, but for the disk: nothing is written any more, and the next start recovers. */
  crash(): Promise<void>;
  readonly isRunning: boolean;
  /** From the next start on it only follows, and refuses writes. */
  becomeStandby(): void;
  promote(): Promise<void>;
}

export interface PostgresPair {
  readonly first: PostgresServer;
  readonly second: PostgresServer;
  /** The one that takes writes. */
  readonly primary: PostgresServer;
  /** The standby takes over; the primary comes back as a standby. As often as wanted. */
  switchOver(): Promise<void>;
  end(): Promise<void>;
}

/**
 * Two real servers of this machine's PostgreSQL: the first is the primary, the second follows it by streaming.
 * @param folder of the server's user
 */
export async function startPostgresPair(folder = serverFolder()): Promise<PostgresPair> {
  const [firstPort, secondPort] = [await freePort(), await freePort()];
  const firstData = join(folder.path, 'first');
  runAsServer('initdb', [
    '-D',
    firstData,
    '-U',
    'cts',
    '--auth=trust',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
  ]);
  appendFileSync(
    join(firstData, 'postgresql.conf'),
    `unix_socket_directories = ''\nlisten_addresses = '127.0.0.1'\nfsync = off\nmax_connections = 200\nhot_standby = on\n` +
      // Read by a standby alone: the first is one after a switch-over.
      `primary_conninfo = 'host=127.0.0.1 port=${secondPort} user=cts'\nmin_wal_size = 80MB\nmax_wal_size = 96MB\n`,
  );
  const first = server(firstData, firstPort);
  await first.start();
  const secondData = join(folder.path, 'second');
  const source = ['-h', '127.0.0.1', '-p', String(firstPort), '-U', 'cts'];
  runAsServer('pg_basebackup', [
    ...source,
    '-D',
    secondData,
    '-R',
    '-X',
    'stream',
    '-c',
    'fast',
    '--no-sync',
  ]);
  const second = server(secondData, secondPort);
  await second.start();
  let [primary, standby] = [first, second];
  return {
    first,
    second,
    get primary() {
      return primary;
    },
    switchOver: async () => {
      await untilFollowed(primary);
      await primary.stop();
      [primary, standby] = [standby, primary];
      await primary.promote();
      standby.becomeStandby();
      await standby.start();
    },
    end: async () => {
      await Promise.allSettled([first.stop(), second.stop()]);
      folder.remove();
    },
  };
}

/** A standby that is connected gets everything before a clean end. */
async function untilFollowed({ url }: PostgresServer): Promise<void> {
  await pollUntil('a standby to follow', async () => {
    const [row] = await execute<{ count: number }>(
      url,
      `SELECT count(*)::int AS count FROM pg_stat_replication WHERE state = 'streaming'`,
    );
    return row?.count === 1;
  });
}

function server(data: string, port: number): PostgresServer {
  let child: Child | undefined;
  const url = `postgresql://cts@127.0.0.1:${port}/postgres`;
  const end = async (signal: NodeJS.Signals) => {
    child?.process.kill(signal);
    await child?.ended;
    child = undefined;
    rmSync(join(data, 'postmaster.pid'), { force: true });
  };
  return {
    url,
    start: async () => {
      child = startAsServer('postgres', ['-D', data, '-p', String(port)]);
      await pollUntil('the server answers', () => execute(url, 'SELECT 1').catch(() => undefined));
    },
    stop: () => end('SIGINT'),
    crash: () => end('SIGQUIT'),
    get isRunning() {
      return child?.process.exitCode === null && child.process.signalCode === null;
    },
    becomeStandby: () => {
      // Owned by root is good enough: the server only looks whether it is there, and removes it never here.
      writeFileSync(join(data, 'standby.signal'), '');
    },
    promote: async () => {
      await execute(url, 'SELECT pg_promote()');
      await pollUntil('it takes writes', async () => {
        const [row] = await execute<{ standby: boolean }>(url, 'SELECT pg_is_in_recovery() AS standby');
        return row?.standby === false;
      });
    },
  };
}
