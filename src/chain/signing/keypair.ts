import { type KeyObject, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { PublicKey } from '@solana/web3.js';
import { decodePublicKey, encodeBase58 } from '#src/common/text/base58.js';

const SEED_BYTES = 32;
// RFC 8410: PKCS#8 and SubjectPublicKeyInfo around 32 raw bytes of Ed25519.
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * Base58 address of the key that a seed stands for.
 * @throws RangeError when the seed is not 32 bytes.
 */
export function addressOfSeed(seed: Uint8Array): string {
  const spki = createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' });
  return encodeBase58(Uint8Array.from(spki.subarray(SPKI_PREFIX.length)));
}

/**
 * The 64-byte Ed25519 signature of a message.
 * @throws RangeError when the seed is not 32 bytes.
 */
export function signWithSeed(seed: Uint8Array, message: Uint8Array): Uint8Array {
  return Uint8Array.from(sign(null, message, privateKey(seed)));
}

/** True for an address that a wallet can have; false for a program-derived address and for text that is no address. */
export function isOnCurve(address: string): boolean {
  const bytes = decodePublicKey(address);
  return bytes !== null && PublicKey.isOnCurve(bytes);
}

/** The public key of an Ed25519 point in the form that Node's crypto takes. */
export function publicKeyObject(point: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI_PREFIX, point]), format: 'der', type: 'spki' });
}

function privateKey(seed: Uint8Array): KeyObject {
  if (seed.length !== SEED_BYTES) throw new RangeError(`an Ed25519 seed has 32 bytes, not ${seed.length}`);
  const der = Buffer.concat([PKCS8_PREFIX, seed]);
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } finally {
    der.fill(0);
  }
}
