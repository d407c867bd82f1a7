import { type Decimal, canonical, compareDecimals, minDecimal } from '#src/common/money/decimal.js';

export {
  compareDecimals as compareUsd,
  minDecimal as minUsd,
  parseDecimal,
  sumDecimals as sumUsd,
  toDecimalString,
} from '#src/common/money/decimal.js';

/** US dollars, exact to the last digit. */
export type Usd = Decimal;

export const MAX_RAW_AMOUNT = 2n ** 64n - 1n;
const MAX_MINT_DECIMALS = 255;

/** What a wallet held of a token when it signalled. */
export interface SignalledHolding {
  /** Smallest units of the token, 0 to 2^64-1, over all of the wallet's accounts. */
  readonly rawAmount: bigint;
  /** Of the mint, 0 to 255. */
  readonly decimals: number;
  /** US dollars for one whole token. */
  readonly price: Usd;
}

/**
 * Token amount x price. Nothing is rounded: raw x coefficient of the price, with both numbers of decimals added up.
 * @throws RangeError for what no chain and no feed can mean
 */
export function usdValue(rawAmount: bigint, decimals: number, price: Usd): Usd {
  if (rawAmount < 0n || rawAmount > MAX_RAW_AMOUNT) {
    throw new RangeError(`${rawAmount} is not a token amount of 0 to 2^64-1`);
  }
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > MAX_MINT_DECIMALS) {
    throw new RangeError(`${decimals} is not a number of decimals of 0 to ${MAX_MINT_DECIMALS}`);
  }
  if (price.coefficient < 0n) throw new RangeError('a price cannot be negative');
  return canonical(rawAmount * price.coefficient, decimals + price.scale);
}

/**
 * An approval's weight when its milestone is due: min(weight when signalled, present amount x price when signalled).
 * Tokens that have moved on since count where they are now, so never twice; tokens that came later do not count.
 */
export function reweigh(signalled: SignalledHolding, presentRaw: bigint): Usd {
  const { rawAmount, decimals, price } = signalled;
  return minDecimal(usdValue(rawAmount, decimals, price), usdValue(presentRaw, decimals, price));
}

/** A signer must hold more than the minimum; exactly the minimum is not enough. */
export function meetsMinimum(value: Usd, minimum: Usd): boolean {
  return compareDecimals(value, minimum) > 0;
}

/** The sum of the weights is enough when it is the threshold or above. */
export function reaches(sum: Usd, threshold: Usd): boolean {
  return compareDecimals(sum, threshold) >= 0;
}
