import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { follow } from './child.js';

/** Where a program of the system is, in PATH or among the server programs of PostgreSQL; undefined where there is none. */
export function programPath(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/sbin', ...postgresFolders()];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** Newest first: Debian keeps them out of PATH. */
function postgresFolders(): string[] {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return [];
  const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => join(root, version, 'bin'));
}

/** ` (skipped: no NAME)` where a test cannot run for want of programs, to end its title; else an empty text. */
export function skipNote(...names: string[]): string {
  const missing = names.filter((name) => programPath(name) === undefined);
  return missing.length === 0 ? '' : ` (skipped: no ${missing.join(', ')})`;
}

/** Runs a program of the system with a text as its input. @returns its exit code, and all that it said */
export function runWithInput(name: string, args: readonly string[], input: string) {
  const { status, stdout, stderr } = spawnSync(programPath(name) ?? name, args, { input, encoding: 'utf8' });
  return { code: status, said: stdout + stderr };
}

/** PostgreSQL and PgBouncer refuse to run as root. */
export function asServerUser(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = ['-u', '-g'].map((flag) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })),
  );
  return { uid: uid ?? 0, gid: gid ?? 0 };
}

/** A folder that the server user owns, and its removal. */
export function serverFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync('/tmp/cts-test-');
  const { uid, gid } = asServerUser();
  if (uid !== undefined) execFileSync('chown', [`${uid}:${gid}`, path]);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Runs a program of the system to its end, as the server user. @throws with what it said when it fails */
export function runAsServer(name: string, args: readonly string[]): void {
  execFileSync(programPath(name) ?? name, args, {
    ...asServerUser(),
    cwd: '/tmp',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** Starts a program of the system, as the server user. */
export function startAsServer(name: string, args: readonly string[]) {
  const options = { ...asServerUser(), cwd: '/tmp' };
  return follow(
    spawn(programPath(name) ?? name, [...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] }),
  );
}
