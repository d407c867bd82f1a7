import { execFileSync, spawnSync } from 'node:child_process';
import { LocalWorldError } from '#src/local/support/local-world-error.js';

/** Whom the database server runs as; empty where it runs as ourselves. Shaped for the options of `spawn`. */
export type ServerUser = { readonly uid: number; readonly gid: number } | Record<string, never>;

/** What children see of the environment: enough to run, and none of our secrets. */
export const CHILD_ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C' };

/**
 * PostgreSQL refuses to run as root. Then it runs as the system user `postgres`, made when missing, or as `nobody` where no
 * user can be made.
 */
export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return {};
  const found = lookUp('postgres') ?? (makeUser() ? lookUp('postgres') : null) ?? lookUp('nobody');
  if (!found) {
    throw new LocalWorldError(
      'PostgreSQL does not run as root, and this system has no user "postgres" and none could be made. ' +
        'Run as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
  return found;
}

function lookUp(name: string): { uid: number; gid: number } | null {
  try {
    const id = (flag: string) =>
      Number(
        execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe', env: CHILD_ENVIRONMENT }).trim(),
      );
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return null;
  }
}

function makeUser(): boolean {
  const flags = ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', 'postgres'];
  return spawnSync('useradd', flags, { stdio: 'ignore', env: CHILD_ENVIRONMENT }).status === 0;
}
