import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveVaultKey, open, seal, VaultError } from './vault.js';

const key = deriveVaultKey('a secret of at least thirty-two characters');
const other = deriveVaultKey('another secret of at least thirty-two chars');
const context = {
  commitmentId: '0198a0b0-0000-7000-8000-000000000001',
  address: 'A'.repeat(44),
  messageHash: 'a'.repeat(64),
  termsHash: 'b'.repeat(64),
};
const seed = new Uint8Array(randomBytes(32));
const sealed = seal(key, context, seed, randomBytes(12));

describe('vault', () => {
  it('opens what it sealed, and the ciphertext holds no part of the seed', () => {
    expect(open(key, context, sealed)).toEqual(seed);
    expect(sealed.includes(Buffer.from(seed.subarray(0, 8)))).toBe(false);
  });

  it('names the same key the same way, and another key otherwise', () => {
    expect(deriveVaultKey('a secret of at least thirty-two characters').id).toBe(key.id);
    expect(other.id).not.toBe(key.id);
  });

  it('T8: refuses another key, another place, and other terms or another creation than it was made for', () => {
    expect(() => open(other, context, sealed)).toThrow(VaultError);
    expect(() => open(key, { ...context, address: 'B'.repeat(44) }, sealed)).toThrow(VaultError);
    const moved = { ...context, commitmentId: '0198a0b0-0000-7000-8000-000000000002' };
    expect(() => open(key, moved, sealed)).toThrow(VaultError);
    expect(() => open(key, { ...context, messageHash: 'c'.repeat(64) }, sealed)).toThrow(VaultError);
    expect(() => open(key, { ...context, termsHash: 'c'.repeat(64) }, sealed)).toThrow(VaultError);
  });

  it('refuses any changed bit and any other length', () => {
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (index, mask) => {
        const changed = Buffer.from(sealed);
        changed[index] = (changed[index] ?? 0) ^ mask;
        expect(() => open(key, context, changed)).toThrow(VaultError);
      }),
    );
    expect(() => open(key, context, sealed.subarray(0, 20))).toThrow(VaultError);
    expect(() => open(key, context, Buffer.alloc(0))).toThrow(VaultError);
  });
});
