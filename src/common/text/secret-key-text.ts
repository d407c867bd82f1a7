import { createPrivateKey, createPublicKey } from 'node:crypto';
import bs58 from 'bs58';

const BASE58 = /^[1-9A-HJ-NP-Za-km-z]{32,88}$/;
const MAX_TEXT = 400;

/**
 * The 64 bytes (seed, public key) of a Solana secret key: base58, or the JSON array of a keypair file. Null for anything else,
 * and where the public key is not that of the seed: such a key would sign for another wallet than it shows.
 */
export function decodeSecretKey(text: unknown): Uint8Array | null {
  const bytes = decodeKeyText(text);
  return bytes?.length === 64 && halvesMatch(bytes) ? bytes : null;
}

/** Like `decodeSecretKey`, and the 32 bytes of a seed alone as well. */
export function decodeKeyText(text: unknown): Uint8Array | null {
  if (typeof text !== 'string' || text.length > MAX_TEXT) return null;
  const trimmed = text.trim();
  const bytes = trimmed.startsWith('[') ? ofJson(trimmed) : ofBase58(trimmed);
  return bytes?.length === 64 || bytes?.length === 32 ? bytes : null;
}

export function isSecretKeyText(text: unknown): boolean {
  return decodeSecretKey(text) !== null;
}

function ofBase58(text: string): Uint8Array | null {
  return BASE58.test(text) ? (bs58.decodeUnsafe(text) ?? null) : null;
}

function ofJson(text: string): Uint8Array | null {
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch {
    return null;
  }
  const isByte = (value: unknown) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255;
  return Array.isArray(values) && values.every(isByte) ? Uint8Array.from(values as number[]) : null;
}

function halvesMatch(bytes: Uint8Array): boolean {
  const text = (half: Uint8Array) => Buffer.from(half).toString('base64url');
  const x = text(bytes.subarray(32));
  const jwk = { kty: 'OKP', crv: 'Ed25519', d: text(bytes.subarray(0, 32)), x };
  return createPublicKey(createPrivateKey({ key: jwk, format: 'jwk' })).export({ format: 'jwk' })['x'] === x;
}
