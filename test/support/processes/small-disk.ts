import { spawnSync } from 'node:child_process';
import {
  chownSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmdirSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { serverUser } from '#src/local/postgres/postgres-user.js';

const CHUNKS = [1_048_576, 65_536, 4_096];

/** A disk in memory that can be filled up; the embedded database's server may write to it. */
export class SmallDisk {
  private constructor(private readonly mountPoint: string) {}

  /** @throws Error where nothing can be mounted */
  static mount(megabytes: number): SmallDisk {
    const mountPoint = mkdtempSync('/tmp/cts-disk-');
    const options = `size=${megabytes}m,mode=0755`;
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', mountPoint], {
      stdio: 'ignore',
    });
    if (mounted.status !== 0) {
      rmdirSync(mountPoint);
      throw new Error('nothing can be mounted here');
    }
    const disk = new SmallDisk(mountPoint);
    mkdirSync(disk.path, { mode: 0o700 });
    const user = serverUser();
    if ('uid' in user) chownSync(disk.path, user.uid, user.gid);
    return disk;
  }

  /** An empty folder of the server's user. */
  get path(): string {
    return join(this.mountPoint, 'tablespace');
  }

  /** To the last block. */
  fill(): void {
    const file = openSync(this.filler, 'a');
    try {
      for (const size of CHUNKS) while (fits(file, size));
    } finally {
      closeSync(file);
    }
  }

  free(): void {
    rmSync(this.filler, { force: true });
  }

  remove(): void {
    spawnSync('umount', ['--lazy', this.mountPoint], { stdio: 'ignore' });
    rmdirSync(this.mountPoint);
  }

  private get filler(): string {
    return join(this.mountPoint, 'filler');
  }
}

function fits(file: number, size: number): boolean {
  try {
    return writeSync(file, Buffer.alloc(size)) === size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false;
    throw error;
  }
}

/** ` (skipped: ...)` where no disk can be mounted for the database's server, to end a title; else an empty text. */
export const diskNote = canMount() ? '' : ' (skipped: no tmpfs)';

function canMount(): boolean {
  // A server of somebody else's cannot see what is mounted here.
  if (process.getuid?.() !== 0 || process.env['TEST_DATABASE_URL'] !== undefined) return false;
  try {
    SmallDisk.mount(1).remove();
    return true;
  } catch {
    return false;
  }
}
