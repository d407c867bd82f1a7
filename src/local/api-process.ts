import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSource } from '#config/load.js';
import { pollUntil } from '#src/local/support/poll.js';
import { freePort } from '#src/local/support/ports.js';
import { projectFolder } from '#src/local/support/project-folder.js';

/** The built API as a process of its own, as it runs in production. */
export interface ApiProcess {
  readonly url: string;
  readonly pid: number;
  /** Everything that it has logged so far. */
  log(): string;
  /** SIGTERM and the wait for a clean end. @returns its exit code, or the signal that ended it */
  stop(): Promise<number | string>;
  /** kill -9: what a crash or an out-of-memory killer does. */
  kill(): Promise<void>;
  /** Resolves when it has ended, however. */
  readonly ended: Promise<number | string>;
}

export interface ApiProcessOptions {
  /** All settings; nothing is inherited but PATH, HOME and TMPDIR. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A free port of its own unless given. */
  readonly port?: number;
  readonly readyWithinMs?: number;
}

/** Starts `dist/src/main.js` and waits until it answers. @throws Error with its log when it ends before that. */
export async function startApi({
  env,
  port,
  readyWithinMs = 120_000,
}: ApiProcessOptions): Promise<ApiProcess> {
  const listen = port ?? (await freePort());
  const child = spawn(process.execPath, [join(projectFolder(), 'dist/src/main.js')], {
    // A developer's .env file must not reach it.
    cwd: tmpdir(),
    // Nobody balances it: it may end at once.
    env: { ...inherited(), HOST: '127.0.0.1', PORT: String(listen), SHUTDOWN_DELAY_SECONDS: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const api = follow(child, `http://127.0.0.1:${listen}`);
  await untilAlive(api, readyWithinMs);
  return api;
}

function follow(child: ChildProcess, url: string): ApiProcess {
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => chunks.push(text));
  }
  const ended = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
    child.once('error', (error) => resolve(error.message));
  });
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  return {
    url,
    pid: child.pid ?? -1,
    log: () => chunks.join(''),
    stop: () => end('SIGTERM'),
    kill: async () => {
      await end('SIGKILL');
    },
    ended,
  };
}

async function untilAlive(api: ApiProcess, deadlineMs: number): Promise<void> {
  let end: number | string | undefined;
  void api.ended.then((code) => (end = code));
  try {
    await pollUntil(
      `the API at ${api.url}`,
      async () => {
        if (end !== undefined) return true;
        return (await fetch(`${api.url}/health/live`)).ok || undefined;
      },
      { deadlineMs, everyMs: 50 },
    );
  } catch (error) {
    await api.kill();
    throw error;
  }
  if (end !== undefined) throw new Error(`the API ended with ${end}:\n${api.log()}`);
}

function inherited(): Record<string, string | undefined> {
  const { PATH, HOME, TMPDIR } = loadSource();
  return { PATH, HOME, TMPDIR };
}
