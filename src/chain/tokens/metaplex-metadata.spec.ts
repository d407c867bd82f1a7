import { Keypair, PublicKey } from '@solana/web3.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metaplexMetadataAddress, metaplexUpdateAuthority } from './metaplex-metadata.js';

const PROGRAM = new PublicKey('metaqbxxUerdq28cj1RbAWkYQm3ybzjb6a8bt518x1s');
const [mint, authority, other] = [key(), key(), key()];

function key(): PublicKey {
  return Keypair.generate().publicKey;
}

function text(bytes: number, length = bytes): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32LE(length);
  return Buffer.concat([head, Buffer.alloc(bytes)]);
}

interface Fields {
  readonly kind?: number;
  readonly authority?: PublicKey;
  readonly texts?: readonly Buffer[];
  readonly creators?: Buffer;
}

function metadata({ kind = 4, texts = [text(32), text(10), text(200)], ...rest }: Fields = {}): Buffer {
  const { authority: updateAuthority = authority, creators = Buffer.of(0) } = rest;
  return Buffer.concat([
    Buffer.of(kind),
    updateAuthority.toBuffer(),
    mint.toBuffer(),
    ...texts,
    Buffer.of(0x10, 0x27),
    creators,
    Buffer.of(0, 1),
  ]);
}

const creators = (count: number, written = count) =>
  Buffer.concat([Buffer.of(1, count, 0, 0, 0), Buffer.alloc(34 * written)]);

function authorityIn(data: Buffer, owner = PROGRAM, of = mint): string | undefined {
  const account = { owner, data, lamports: 1, executable: false };
  return metaplexUpdateAuthority(account, of)?.toBase58();
}

describe('Metaplex metadata', () => {
  it('names the update authority, with fields padded as the program pads them and without', () => {
    expect(authorityIn(metadata())).toBe(authority.toBase58());
    expect(authorityIn(metadata({ texts: [text(0), text(3), text(17)] }))).toBe(authority.toBase58());
    expect(authorityIn(metadata({ creators: creators(5) }))).toBe(authority.toBase58());
    const spacious = Buffer.concat([metadata(), Buffer.alloc(679)]);
    expect(authorityIn(spacious)).toBe(authority.toBase58());
  });

  it('has its well-known address', () => {
    const wrappedSol = new PublicKey('So11111111111111111111111111111111111111112');
    expect(metaplexMetadataAddress(wrappedSol).toBase58()).toBe(
      '6dM4TqWyWJsbx7obrdLcviBkTafD5E8av61zfU6jq57X',
    );
  });

  it.each([
    ['owned by another program', authorityIn(metadata(), other)],
    ['owned by the system program', authorityIn(metadata(), PublicKey.default)],
    ['of another mint', authorityIn(metadata(), PROGRAM, other)],
    ['another kind of account', authorityIn(metadata({ kind: 6 }))],
    ['not initialized', authorityIn(Buffer.alloc(679))],
    ['with no authority left', authorityIn(metadata({ authority: PublicKey.default }))],
    ['with a name longer than names are', authorityIn(metadata({ texts: [text(33), text(10), text(200)] }))],
    ['with a length that overflows', authorityIn(metadata({ texts: [text(32, 0xffff_ffff)] }))],
    ['with more creators than allowed', authorityIn(metadata({ creators: creators(6) }))],
    ['with creators that are not there', authorityIn(metadata({ creators: creators(5, 1) }).subarray(0, -2))],
    ['with a byte that is no option', authorityIn(metadata({ creators: Buffer.of(2) }))],
  ])('names nobody when it is %s', (_, found) => {
    expect(found).toBeUndefined();
  });

  it('names nobody when there is no account', () => {
    expect(metaplexUpdateAuthority(null, mint)).toBeNull();
  });

  it('names nobody when it is cut anywhere', () => {
    const whole = metadata({ creators: creators(2) });
    for (let length = 0; length < whole.length; length += 1) {
      expect(authorityIn(whole.subarray(0, length))).toBeUndefined();
    }
  });

  it('survives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), (bytes) => {
        expect(authorityIn(Buffer.from(bytes))).toBeUndefined();
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (tail) => {
        const data = Buffer.concat([metadata().subarray(0, 65), tail]);
        expect([undefined, authority.toBase58()]).toContain(authorityIn(data));
      }),
    );
  });
});
