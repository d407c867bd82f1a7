import { createCipheriv, createDecipheriv } from 'node:crypto';
import { deriveKey, type DerivedKey, rootOf } from '#src/marks/derived-key.js';

// Format of a sealed seed: version (1 byte) | nonce (12) | ciphertext (32) | GCM tag (16).
const FORMAT_VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SEED_BYTES = 32;
const SEALED_BYTES = 1 + NONCE_BYTES + SEED_BYTES + TAG_BYTES;

/** An AES-256 key made from ESCROW_DB_SECRET, and the id that rows carry to name it. */
export type VaultKey = DerivedKey;

/** What a ciphertext belongs to: moved to another row, or beside other terms, it does not open. */
export interface SealContext {
  readonly commitmentId: string;
  readonly address: string;
  /** SHA-256 of the signed creation message, hex. */
  readonly messageHash: string;
  /** SHA-256 of the frozen terms, hex. */
  readonly termsHash: string;
}

/** The same of a coin's key: beside another creator it does not open. */
export interface MintContext {
  readonly mint: string;
  readonly creator: string;
}

export class VaultError extends Error {
  override readonly name = 'VaultError';
}

/** Takes about 0.1 s on purpose; called once a secret and start. The id tells nothing about the secret. */
export function deriveVaultKey(secret: string): VaultKey {
  return deriveKey(rootOf(secret), 'escrow-keys');
}

/** @param nonce 12 fresh random bytes; never used twice with one key. */
export function seal(
  key: VaultKey,
  context: SealContext | MintContext,
  seed: Uint8Array,
  nonce: Uint8Array,
): Buffer {
  if (seed.length !== SEED_BYTES || nonce.length !== NONCE_BYTES)
    throw new VaultError('wrong seed or nonce length');
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce);
  cipher.setAAD(associatedData(context));
  const ciphertext = Buffer.concat([cipher.update(seed), cipher.final()]);
  return Buffer.concat([Buffer.of(FORMAT_VERSION), nonce, ciphertext, cipher.getAuthTag()]);
}

/** @throws VaultError when the key is another one, or the ciphertext was changed or moved from another row. */
export function open(key: VaultKey, context: SealContext | MintContext, sealed: Uint8Array): Uint8Array {
  if (sealed.length !== SEALED_BYTES || sealed[0] !== FORMAT_VERSION) {
    throw new VaultError('unknown ciphertext format');
  }
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(associatedData(context));
  decipher.setAuthTag(sealed.subarray(SEALED_BYTES - TAG_BYTES));
  try {
    const body = sealed.subarray(1 + NONCE_BYTES, SEALED_BYTES - TAG_BYTES);
    return new Uint8Array(Buffer.concat([decipher.update(body), decipher.final()]));
  } catch {
    throw new VaultError('the ciphertext does not open with this key at this place');
  }
}

function associatedData(context: SealContext | MintContext): Buffer {
  if ('mint' in context) return Buffer.from(`mint:${context.mint}:${context.creator}`, 'utf8');
  const { commitmentId, address, messageHash, termsHash } = context;
  return Buffer.from(`${commitmentId}:${address}:local:${messageHash}:${termsHash}`, 'utf8');
}
