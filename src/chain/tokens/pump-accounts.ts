import { NATIVE_MINT } from '@solana/spl-token';
import { type AccountInfo, PublicKey } from '@solana/web3.js';
import { BorshReader } from './borsh-reader.js';
import { orNull } from './metaplex-metadata.js';

export const PUMP_PROGRAM = new PublicKey('6EF8rrecthR5Dkzon8Nwu78hRvfCKubJ14M5uBEwF6P');
export const PUMP_AMM_PROGRAM = new PublicKey('pAMMBay6oceH9fJKBRHGP5D4bD4sWpmSwMn52FMfXEA');

/** First 8 bytes of SHA-256 of `account:BondingCurve` and `account:Pool`. */
const CURVE_DISCRIMINATOR = '17b7f83760d8ac60';
const POOL_DISCRIMINATOR = 'f19a6d0411b16dbc';

// Fields are appended several times a year. What stands in a longer account than these may change what the older fields
// mean, so such an account is not read at all.
const CURVE_LENGTHS: readonly number[] = [49, 81, 82, 83, 115, 124, 125, 141, 150, 151, 166];
const POOL_LENGTHS: readonly number[] = [211, 243, 244, 245, 261, 269, 270, 271, 279, 287];

const CURVE = {
  complete: 48,
  creator: 49,
  cashback: 82,
  quoteMint: 83,
  holderReward: 124,
  waiting: 125,
} as const;
const POOL = { quoteAccount: 171, creator: 211, cashback: 244, holderReward: 270, waiting: 279 } as const;
const KEY_BYTES = 32;
const AMOUNT_BYTES = 8;

/** Where pump.fun keeps the bonding curve of a coin. */
export function bondingCurveAddress(mint: PublicKey): PublicKey {
  return deriveAddress(PUMP_PROGRAM, ['bonding-curve', mint]);
}

/** Where a coin is traded after its graduation. @param quoteMint what it is traded for */
export function canonicalPoolAddress(mint: PublicKey, quoteMint: PublicKey = NATIVE_MINT): PublicKey {
  const authority = deriveAddress(PUMP_PROGRAM, ['pool-authority', mint]);
  return deriveAddress(PUMP_AMM_PROGRAM, ['pool', Buffer.alloc(2), authority, mint, quoteMint]);
}

/** Thrown for an account of pump.fun that this version cannot read; `message` is safe to show. */
export class UnknownPumpLayout extends Error {}

/** What a coin says about who earns its creator fees. */
export interface NamedEarner {
  /** Who created the coin; null where nobody is named, as of a time that knew no creators. */
  readonly creator: PublicKey | null;
  readonly cashback: boolean;
  readonly holderReward: boolean;
  /** Lamports of creator fees that wait in the coin's own account until somebody sweeps them into the creator's vault. */
  readonly waitingFees: bigint;
}

export interface CoinPool extends NamedEarner {
  /** Where the pool keeps its wrapped SOL, as it says itself. */
  readonly quoteAccount: PublicKey;
}

export interface BondingCurve extends NamedEarner {
  readonly complete: boolean;
  /** What the coin is traded for. */
  readonly quoteMint: PublicKey;
}

/**
 * Null when the account is no bonding curve of pump.fun.
 * @throws UnknownPumpLayout
 */
export function decodeBondingCurve(account: AccountInfo<Buffer> | null): BondingCurve | null {
  const data = dataOf(account, PUMP_PROGRAM, CURVE_DISCRIMINATOR, CURVE_LENGTHS, 'bonding curve');
  if (data === null) return null;
  return {
    creator: keyAt(data, CURVE.creator),
    quoteMint: keyAt(data, CURVE.quoteMint) ?? NATIVE_MINT,
    complete: flagAt(data, CURVE.complete),
    cashback: flagAt(data, CURVE.cashback),
    holderReward: flagAt(data, CURVE.holderReward),
    waitingFees: amountAt(data, CURVE.waiting),
  };
}

/**
 * Null when the account is no pool of pump.fun.
 * @throws UnknownPumpLayout
 */
export function decodePool(account: AccountInfo<Buffer> | null): CoinPool | null {
  const data = dataOf(account, PUMP_AMM_PROGRAM, POOL_DISCRIMINATOR, POOL_LENGTHS, 'pool');
  if (data === null) return null;
  return {
    creator: keyAt(data, POOL.creator),
    cashback: flagAt(data, POOL.cashback),
    holderReward: flagAt(data, POOL.holderReward),
    waitingFees: amountAt(data, POOL.waiting),
    quoteAccount: new PublicKey(data.subarray(POOL.quoteAccount, POOL.quoteAccount + KEY_BYTES)),
  };
}

function dataOf(
  account: AccountInfo<Buffer> | null,
  owner: PublicKey,
  discriminator: string,
  lengths: readonly number[],
  what: string,
): Buffer | null {
  if (!account?.owner.equals(owner)) return null;
  const { data } = account;
  if (data.subarray(0, 8).toString('hex') === discriminator && lengths.includes(data.length)) return data;
  throw new UnknownPumpLayout(
    `its pump.fun ${what} has a layout of ${data.length} bytes that this version does not know`,
  );
}

/** Null for 32 zero bytes, and in an account that ends before. */
function keyAt(data: Buffer, offset: number): PublicKey | null {
  if (data.length < offset + KEY_BYTES) return null;
  const reader = new BorshReader(data.subarray(offset));
  return orNull(new PublicKey(reader.take(KEY_BYTES)));
}

/** False in an account that ends before. Whatever is not 0 is set: nobody is promised fees by a byte that we misread. */
function flagAt(data: Buffer, offset: number): boolean {
  return (data[offset] ?? 0) !== 0;
}

/** 0 in an account that ends before. */
function amountAt(data: Buffer, offset: number): bigint {
  return data.length < offset + AMOUNT_BYTES ? 0n : data.readBigUInt64LE(offset);
}

/** @param seeds texts as UTF-8, keys as their bytes */
export function deriveAddress(
  program: PublicKey,
  seeds: readonly (string | Uint8Array | PublicKey)[],
): PublicKey {
  const bytes = seeds.map((seed) => {
    if (seed instanceof PublicKey) return seed.toBuffer();
    return typeof seed === 'string' ? Buffer.from(seed, 'utf8') : seed;
  });
  return PublicKey.findProgramAddressSync(bytes, program)[0];
}
