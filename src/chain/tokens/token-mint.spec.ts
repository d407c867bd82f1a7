import {
  ACCOUNT_SIZE,
  AccountLayout,
  AccountState,
  MULTISIG_SIZE,
  MintLayout,
  TOKEN_2022_PROGRAM_ID,
  TOKEN_PROGRAM_ID,
} from '@solana/spl-token';
import { type AccountInfo, Keypair, PublicKey } from '@solana/web3.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMint, decodeTokenAccount, extensionUpdateAuthority } from './token-mint.js';

const [mint, authority, other] = [key(), key(), key()];
const METADATA_POINTER = 18;
const TOKEN_METADATA = 19;

function key(): PublicKey {
  return Keypair.generate().publicKey;
}

const account = (data: Uint8Array, owner = TOKEN_2022_PROGRAM_ID): AccountInfo<Buffer> => ({
  data: Buffer.from(data),
  owner,
  lamports: 1,
  executable: false,
});

interface MintFields {
  readonly mintAuthority?: PublicKey | null;
  readonly supply?: bigint;
  readonly decimals?: number;
  readonly isInitialized?: boolean;
}

function mintBytes({ mintAuthority = authority, supply = 5n, ...rest }: MintFields = {}): Buffer {
  const bytes = Buffer.alloc(MintLayout.span);
  MintLayout.encode(
    {
      mintAuthorityOption: mintAuthority ? 1 : 0,
      mintAuthority: mintAuthority ?? other,
      supply,
      decimals: rest.decimals ?? 6,
      isInitialized: rest.isInitialized ?? true,
      freezeAuthorityOption: 0,
      freezeAuthority: PublicKey.default,
    },
    bytes,
  );
  return bytes;
}

function entry(type: number, value: Buffer, length = value.length): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(type);
  head.writeUInt16LE(length, 2);
  return Buffer.concat([head, value]);
}

function extended(...entries: Buffer[]): Buffer {
  return Buffer.concat([mintBytes(), Buffer.alloc(ACCOUNT_SIZE - MintLayout.span), Buffer.of(1), ...entries]);
}

const pointer = (to: PublicKey) =>
  entry(METADATA_POINTER, Buffer.concat([authority.toBuffer(), to.toBuffer()]));

function metadata(updateAuthority: PublicKey, of = mint, pairs = 0): Buffer {
  const value = Buffer.concat([
    updateAuthority.toBuffer(),
    of.toBuffer(),
    ...['Name', 'N', 'http://127.0.0.1'].map(text),
    Buffer.of(pairs, 0, 0, 0),
    ...Array.from({ length: pairs * 2 }, () => text('pair')),
  ]);
  return entry(TOKEN_METADATA, value);
}

function text(value: string): Buffer {
  return Buffer.concat([Buffer.of(value.length, 0, 0, 0), Buffer.from(value)]);
}

describe('a mint', () => {
  it.each([
    ['spl-token', TOKEN_PROGRAM_ID],
    ['token-2022', TOKEN_2022_PROGRAM_ID],
  ] as const)('of %s is read with exact numbers', (program, owner) => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 64n - 1n), fc.integer({ min: 0, max: 255 }), (supply, decimals) => {
        expect(decodeMint(mint, account(mintBytes({ supply, decimals }), owner))).toEqual({
          program,
          decimals,
          supply,
          mintAuthority: authority,
          freezeAuthority: null,
          metadataAddress: null,
          extensions: [],
        });
      }),
    );
  });

  it('has no mint authority when the option says so or the key is zero', () => {
    for (const mintAuthority of [null, PublicKey.default]) {
      expect(decodeMint(mint, account(mintBytes({ mintAuthority })))?.mintAuthority).toBeNull();
    }
  });

  it('names its extensions', () => {
    expect(decodeMint(mint, account(extended(pointer(other))))?.extensions).toEqual(['MetadataPointer']);
    expect(decodeMint(mint, account(extended()))?.extensions).toEqual([]);
  });

  it('says where its metadata is', () => {
    expect(decodeMint(mint, account(extended(pointer(other))))?.metadataAddress).toEqual(other);
    expect(decodeMint(mint, account(extended(pointer(PublicKey.default))))?.metadataAddress).toBeNull();
    expect(decodeMint(mint, account(extended()))?.metadataAddress).toBeNull();
  });

  const tokenAccount = Buffer.concat([Buffer.alloc(ACCOUNT_SIZE), Buffer.of(2, 0, 0)]);
  it.each([
    ['no account', null],
    ['an account of another program', account(mintBytes(), other)],
    ['a mint that is not initialized', account(mintBytes({ isInitialized: false }))],
    ['a token account', account(tokenAccount.subarray(0, ACCOUNT_SIZE), TOKEN_PROGRAM_ID)],
    ['a token account with extensions', account(tokenAccount)],
    ['a multisig', account(Buffer.alloc(MULTISIG_SIZE, 1))],
    ['an spl-token account with extensions', account(extended(), TOKEN_PROGRAM_ID)],
    ['a mint with a cut pointer', account(extended(pointer(mint).subarray(0, 40)))],
  ])('is not %s', (_, found) => {
    expect(decodeMint(mint, found)).toBeNull();
  });
});

describe('the token metadata extension', () => {
  it('names the update authority of this mint, behind other extensions and with further fields', () => {
    const data = extended(pointer(mint), entry(3, Buffer.alloc(32)), metadata(authority, mint, 3));
    expect(extensionUpdateAuthority(mint, account(data), mint)).toEqual(authority);
  });

  it.each([
    ['speaks of another mint', account(extended(metadata(authority, other)))],
    ['is not there', account(extended(pointer(mint)))],
    ['has no authority left', account(extended(metadata(PublicKey.default)))],
    ['is in an account of another program', account(extended(metadata(authority)), other)],
    ['is in an spl-token account', account(extended(metadata(authority)), TOKEN_PROGRAM_ID)],
    ['promises more fields than there are', account(extended(entry(TOKEN_METADATA, Buffer.alloc(70))))],
  ])('names nobody when it %s', (_, found) => {
    expect(extensionUpdateAuthority(mint, found, mint)).toBeNull();
  });

  it('names nobody when it is cut anywhere', () => {
    const whole = extended(metadata(authority, mint, 2));
    for (let length = 0; length < whole.length; length += 1) {
      expect(extensionUpdateAuthority(mint, account(whole.subarray(0, length)), mint)).toBeNull();
    }
  });
});

function tokenAccountBytes(state = AccountState.Initialized, amount = 7n): Buffer {
  const bytes = Buffer.alloc(ACCOUNT_SIZE);
  AccountLayout.encode(
    {
      mint,
      owner: authority,
      amount,
      delegateOption: 1,
      delegate: other,
      state,
      isNativeOption: 0,
      isNative: 0n,
      delegatedAmount: amount,
      closeAuthorityOption: 0,
      closeAuthority: PublicKey.default,
    },
    bytes,
  );
  return bytes;
}

describe('a token account', () => {
  const held = { mint, owner: authority, rawAmount: 7n };

  it('counts for its owner, frozen or delegated, under both programs', () => {
    for (const state of [AccountState.Initialized, AccountState.Frozen]) {
      expect(decodeTokenAccount(other, account(tokenAccountBytes(state), TOKEN_PROGRAM_ID))).toEqual(held);
      const extended = Buffer.concat([tokenAccountBytes(state), Buffer.of(2, 7, 0, 0, 0)]);
      expect(decodeTokenAccount(other, account(extended))).toEqual(held);
    }
    const whole = account(tokenAccountBytes(AccountState.Initialized, 2n ** 64n - 1n));
    expect(decodeTokenAccount(other, whole)?.rawAmount).toBe(2n ** 64n - 1n);
  });

  // The keys in a multisig are free to choose: read as a token account it could claim any owner and any amount.
  const multisig = Buffer.concat([tokenAccountBytes(), Buffer.of(2), Buffer.alloc(MULTISIG_SIZE)]);
  it.each([
    ['no account', null],
    ['an account of another program', account(tokenAccountBytes(), other)],
    ['a token account that is not initialized', account(tokenAccountBytes(AccountState.Uninitialized))],
    ['a mint', account(extended())],
    ['a multisig', account(multisig.subarray(0, MULTISIG_SIZE))],
    ['a part of a token account', account(tokenAccountBytes().subarray(0, -1))],
  ])('is not %s', (_, found) => {
    expect(decodeTokenAccount(other, found)).toBeNull();
  });
});

describe('any bytes', () => {
  const owners = fc.constantFrom(TOKEN_PROGRAM_ID, TOKEN_2022_PROGRAM_ID, other);
  const real = extended(pointer(mint), metadata(authority));

  it('never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), owners, (bytes, owner) => {
        expectDecodable(account(bytes, owner));
      }),
    );
  });

  it('never throw where a real mint was damaged, and never name a stranger', () => {
    const damage = fc.array(
      fc.record({ at: fc.nat(real.length - 1), to: fc.integer({ min: 0, max: 255 }) }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(damage, fc.nat(real.length), owners, (changes, length, owner) => {
        const bytes = Buffer.from(real);
        for (const { at, to } of changes) bytes[at] = to;
        expectDecodable(account(bytes.subarray(0, length), owner));
      }),
    );
  });

  function expectDecodable(found: AccountInfo<Buffer>): void {
    const decoded = decodeMint(mint, found);
    expect(decoded === null || typeof decoded.supply === 'bigint').toBe(true);
    expect(extensionUpdateAuthority(mint, found, other)).toBeNull();
    const held = decodeTokenAccount(mint, found);
    expect(held === null || typeof held.rawAmount === 'bigint').toBe(true);
  }
});
