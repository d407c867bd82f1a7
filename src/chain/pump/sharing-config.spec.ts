import { type AccountInfo, Keypair, PublicKey } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import { UnknownPumpLayout } from '#src/chain/tokens/pump-accounts.js';
import { holderRewardsAddress, PUMP_FEES_PROGRAM, sharingConfigAddress } from './pump-addresses.js';
import { decodeSharingConfig } from './sharing-config.js';

const [MINT, CREATOR, OTHER] = [2, 3, 4].map(
  (seed) => Keypair.fromSeed(new Uint8Array(32).fill(seed)).publicKey,
) as [PublicKey, PublicKey, PublicKey];

interface Given {
  readonly version?: number;
  readonly status?: number;
  readonly mint?: PublicKey;
  readonly revoked?: number;
  readonly shares?: readonly [PublicKey, number][];
  readonly length?: number;
  readonly owner?: PublicKey;
}

function account({
  version = 2,
  status = 1,
  mint = MINT,
  revoked = 0,
  shares = [
    [CREATOR, 7_000],
    [OTHER, 3_000],
  ],
  length = 1_024,
  owner = PUMP_FEES_PROGRAM,
}: Given = {}): AccountInfo<Buffer> {
  const data = Buffer.alloc(1_024);
  data.write('d84a0900388c5d4b', 'hex');
  data.set([255, version, status], 8);
  data.set(mint.toBuffer(), 11);
  data.set(CREATOR.toBuffer(), 43);
  data.writeUInt8(revoked, 75);
  data.writeUInt32LE(shares.length, 76);
  shares.forEach(([key, bps], index) => {
    data.set(key.toBuffer(), 80 + index * 34);
    data.writeUInt16LE(bps, 112 + index * 34);
  });
  return { owner, data: data.subarray(0, length), lamports: 1, executable: false };
}

describe('the addresses of shared fees', () => {
  it('are those that the library of pump.fun derives', () => {
    expect(sharingConfigAddress(MINT).toBase58()).toBe('5iRrBrApkLGKeTKkLmVYVvDeTbaV4kDmgXePcfTr84JY');
    expect(holderRewardsAddress(MINT).toBase58()).toBe('8XEHSKXn43UxSwMdhVU5xZZrxNHGGwZr2AS9Vv8mQT8U');
  });
});

describe('a sharing config', () => {
  it('names its shareholders and who can change them', () => {
    expect(decodeSharingConfig(account(), MINT)).toEqual({
      active: true,
      locked: false,
      admin: CREATOR.toBase58(),
      shareholders: [
        { address: CREATOR.toBase58(), bps: 7_000 },
        { address: OTHER.toBase58(), bps: 3_000 },
      ],
    });
  });

  it.each<[string, Given, object]>([
    ['is locked once its admin is revoked', { revoked: 1 }, { locked: true, admin: null }],
    ['is locked in its first version', { version: 1 }, { locked: true, admin: null }],
    ['is inactive while it is paused', { status: 0 }, { active: false }],
  ])('%s', (_, given, expected) => {
    expect(decodeSharingConfig(account(given), MINT)).toMatchObject(expected);
  });

  it.each<[string, Given]>([
    ['version 3', { version: 3 }],
    ['version 0', { version: 0 }],
    ['status 2', { status: 2 }],
    ['another mint', { mint: OTHER }],
    ['a flag that is none', { revoked: 2 }],
    ['shares of 9,999', { shares: [[OTHER, 9_999]] }],
    ['shares of 10,001', { shares: [[OTHER, 10_001]] }],
    ['no shares', { shares: [] }],
    ['an early end', { length: 140 }],
    ['nothing in it', { length: 0 }],
  ])('R7: with %s is not read', (_, given) => {
    expect(() => decodeSharingConfig(account(given), MINT)).toThrow(UnknownPumpLayout);
  });

  it('R7: with another discriminator or with 1,000 shareholders is not read', () => {
    const other = account();
    other.data[0] = 0;
    expect(() => decodeSharingConfig(other, MINT)).toThrow('another discriminator');
    const many = account();
    many.data.writeUInt32LE(1_000, 76);
    expect(() => decodeSharingConfig(many, MINT)).toThrow('1000 shareholders');
  });

  it('is none where another program owns the account', () => {
    expect(decodeSharingConfig(null, MINT)).toBeNull();
    expect(decodeSharingConfig(account({ owner: OTHER }), MINT)).toBeNull();
  });
});
