import bs58 from 'bs58';

// Base58 decoding is quadratic in its input, so the length is always checked first.
const PUBLIC_KEY_TEXT = /^[1-9A-HJ-NP-Za-km-z]{32,44}$/;
const SIGNATURE_TEXT = /^[1-9A-HJ-NP-Za-km-z]{64,88}$/;

/** The 32 bytes of a base58 public key, or null when the text is none. */
export function decodePublicKey(text: unknown): Uint8Array | null {
  return decodeExactly(text, PUBLIC_KEY_TEXT, 32);
}

/** The 64 bytes of a base58 Ed25519 signature, or null when the text is none. */
export function decodeSignature(text: unknown): Uint8Array | null {
  return decodeExactly(text, SIGNATURE_TEXT, 64);
}

export function encodeBase58(bytes: Uint8Array): string {
  return bs58.encode(bytes);
}

function decodeExactly(text: unknown, shape: RegExp, length: number): Uint8Array | null {
  if (typeof text !== 'string' || !shape.test(text)) return null;
  const bytes = bs58.decodeUnsafe(text);
  return bytes?.length === length ? bytes : null;
}
