import { createHash, randomBytes } from 'node:crypto';
import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js';
import bs58 from 'bs58';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOlderFormat, olderKeyOf, openOlderFormat, seedsOf } from './older-format.js';
import { VaultError } from './vault.js';

const SECRET = 'a secret of at least thirty-two characters, ünïcödé';
const seed = Uint8Array.from(randomBytes(32));
const secretKey = Uint8Array.from([...seed, ...randomBytes(32)]);
const utf8 = (text: string) => Uint8Array.from(Buffer.from(text, 'utf8'));

/** As the older service wrote it, made with the cipher itself. */
function sealOlder(plaintext: Uint8Array, secret = SECRET): Buffer {
  const key = Uint8Array.from(createHash('sha256').update(Buffer.from(secret, 'utf8')).digest());
  const nonce = Uint8Array.from(randomBytes(24));
  const box = xsalsa20poly1305(key, nonce).encrypt(plaintext);
  return Buffer.from(`enc:${Buffer.concat([nonce, box]).toString('base64')}`, 'utf8');
}

const keys = [olderKeyOf('another secret of at least thirty-two chars'), olderKeyOf(SECRET)];
const sealed = sealOlder(seed);

describe('the older format', () => {
  // The key, nonce, message and box of `tests/secretbox.c` of NaCl itself.
  it('is the secretbox of NaCl', () => {
    const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));
    const key = hex('1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389');
    const nonce = hex('69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37');
    const message = hex(
      'be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a1ac728d45e6c61296cdc3c01233561f41db66cce314adb310e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f937763848645e0705',
    );
    const box = hex(
      'f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce48332ea7164d96a4476fb8c531a1186ac0dfc17c98dce87b4da7f011ec48c97271d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526ae90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b37973f622a43d14a6599b1f654cb45a74e355a5',
    );
    const text = `enc:${Buffer.concat([nonce, box]).toString('base64')}`;
    expect(openOlderFormat([key], utf8(text))).toEqual(message);
  });

  it('opens with whichever of the secrets sealed it', () => {
    expect(isOlderFormat(sealed)).toBe(true);
    expect(openOlderFormat(keys, sealed)).toEqual(seed);
    expect(() => openOlderFormat(keys.slice(0, 1), sealed)).toThrow(VaultError);
    expect(() => openOlderFormat([], sealed)).toThrow(VaultError);
  });

  it('refuses any change of its characters', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: sealed.length - 3 }), fc.nat(255), (index, byte) => {
        const changed = Buffer.from(sealed);
        changed[index] = byte;
        fc.pre(!changed.equals(sealed));
        expect(() => openOlderFormat(keys, changed)).toThrow(VaultError);
      }),
    );
  });

  it.each(['enc:', 'enc:!', 'enc:AAAA', `enc:${'A'.repeat(4_000)}`, 'AAAA', ''])('refuses %j', (text) => {
    expect(() => openOlderFormat(keys, utf8(text))).toThrow(VaultError);
  });

  it.each([
    ['a seed', seed],
    ['a secret key', secretKey],
    ['a seed as base58', utf8(bs58.encode(seed))],
    ['a secret key as base58', utf8(bs58.encode(secretKey))],
    ['a seed as a JSON array', utf8(JSON.stringify([...seed]))],
    ['a secret key as a JSON array', utf8(JSON.stringify([...secretKey]))],
  ])('may hold %s', (_, plaintext) => {
    expect(seedsOf(openOlderFormat(keys, sealOlder(plaintext)))).toContainEqual(seed);
  });

  it.each(['', 'x'.repeat(31), 'x'.repeat(33), '[1,2,3]', `[${'256,'.repeat(31)}1]`])(
    'finds no seed in %j',
    (text) => {
      expect(seedsOf(utf8(text))).toEqual([]);
    },
  );
});
