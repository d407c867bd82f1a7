import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Interface, createInterface } from 'node:readline';
import { LocalWorldError } from '#src/local/support/local-world-error.js';
import { freePort } from '#src/local/support/ports.js';
import { runnableBinaries } from './postgres-binaries.js';
import { CHILD_ENVIRONMENT, type ServerUser, serverUser } from './postgres-user.js';

/** A running server with an empty database, gone with everything in it after `stop()`. */
export interface LocalPostgres {
  /** postgresql:// URL of a superuser. */
  readonly url: string;
  stop(): Promise<void>;
}

type Keeper = ChildProcessWithoutNullStreams;

const USER = 'cts';
const START_DEADLINE_MS = 60_000;
const PORT_ATTEMPTS = 3;
const LOG_LINES = 20;

/**
 * Makes a folder and names it on standard output, reads the name of the folder with the binaries, runs initdb, then the
 * server; each step until it ends or its owner is gone: standard input is a pipe from the owner, and the system closes it
 * however the owner ends. Then removes the folder, again if need be: a child of a killed initdb may still be writing.
 * Nobody reads the log any more at that time, hence the trap.
 * A shell, because it starts in a millisecond and outlives whatever ends all processes of ours by name.
 * Arguments: the wanted parent of the folder, then the server's flags.
 */
const KEEPER = `
exec 3<&0 </dev/null
trap '' PIPE
umask 077
for parent in "$1" /tmp /var/tmp; do
  folder=$(mktemp -d "$parent/commit-to-ship-pg-XXXXXX" 2>/dev/null) && break
done
shift
if [ -z "$folder" ] || ! cd "$folder"; then
  echo 'There is no temporary folder to keep its data in. Set TMPDIR to one, or DATABASE_URL.' >&2
  exit 1
fi
echo "$folder"
exec >&2
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
  --encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8 --no-sync --no-instructions &&
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
  const port = await freePort();
  const keeper = spawnKeeper(port, user);
  const log: string[] = [];
  const errors = createInterface({ input: keeper.stderr }).on('line', (line) => {
    log.push(line);
    if (log.length > LOG_LINES) log.shift();
  });
  try {
    const folder = await untilLine(keeper, createInterface({ input: keeper.stdout }), '/', log);
    const password = randomBytes(16).toString('hex');
    writeOwned(join(folder, 'password'), `${password}\n`, user);
    const ready = untilLine(keeper, errors, 'ready to accept connections', log);
    keeper.stdin.write(`${runnableBinaries(folder, user)}\n`);
    await ready;
    return running(keeper, log, folder, `postgresql://${USER}:${password}@127.0.0.1:${port}/postgres`);
  } catch (error) {
    keeper.stdin.destroy();
    throw error;
  }
}

/** The folder is the keeper's own work, so that there is no moment at which it belongs to nobody. */
function spawnKeeper(port: number, user: ServerUser): Keeper {
  const flags = ['-p', String(port), ...SERVER_SETTINGS.flatMap((setting) => ['-c', setting])];
  const keeper = spawn('/bin/sh', ['-c', KEEPER, 'commit-to-ship-postgres', tmpdir(), ...flags], {
    ...user,
    cwd: '/',
    env: CHILD_ENVIRONMENT,
    // A process group of its own: Ctrl-C reaches us alone, and the server stops last.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  keeper.stdin.on('error', () => undefined);
  return keeper;
}

function writeOwned(path: string, text: string, user: ServerUser): void {
  writeFileSync(path, text, { mode: 0o600 });
  if ('uid' in user) chownSync(path, user.uid, user.gid);
}

/** Resolves with the first line that contains `part`. @throws LocalWorldError when the keeper ends or time is up before. */
function untilLine(keeper: Keeper, lines: Interface, part: string, log: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(timer);
      reject(new LocalWorldError(withLog(`The embedded PostgreSQL did not start: ${why}.`, log)));
    };
    const timer = setTimeout(() => fail(`not ready after ${START_DEADLINE_MS / 1000} s`), START_DEADLINE_MS);
    keeper.once('error', (error) => fail(error.message));
    keeper.once('close', (code) => fail(`it ended with code ${code}`));
    lines.on('line', (line) => {
      if (!line.includes(part)) return;
      clearTimeout(timer);
      resolve(line);
    });
  });
}

function running(keeper: Keeper, log: readonly string[], folder: string, url: string): LocalPostgres {
  const ended = new Promise<void>((resolve) => keeper.once('close', () => resolve()));
  let stopping = false;
  keeper.once('close', () => {
    if (!stopping)
      process.stderr.write(`${withLog('The embedded PostgreSQL has ended unexpectedly.', log)}\n`);
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
  const pipes = [keeper.stdin, keeper.stdout, keeper.stderr] as unknown as Socket[];
  for (const handle of [keeper, ...pipes]) {
    if (referenced) handle.ref();
    else handle.unref();
  }
}

function withLog(message: string, log: readonly string[]): string {
  return [message, ...log.map((line) => `  ${line}`)].join('\n');
}
