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
  /** From the next start on it only follows, and refuses writes. */
  becomeStandby(): void;
  promote(): Promise<void>;
}

export interface PostgresPair {
  readonly first: PostgresServer;
  readonly second: PostgresServer;
  /** The second takes over; the first comes back as a standby. */
  switchOver(): Promise<void>;
  end(): Promise<void>;
}

/** Two real servers of this machine's PostgreSQL: the first is the primary, the second follows it by streaming. */
export async function startPostgresPair(): Promise<PostgresPair> {
  const folder = serverFolder();
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
    `unix_socket_directories = ''\nlisten_addresses = '127.0.0.1'\nfsync = off\nmax_connections = 60\nhot_standby = on\n`,
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
  return {
    first,
    second,
    switchOver: async () => {
      await first.stop();
      await second.promote();
      first.becomeStandby();
      await first.start();
    },
    end: async () => {
      await Promise.allSettled([first.stop(), second.stop()]);
      folder.remove();
    },
  };
}

function server(data: string, port: number): PostgresServer {
  let child: Child | undefined;
  const url = `postgresql://cts@127.0.0.1:${port}/postgres`;
  return {
    url,
    start: async () => {
      child = startAsServer('postgres', ['-D', data, '-p', String(port)]);
      await pollUntil('the server answers', () => execute(url, 'SELECT 1').catch(() => undefined));
    },
    stop: async () => {
      child?.process.kill('SIGINT');
      await child?.ended;
      child = undefined;
      rmSync(join(data, 'postmaster.pid'), { force: true });
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
