import { createHmac, hkdfSync, scryptSync } from 'node:crypto';

// The secret is long and random, so a fixed salt costs nothing; scrypt is for the secret that somebody typed after all.
const SALT = 'commit-to-ship/server-secret/v1';
const SCRYPT = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;
const KEY_BYTES = 32;
const ID_DIGITS = 16;

/** What the keys of one secret are for. None of them tells anything about another. */
export type KeyUse = 'escrow-keys' | 'marks' | 'sessions' | 'seals' | 'changes';

/** A key made from ESCROW_DB_SECRET, and the id that rows carry to name it. */
export interface DerivedKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** Takes about 0.1 s on purpose; called once a secret and start. */
export function rootOf(secret: string): Uint8Array {
  return scryptSync(secret.normalize('NFC'), SALT, KEY_BYTES, SCRYPT);
}

/** The key of one use. Its id tells nothing about the secret. */
export function deriveKey(root: Uint8Array, use: KeyUse): DerivedKey {
  const bytes = new Uint8Array(hkdfSync('sha256', root, '', `commit-to-ship/${use}`, KEY_BYTES));
  return { bytes, id: createHmac('sha256', bytes).update('key id').digest('hex').slice(0, ID_DIGITS) };
}
