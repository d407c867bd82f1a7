import { verify } from 'node:crypto';
import { publicKeyObject } from './keypair.js';

const P = 2n ** 255n - 19n;
/** Order of the base point. */
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
/** The y coordinates of the eight points of small order: 0, 1, -1 and the two of order 8 (d*y^4 + 2*y^2 = 1). */
const ORDER_8_Y = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;
const SMALL_ORDER_Y: ReadonlySet<bigint> = new Set([0n, 1n, P - 1n, ORDER_8_Y, P - ORDER_8_Y]);

/**
 * Verifies an Ed25519 signature under the strict rules: S below the group order, and neither the key nor R a point of
 * small order or written in a second way. One message and key then have no second valid signature that anybody but the
 * signer could make, and no key exists whose signature fits every message. Never throws.
 */
export function verifyStrict(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  if (!isSoundPoint(publicKey) || !isSoundPoint(signature.subarray(0, 32))) return false;
  if (littleEndian(signature.subarray(32)) >= L) return false;
  try {
    return verify(null, message, publicKeyObject(publicKey), signature);
  } catch {
    // Not a point of the curve.
    return false;
  }
}

/** Canonical (y below p) and not of small order; whether it is on the curve at all is OpenSSL's part. */
function isSoundPoint(encoded: Uint8Array): boolean {
  const y = littleEndian(encoded) & (2n ** 255n - 1n);
  return y < P && !SMALL_ORDER_Y.has(y);
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes.toReversed()).toString('hex')}`);
}
