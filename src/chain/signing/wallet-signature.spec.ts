import { randomBytes } from 'node:crypto';
import {
  compileOffchainMessageV0Envelope,
  compileOffchainMessageV1Envelope,
  offchainMessageContentRestrictedAsciiOf1232BytesMax,
  offchainMessageContentUtf8Of1232BytesMax,
  offchainMessageContentUtf8Of65535BytesMax,
} from '@solana/offchain-messages';
import { Keypair } from '@solana/web3.js';
import bs58 from 'bs58';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { addressOfSeed, signWithSeed } from './keypair.js';
import { verifyWalletSignature } from './wallet-signature.js';

const newSeed = () => Uint8Array.from(randomBytes(32));

type V0 = Parameters<typeof compileOffchainMessageV0Envelope>[0];
type V1 = Parameters<typeof compileOffchainMessageV1Envelope>[0];

const seed = newSeed();
const wallet = addressOfSeed(seed);
const text = 'localhost:3000 asks you to sign:\ncommitment.attest\nß 漢字';
const signed = (form: Uint8Array | string) => signWithSeed(seed, Buffer.from(form));
const header = (version: number, ...rest: number[]) =>
  Buffer.concat([Buffer.of(0xff), Buffer.from('solana offchain'), Buffer.of(version, ...rest)]);

function versionZero(content: unknown, applicationDomain = '1'.repeat(32), signer = wallet): Uint8Array {
  const message = { version: 0, applicationDomain, content, requiredSignatories: [{ address: signer }] };
  return Uint8Array.from(compileOffchainMessageV0Envelope(message as unknown as V0).content);
}

function versionOne(content: string, signer = wallet): Uint8Array {
  const message = { version: 1, content, requiredSignatories: [{ address: signer }] };
  return Uint8Array.from(compileOffchainMessageV1Envelope(message as unknown as V1).content);
}

function legacy(content: string, format: number): Uint8Array {
  const bytes = Buffer.from(content);
  return Buffer.concat([header(0, format, bytes.length % 256, bytes.length >> 8), bytes]);
}

describe('verifyWalletSignature', () => {
  it('accepts the plain text, as browser wallets sign it', () => {
    expect(verifyWalletSignature(text, wallet, signed(text))).toBe(true);
  });

  it('accepts the version 0 envelope of the reference library, in every format', () => {
    const ascii = versionZero(offchainMessageContentRestrictedAsciiOf1232BytesMax('plain words'));
    expect(verifyWalletSignature('plain words', wallet, signed(ascii))).toBe(true);
    const short = versionZero(offchainMessageContentUtf8Of1232BytesMax(text));
    expect(verifyWalletSignature(text, wallet, signed(short))).toBe(true);
    const long = 'ü'.repeat(5_000);
    const full = versionZero(offchainMessageContentUtf8Of65535BytesMax(long));
    expect(verifyWalletSignature(long, wallet, signed(full))).toBe(true);
  });

  it('accepts the version 1 envelope of the reference library', () => {
    expect(verifyWalletSignature(text, wallet, signed(versionOne(text)))).toBe(true);
  });

  it.each([0, 1, 2])('accepts the short header of older hardware wallets, format %i', (format) => {
    expect(verifyWalletSignature(text, wallet, signed(legacy(text, format)))).toBe(true);
  });

  it('V6: refuses envelopes of another text, another signer or another application', () => {
    const other = addressOfSeed(newSeed());
    const content = offchainMessageContentUtf8Of1232BytesMax(text);
    for (const form of [
      versionOne(`${text}.`),
      versionOne(text, other),
      versionZero(offchainMessageContentUtf8Of1232BytesMax(`${text}.`)),
      versionZero(content, undefined, other),
      versionZero(content, other),
      legacy(`${text}.`, 1),
      legacy(text, 3),
      Buffer.concat([header(2, 1), Buffer.from(text)]),
    ]) {
      expect(verifyWalletSignature(text, wallet, signed(form))).toBe(false);
    }
  });

  it('agrees with what a Solana wallet library signs', () => {
    const keypair = Keypair.generate();
    const signature = signWithSeed(keypair.secretKey.subarray(0, 32), Buffer.from(text));
    expect(verifyWalletSignature(text, keypair.publicKey.toBase58(), signature)).toBe(true);
    expect(verifyWalletSignature(text, wallet, signature)).toBe(false);
  });

  it('D1: decodes no key of absurd length, and reads nothing of such a signature but its length', () => {
    const decode = vi.spyOn(bs58, 'decodeUnsafe');
    onTestFinished(() => decode.mockRestore());
    expect(verifyWalletSignature(text, '1'.repeat(131_072), signed(text))).toBe(false);
    expect(decode).not.toHaveBeenCalled();
    const read = new Set<PropertyKey>();
    const long = new Proxy(new Uint8Array(1_000_000), {
      get: (bytes, property) => {
        read.add(property);
        return Reflect.get(bytes, property, bytes) as unknown;
      },
    });
    expect(verifyWalletSignature(text, wallet, long)).toBe(false);
    expect([...read]).toEqual(['length']);
  });

  it('property: any text verifies, and any flipped bit of text or signature does not', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
        fc.nat(511),
        fc.nat(),
        (message, bit, position) => {
          const signature = signed(message);
          expect(verifyWalletSignature(message, wallet, signature)).toBe(true);
          expect(verifyWalletSignature(message, wallet, flip(signature, bit))).toBe(false);
          const bytes = Buffer.from(message);
          const changed = flip(bytes, position % (bytes.length * 8));
          // A flipped bit can make bytes that are no UTF-8; those are no message.
          const changedText = Buffer.from(changed).toString('utf8');
          fc.pre(Buffer.from(changedText).equals(changed));
          expect(verifyWalletSignature(changedText, wallet, signature)).toBe(false);
        },
      ),
      { numRuns: 50 },
    );
  });
});

function flip(bytes: Uint8Array, bit: number): Uint8Array {
  return bytes.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
}
