import { randomBytes } from 'node:crypto';
import { linkSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalWorldError } from '#src/local/support/local-world-error.js';
import { projectFolder } from '#src/local/support/project-folder.js';
import { LocalWallet } from '#src/local/chain/local-wallet.js';

/** What a developer's machine keeps from one start to the next. */
export interface LocalSecrets {
  readonly folder: string;
  escrowDbSecret(): string;
  /** The generated admin wallet and the keypair file that Solana's tools can read. */
  admin(): { readonly wallet: LocalWallet; readonly file: string };
}

const NOT_OURS = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR']);

/**
 * Keeps secrets in `.data/` of the checkout (files of mode 600), or under the temporary folder where that is not ours to use.
 * @param warn gets a line when the temporary folder is taken
 * @param wanted another folder than `.data/`
 */
export function localSecrets(
  warn: (line: string) => void,
  wanted = join(projectFolder(), '.data'),
): LocalSecrets {
  try {
    return openFolder(wanted);
  } catch (error) {
    if (!NOT_OURS.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
  const folder = join(tmpdir(), `commit-to-ship-${process.getuid?.() ?? 'user'}`);
  warn(`${wanted} cannot be used by this user; the local secret and admin keypair are in ${folder}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  refuseForeignFolder(folder);
  return openFolder(folder);
}

/** Reads or makes both files at once, so that a folder is either usable or not. */
function openFolder(folder: string): LocalSecrets {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const adminFile = join(folder, 'admin.json');
  const secret = keep(join(folder, 'escrow-db-secret'), () => `${randomBytes(32).toString('base64url')}\n`);
  keep(adminFile, () => `${LocalWallet.generate().toJson()}\n`);
  return {
    folder,
    escrowDbSecret: () => secret.trim(),
    admin: () => ({ wallet: LocalWallet.fromFile(adminFile), file: adminFile }),
  };
}

/** The file's text; an absent file is made, whole or not at all, also when two processes start together. */
function keep(path: string, make: () => string): string {
  const draft = `${path}.${process.pid}`;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  try {
    writeFileSync(draft, make(), { mode: 0o600, flag: 'wx' });
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(path, 'utf8');
}

/** The temporary folder is everybody's: somebody else could have made ours first. */
function refuseForeignFolder(folder: string): void {
  const found = lstatSync(folder);
  const uid = process.getuid?.() ?? found.uid;
  if (found.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0) return;
  throw new LocalWorldError(
    `${folder} belongs to somebody else or is open to others, so no secret is kept there. ` +
      'Remove it, or set ESCROW_DB_SECRET and ADMIN_WALLET_PUBKEYS.',
  );
}
