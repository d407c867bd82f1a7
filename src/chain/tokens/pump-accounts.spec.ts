import { NATIVE_MINT } from '@solana/spl-token';
import { type AccountInfo, Keypair, PublicKey } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import {
  bondingCurveAddress,
  canonicalPoolAddress,
  decodeBondingCurve,
  decodePool,
  PUMP_AMM_PROGRAM,
  PUMP_PROGRAM,
  UnknownPumpLayout,
} from './pump-accounts.js';

const MINT = Keypair.fromSeed(new Uint8Array(32).fill(2)).publicKey;
const CREATOR = Keypair.fromSeed(new Uint8Array(32).fill(3)).publicKey;
const USDC = new PublicKey('EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v');
const CURVE_LENGTHS = [81, 82, 83, 115, 124, 125, 141, 150, 151, 166];
const POOL_LENGTHS = [243, 244, 245, 261, 269, 270, 271, 279, 287];

function account(owner: PublicKey, data: Buffer): AccountInfo<Buffer> {
  return { owner, data, lamports: 1, executable: false };
}

function curve(length: number, creator = CREATOR, quoteMint?: PublicKey): AccountInfo<Buffer> {
  const data = Buffer.alloc(length);
  data.write('17b7f83760d8ac60', 'hex');
  if (length >= 81) creator.toBuffer().copy(data, 49);
  quoteMint?.toBuffer().copy(data, 83);
  return account(PUMP_PROGRAM, data);
}

function pool(length: number, creator = CREATOR): AccountInfo<Buffer> {
  const data = Buffer.alloc(length);
  data.write('f19a6d0411b16dbc', 'hex');
  if (length >= 243) creator.toBuffer().copy(data, 211);
  return account(PUMP_AMM_PROGRAM, data);
}

describe('the addresses of pump.fun', () => {
  it('R7: are those that its own library derives', () => {
    expect(bondingCurveAddress(MINT).toBase58()).toBe('7vx2BNV1E9CWf89K8LEzBjrKXYJxFyWXaJC6JedA2LPG');
    expect(canonicalPoolAddress(MINT).toBase58()).toBe('6U7JfCcQHMZuExKqZGHjgdVU6jmXoM3FZ7xbzGKGndBB');
    expect(canonicalPoolAddress(MINT, USDC).equals(canonicalPoolAddress(MINT))).toBe(false);
  });
});

describe('a bonding curve', () => {
  it.each(CURVE_LENGTHS)('R7: of %i bytes names its creator', (length) => {
    const found = decodeBondingCurve(curve(length));
    expect(found?.creator?.toBase58()).toBe(CREATOR.toBase58());
    expect(found?.quoteMint.equals(NATIVE_MINT)).toBe(true);
  });

  it('of the time before creators names nobody, and so does one with an empty key', () => {
    expect(decodeBondingCurve(curve(49))?.creator).toBeNull();
    expect(decodeBondingCurve(curve(166, PublicKey.default))?.creator).toBeNull();
  });

  it('says what the coin is traded for', () => {
    expect(decodeBondingCurve(curve(166, CREATOR, USDC))?.quoteMint.equals(USDC)).toBe(true);
  });

  it.each([
    [48, 'complete'],
    [82, 'cashback'],
    [124, 'holderReward'],
  ] as const)('says at byte %i whether it is one of %s', (offset, flag) => {
    const set = curve(166);
    set.data[offset] = 1;
    expect([decodeBondingCurve(curve(166))?.[flag], decodeBondingCurve(set)?.[flag]]).toEqual([false, true]);
    expect(decodeBondingCurve(curve(49))).toMatchObject({ cashback: false, holderReward: false });
  });

  it('says what waits for its creator, from the layout on that knows of it', () => {
    const waiting = curve(166);
    waiting.data.writeBigUInt64LE(2n ** 64n - 1n, 125);
    expect(decodeBondingCurve(waiting)?.waitingFees).toBe(2n ** 64n - 1n);
    expect(decodeBondingCurve(curve(125))?.waitingFees).toBe(0n);
  });

  it.each([48, 80, 84, 167, 200, 1_024])('R7: of %i bytes is not read', (length) => {
    expect(() => decodeBondingCurve(curve(length))).toThrow(UnknownPumpLayout);
    expect(() => decodeBondingCurve(curve(length))).toThrow(`a layout of ${length} bytes`);
  });

  it('is nothing that another program owns, and not read with another discriminator', () => {
    expect(decodeBondingCurve(null)).toBeNull();
    expect(decodeBondingCurve(account(PublicKey.default, curve(166).data))).toBeNull();
    const other = curve(166);
    other.data[0] = 0;
    expect(() => decodeBondingCurve(other)).toThrow(UnknownPumpLayout);
  });
});

describe('a pool', () => {
  it.each(POOL_LENGTHS)('R7: of %i bytes names the creator of its coin', (length) => {
    expect(decodePool(pool(length))?.creator?.toBase58()).toBe(CREATOR.toBase58());
  });

  it('that is none is told from one that names nobody', () => {
    expect(decodePool(null)).toBeNull();
    expect(decodePool(account(PUMP_PROGRAM, pool(287).data))).toBeNull();
    expect(decodePool(pool(211))?.creator).toBeNull();
    expect(decodePool(pool(287, PublicKey.default))?.creator).toBeNull();
  });

  it.each([
    [244, 'cashback'],
    [270, 'holderReward'],
  ] as const)('says at byte %i whether it is one of %s', (offset, flag) => {
    const set = pool(287);
    set.data[offset] = 1;
    expect([decodePool(pool(287))?.[flag], decodePool(set)?.[flag]]).toEqual([false, true]);
    // Where the account ends before, there was no such thing.
    expect(decodePool(pool(244))).toMatchObject({ cashback: false, holderReward: false });
  });

  it('says what waits for its creator, and where its wrapped SOL is', () => {
    const waiting = pool(287);
    CREATOR.toBuffer().copy(waiting.data, 171);
    waiting.data.writeBigUInt64LE(7n, 279);
    expect(decodePool(waiting)).toMatchObject({ waitingFees: 7n, quoteAccount: CREATOR });
    expect(decodePool(pool(279))?.waitingFees).toBe(0n);
  });

  it.each([210, 242, 288, 300])('R7: of %i bytes is not read', (length) => {
    expect(() => decodePool(pool(length))).toThrow(UnknownPumpLayout);
  });
});
