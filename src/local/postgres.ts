import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { LocalWorldError } from './local-world-error.js';
import { freePort } from './ports.js';
import { runnableBinaries } from './postgres-binaries.js';
import { CHILD_ENVIRONMENT, type ServerUser, serverUser } from './postgres-user.js';

/** A running server with an empty database, gone with everything in it after `stop()`. */
export interface LocalPostgres {
  /** postgresql:// URL of a superuser. */
  readonly url: string;
  stop(): Promise<void>;
}

type Keeper = ChildProcessByStdio<Writable, null, Readable>;

const USER = 'cts';
const START_DEADLINE_MS = 60_000;
const PORT_ATTEMPTS = 3;
const LOG_LINES = 20;

/**
 * Waits for the name of the folder with the binaries, runs initdb, then the server; each until it ends or its owner is
 * gone: standard input is a pipe from the owner, and the system closes it however the owner ends. Then removes the folder.
 * A child of a killed initdb may still be writing, hence the repetition; and nobody reads the log any more, hence the trap.
 * A shell, because it starts in a millisecond and outlives whatever ends all processes of ours by name.
 * Arguments: the folder, then the server's flags.
 */
const KEEPER = `
exec 3<&0 </dev/null
trap '' PIPE
folder=$1
shift
guarded() {
  signal=$1; shift
  "$@" 3<&- & child=$!
  ( read -r _ <&3; kill -$signal $child ) 2>/dev/null & watch=$!
  wait $child; code=$?
  kill $watch 2>/dev/null
  return $code
}
IFS= read -r native <&3 &&
guarded KILL "$native/bin/initdb" -D "$folder/data" -U ${USER} --pwfile="$folder/password" --auth=scram-sha-256 \\
  --encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8 --no-sync --no-instructions >&2 &&
guarded QUIT "$native/bin/postgres" -D "$folder/data" "$@"
code=$?
cd /
for try in 1 2 3 4 5; do
  rm -rf "$folder" 2>/dev/null && break
  sleep 1
done
exit $code
`;

/** The data is thrown away at the end, so nothing needs to survive a crash. */
const SERVER_SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'timezone=UTC',
  'log_timezone=UTC',
];

/**
 * Starts an embedded PostgreSQL on a free port of 127.0.0.1. It ends with this process, however this process ends.
 * @throws LocalWorldError that says what to do instead, with the server's last log lines where there are any.
 */
export async function startPostgres(): Promise<LocalPostgres> {
  const user = serverUser();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(user);
    } catch (error) {
      // Somebody took the port between looking and listening.
      const lostPort = error instanceof LocalWorldError && /could not bind/i.test(error.message);
      if (!lostPort || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}

async function startOnce(user: ServerUser): Promise<LocalPostgres> {
  const folder = makeFolder(user);
  const port = await freePort();
  const keeper = spawnKeeper(folder, port, user);
  try {
    const password = randomBytes(16).toString('hex');
    writeOwned(join(folder, 'password'), `${password}\n`, user);
    const log = untilReady(keeper);
    keeper.stdin.write(`${runnableBinaries(folder, user)}\n`);
    return running(keeper, await log, folder, `postgresql://${USER}:${password}@127.0.0.1:${port}/postgres`);
  } catch (error) {
    keeper.stdin.destroy();
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function spawnKeeper(folder: string, port: number, user: ServerUser): Keeper {
  const flags = ['-p', String(port), ...SERVER_SETTINGS.flatMap((setting) => ['-c', setting])];
  const keeper = spawn('/bin/sh', ['-c', KEEPER, 'commit-to-ship-postgres', folder, ...flags], {
    ...user,
    cwd: folder,
    env: CHILD_ENVIRONMENT,
    // A process group of its own: Ctrl-C reaches us alone, and the server stops last.
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  keeper.stdin.on('error', () => undefined);
  return keeper;
}

/** A fresh folder that the server's user can reach and remove: a private TMPDIR may be closed to it. */
function makeFolder(user: ServerUser): string {
  for (const parent of new Set([tmpdir(), '/tmp', '/var/tmp'])) {
    let folder: string;
    try {
      folder = mkdtempSync(join(parent, 'commit-to-ship-pg-'));
    } catch {
      continue;
    }
    if (!('uid' in user)) return folder;
    chownSync(folder, user.uid, user.gid);
    const check = spawnSync('/bin/sh', ['-c', '[ -w "$1/.." ]', 'sh', folder], {
      ...user,
      cwd: '/',
      stdio: 'ignore',
    });
    if (check.status === 0) return folder;
    rmSync(folder, { recursive: true, force: true });
  }
  throw new LocalWorldError(
    'The embedded PostgreSQL finds no temporary folder to keep its data in. Set TMPDIR to one, or DATABASE_URL to a PostgreSQL of your own.',
  );
}

function writeOwned(path: string, text: string, user: ServerUser): void {
  writeFileSync(path, text, { mode: 0o600 });
  if ('uid' in user) chownSync(path, user.uid, user.gid);
}

/** Resolves when the server takes connections, with its last log lines, which go on being kept up to date. */
function untilReady(keeper: Keeper): Promise<string[]> {
  const log: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(timer);
      reject(new LocalWorldError(withLog(`The embedded PostgreSQL did not start: ${why}.`, log)));
    };
    const timer = setTimeout(() => fail(`not ready after ${START_DEADLINE_MS / 1000} s`), START_DEADLINE_MS);
    keeper.once('error', (error) => fail(error.message));
    keeper.once('close', (code) => fail(`it ended with code ${code}`));
    createInterface({ input: keeper.stderr }).on('line', (line) => {
      log.push(line);
      if (log.length > LOG_LINES) log.shift();
      if (!line.includes('ready to accept connections')) return;
      clearTimeout(timer);
      resolve(log);
    });
  });
}

function running(keeper: Keeper, log: readonly string[], folder: string, url: string): LocalPostgres {
  const ended = new Promise<void>((resolve) => keeper.once('close', () => resolve()));
  let stopping = false;
  keeper.once('close', () => {
    if (!stopping) process.stderr.write(`${withLog('The embedded PostgreSQL has ended by itself.', log)}\n`);
    keeper.stdin.destroy();
  });
  // A process that has nothing else to do may end; the server follows.
  setReferenced(keeper, false);
  return {
    url,
    stop: async () => {
      stopping = true;
      setReferenced(keeper, true);
      keeper.stdin.destroy();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function setReferenced(keeper: Keeper, referenced: boolean): void {
  // The pipes of a child are sockets; the types do not say so.
  const pipes = [keeper.stdin, keeper.stderr] as unknown as Socket[];
  for (const handle of [keeper, ...pipes]) {
    if (referenced) handle.ref();
    else handle.unref();
  }
}

function withLog(message: string, log: readonly string[]): string {
  return [message, ...log.map((line) => `  ${line}`)].join('\n');
}
