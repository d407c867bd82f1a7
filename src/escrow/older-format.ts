import { createHash } from 'node:crypto';
import { secretbox } from '@noble/ciphers/salsa.js';
import { decodeKeyText } from '../common/secret-key-text.js';
import { VaultError } from './vault.js';

// Format of an older row: the text `enc:` and the base64 of nonce (24 bytes) | NaCl secretbox (tag 16, plaintext).
const PREFIX = 'enc:';
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const NONCE_BYTES = 24;
const TAG_BYTES = 16;
const MAX_BYTES = 2_048;

/** True for a ciphertext that says of itself to be of the older format; what follows may still be anything. */
export function isOlderFormat(ciphertext: Uint8Array): boolean {
  return Buffer.from(ciphertext.subarray(0, PREFIX.length)).toString('latin1') === PREFIX;
}

/** The secretbox key that the older format made of a secret: it knew neither scrypt nor key ids. */
export function olderKeyOf(secret: string): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(secret, 'utf8').digest());
}

/**
 * Tries every key.
 * @returns the plaintext
 * @throws VaultError when none opens it, or it is no ciphertext at all.
 */
export function openOlderFormat(keys: readonly Uint8Array[], ciphertext: Uint8Array): Uint8Array {
  const box = bytesOf(ciphertext);
  for (const key of keys) {
    try {
      return secretbox(key, box.subarray(0, NONCE_BYTES)).open(box.subarray(NONCE_BYTES));
    } catch {
      // Another secret sealed it; the next one may be right.
    }
  }
  throw new VaultError('the ciphertext of the older format opens with none of the configured secrets');
}

/**
 * The seeds that a plaintext may stand for: 32 bytes of seed or 64 of secret key, as they are or as text (base58, JSON
 * array). Only the escrow's address tells which one is meant.
 */
export function seedsOf(plaintext: Uint8Array): Uint8Array[] {
  const written = decodeKeyText(Buffer.from(plaintext).toString('utf8'));
  const keys = written === null ? [plaintext] : [plaintext, written];
  return keys.filter(({ length }) => length === 32 || length === 64).map((key) => key.slice(0, 32));
}

function bytesOf(ciphertext: Uint8Array): Uint8Array {
  const text = Buffer.from(ciphertext.subarray(PREFIX.length)).toString('latin1').trim();
  const bytes = BASE64.test(text) ? Uint8Array.from(Buffer.from(text, 'base64')) : new Uint8Array();
  if (!isOlderFormat(ciphertext) || bytes.length <= NONCE_BYTES + TAG_BYTES || bytes.length > MAX_BYTES) {
    throw new VaultError('unknown ciphertext format');
  }
  return bytes;
}
