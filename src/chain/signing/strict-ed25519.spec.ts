import { createHash, randomBytes, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodePublicKey } from '#src/common/text/base58.js';
import { addressOfSeed, publicKeyObject, signWithSeed } from './keypair.js';
import { verifyStrict } from './strict-ed25519.js';

const newSeed = () => Uint8Array.from(randomBytes(32));
const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));
const toNumber = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes.toReversed()).toString('hex')}`);

function littleEndian(value: bigint): Uint8Array {
  return hex(value.toString(16).padStart(64, '0')).toReversed();
}

function power(base: bigint, exponent: bigint): bigint {
  let [result, factor] = [1n, base % P];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * factor) % P;
    factor = (factor * factor) % P;
  }
  return result;
}

/** RFC 8032, section 7.1: public key, message, signature. */
const VECTORS = [
  [
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
] as const;

const [D, ORDER_8_Y] = [
  ((P - 121665n) * power(121666n, P - 2n)) % P,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
];

describe('strict Ed25519', () => {
  it.each(VECTORS)('accepts the vector of RFC 8032 with key %s', (key, message, signature) => {
    expect(verifyStrict(hex(key), hex(message), hex(signature))).toBe(true);
  });

  it('V6: refuses the second form of a valid signature (S + L)', () => {
    for (const [key, message, signature] of VECTORS) {
      const r = hex(signature).subarray(0, 32);
      const s = toNumber(hex(signature).subarray(32));
      const forged = Buffer.concat([r, littleEndian(s + L)]);
      expect(verifyStrict(hex(key), hex(message), forged)).toBe(false);
    }
  });

  it('refuses keys of small order, for which one signature fits any message', () => {
    const neutral = littleEndian(1n);
    const fitsAll = Buffer.concat([neutral, littleEndian(0n)]);
    // Plain verification falls for it: that is why the strict rules exist.
    expect(verify(null, Buffer.from('any message'), publicKeyObject(neutral), fitsAll)).toBe(true);
    for (const y of [0n, 1n, P - 1n, ORDER_8_Y, P - ORDER_8_Y, P, P + 1n]) {
      for (const sign of [0n, 1n]) {
        const key = littleEndian(y + sign * 2n ** 255n);
        const signature = Buffer.concat([key, littleEndian(0n)]);
        for (let i = 0; i < 16; i += 1) {
          expect(verifyStrict(key, Buffer.of(i), signature)).toBe(false);
          expect(verifyStrict(key, Buffer.of(i), fitsAll)).toBe(false);
        }
      }
    }
  });

  it('refuses the forgeries that plain verification accepts for a key of order 8', () => {
    const key = littleEndian(ORDER_8_Y);
    const signature = Buffer.concat([key, littleEndian(0n)]);
    const messages = Array.from({ length: 256 }, (_, i) => Buffer.of(i));
    const forged = messages.filter((message) => verify(null, message, publicKeyObject(key), signature));
    expect(forged.length).toBeGreaterThan(0);
    expect(forged.filter((message) => verifyStrict(key, message, signature))).toEqual([]);
  });

  it('knows all points of small order: d*y^4 + 2*y^2 = 1 for those of order 8', () => {
    const squared = (ORDER_8_Y * ORDER_8_Y) % P;
    expect((D * squared * squared + 2n * squared) % P).toBe(1n);
  });

  it('refuses an R of small order even when the equation holds', () => {
    const seed = newSeed();
    const key = decodePublicKey(addressOfSeed(seed)) ?? new Uint8Array();
    const message = Buffer.from('nonce zero');
    const r = littleEndian(1n);
    const digest = (...parts: Uint8Array[]) => createHash('sha512').update(Buffer.concat(parts)).digest();
    const clamped = digest(seed).subarray(0, 32);
    clamped[0] = (clamped[0] ?? 0) & 248;
    clamped[31] = ((clamped[31] ?? 0) & 63) | 64;
    const s = (toNumber(digest(r, key, message)) * toNumber(clamped)) % L;
    const signature = Buffer.concat([r, littleEndian(s)]);
    expect(verify(null, message, publicKeyObject(key), signature)).toBe(true);
    expect(verifyStrict(key, message, signature)).toBe(false);
  });

  it('answers false, never an exception, for wrong lengths and for keys off the curve', () => {
    const seed = newSeed();
    const key = decodePublicKey(addressOfSeed(seed)) ?? new Uint8Array();
    const signature = signWithSeed(seed, Buffer.from('m'));
    expect(verifyStrict(key, Buffer.from('m'), signature)).toBe(true);
    expect(verifyStrict(key, Buffer.from('m'), signature.subarray(0, 63))).toBe(false);
    expect(verifyStrict(key.subarray(0, 31), Buffer.from('m'), signature)).toBe(false);
    expect(verifyStrict(littleEndian(2n), Buffer.from('m'), signature)).toBe(false);
  });
});
