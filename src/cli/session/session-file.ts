import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { CliError } from './cli-error.js';

/** What `ops login` keeps: as good as the wallet's signature until it expires, so only its owner may read it. */
export interface Session {
  /** Base URL of the API, without the prefix. */
  readonly api: string;
  /** Sent as Origin; the one that the sign-in message named. */
  readonly origin: string;
  readonly wallet: string;
  readonly cookie: string;
  readonly expiresAt: string;
  /** Path of the keypair file that signed in; absent where a signature was pasted. */
  readonly keypair?: string;
}

export const DEFAULT_SESSION_FILE = join(homedir(), '.config', 'commit-to-ship', 'session.json');

export function writeSession(file: string, session: Session): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // `mode` counts only for a new file.
  rmSync(file, { force: true });
  writeFileSync(file, `${JSON.stringify(session, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  chmodSync(file, 0o600);
}

/** The command that makes a session like this one again. */
export function loginCommand(file: string, api?: string): string {
  const where = api === undefined ? [] : ['--api', api];
  const kept = file === DEFAULT_SESSION_FILE ? [] : ['--session', file];
  return ['npm run ops -- login', ...where, ...kept, '--keypair FILE'].join(' ');
}

/** @throws CliError when nobody has signed in, or the session is over. */
export function readSession(file: string, now: Date): Session {
  let session: Session;
  try {
    session = JSON.parse(readFileSync(file, 'utf8')) as Session;
  } catch {
    throw new CliError(`Not signed in (no session in ${file}). Run: ${loginCommand(file)}`);
  }
  if (!(new Date(session.expiresAt) > now)) {
    throw new CliError(`The session of ${session.wallet} is over. Run: ${loginCommand(file, session.api)}`);
  }
  return session;
}

export function deleteSession(file: string): void {
  rmSync(file, { force: true });
}

/** The API that the last session was for, over or not. */
export function sessionApi(file: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as Partial<Session>).api;
  } catch {
    return undefined;
  }
}
