import { randomBytes } from 'node:crypto';
import { Keypair, PublicKey } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import { addressOfSeed, isOnCurve, signWithSeed } from './keypair.js';

const newSeed = () => Uint8Array.from(randomBytes(32));
const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));

describe('keypair', () => {
  it('signs as RFC 8032 says (test 3)', () => {
    const seed = hex('c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7');
    const signature = signWithSeed(seed, hex('af82'));
    expect(Buffer.from(signature).toString('hex')).toBe(
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    );
  });

  it('gives a seed the address that a Solana wallet gives it', () => {
    const seed = newSeed();
    expect(seed).toHaveLength(32);
    expect(addressOfSeed(seed)).toBe(Keypair.fromSeed(seed).publicKey.toBase58());
  });

  it('never makes the same seed twice', () => {
    expect(addressOfSeed(newSeed())).not.toBe(addressOfSeed(newSeed()));
  });

  it('refuses a seed of another length', () => {
    expect(() => signWithSeed(new Uint8Array(64), hex('00'))).toThrow(RangeError);
    expect(() => addressOfSeed(new Uint8Array(31))).toThrow(RangeError);
  });

  it('tells wallets from derived addresses and from other text', () => {
    const [derived] = PublicKey.findProgramAddressSync([Buffer.from('x')], PublicKey.default);
    expect(isOnCurve(addressOfSeed(newSeed()))).toBe(true);
    expect(isOnCurve(derived.toBase58())).toBe(false);
    expect(isOnCurve('')).toBe(false);
    expect(isOnCurve('0OIl')).toBe(false);
    expect(isOnCurve('1'.repeat(100_000))).toBe(false);
  });
});
