import { type Node, parseTree } from 'jsonc-parser';
import {
  compareDecimals,
  type Decimal,
  decimalOf,
  parseDecimal,
  toDecimalString,
} from '#src/common/money/decimal.js';

/** The price feed could not be asked, or what it said is no answer. `message` names no URL and no key. */
export class PriceFeedError extends Error {
  override readonly name = 'PriceFeedError';

  constructor(
    message: string,
    /** How long the feed asks to be left alone; null when it is no question of patience. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(message);
  }
}

/** What a feed says of a token just now. */
export interface FetchedPrice {
  /** US dollars for one whole token: a positive decimal without exponent, with every digit that the feed wrote. */
  readonly priceUsd: string;
  /** US dollars in the pools that the price comes from; null when the feed does not say. */
  readonly liquidityUsd: string | null;
  /** Decimals of the token as the feed knows it; null when the feed does not say. */
  readonly decimals: number | null;
  /** Who said so: `jupiter`. */
  readonly source: string;
}

// Outside of these the feed errs: no token is worth more than a trillion dollars, and of one below the lower bound even
// 2^64-1 pieces are worth less than a millionth of a cent.
const HIGHEST = decimalOf('1e12');
const LOWEST = decimalOf('1e-30');
const MAX_SIGNIFICANT_DIGITS = 60;

/**
 * The prices of some mints out of one answer of Jupiter's Price API v3,
 * `{"<mint>":{"usdPrice":1.25,"liquidity":50000.5,"decimals":6,...}}`. The digits are taken as they are written: a JavaScript
 * number would round them.
 * @returns null for a mint without a usable price (missing, null, not a number, 0, negative, absurd, named twice)
 * @throws PriceFeedError when the text is no such answer
 */
export function readJupiterPrices(body: string, mints: readonly string[]): Map<string, FetchedPrice | null> {
  const answer = parseObject(body);
  return new Map(mints.map((mint) => [mint, priceIn(body, member(answer, mint))]));
}

function priceIn(body: string, entry: Node | undefined): FetchedPrice | null {
  const priceUsd = decimalMember(body, entry, 'usdPrice', isPrice);
  if (priceUsd === null) return null;
  const decimals = decimalMember(body, entry, 'decimals', isCount);
  return {
    priceUsd,
    liquidityUsd: decimalMember(body, entry, 'liquidity', isAmount),
    decimals: decimals === null ? null : Number(decimals),
    source: 'jupiter',
  };
}

function parseObject(body: string): Node {
  const root = parse(body);
  if (root?.type !== 'object') throw new PriceFeedError('its answer is not a JSON object');
  return root;
}

function parse(body: string): Node | undefined {
  try {
    // jsonc-parser alone would pass comments and repair what is broken.
    JSON.parse(body);
    return parseTree(body);
  } catch {
    // A RangeError is among these: nesting deeper than the stack.
    throw new PriceFeedError('its answer is not JSON');
  }
}

/** Nothing when it is there twice: two values are none. */
function member(object: Node, name: string): Node | undefined {
  const found = (object.children ?? []).filter(({ children }) => children?.[0]?.value === name);
  return found.length === 1 ? found[0]?.children?.[1] : undefined;
}

/** A number of an entry as an exact decimal text, where it is what it should be. */
function decimalMember(
  body: string,
  entry: Node | undefined,
  name: string,
  isUsable: (value: Decimal) => boolean,
): string | null {
  const node = entry?.type === 'object' ? member(entry, name) : undefined;
  if (node?.type !== 'number') return null;
  const value = parseDecimal(body.slice(node.offset, node.offset + node.length));
  return value !== null && isUsable(value) ? toDecimalString(value) : null;
}

function isPrice(value: Decimal): boolean {
  if (compareDecimals(value, LOWEST) < 0 || compareDecimals(value, HIGHEST) > 0) return false;
  return value.coefficient.toString().length <= MAX_SIGNIFICANT_DIGITS;
}

function isAmount(value: Decimal): boolean {
  return value.coefficient >= 0n;
}

function isCount(value: Decimal): boolean {
  return value.scale === 0 && value.coefficient >= 0n && value.coefficient <= 255n;
}

/** Why a price does not count for a commitment. */
export type PriceFault = 'no_liquidity_stated' | 'below_minimum_liquidity' | 'other_decimals';

/**
 * A price out of a pool that anybody could move, or one of another token, is none.
 * @param minimumUsd exact decimal text; 0 switches the question off
 * @param decimals of the token as its mint says
 */
export function priceFault(
  { liquidityUsd, decimals: stated }: Pick<FetchedPrice, 'liquidityUsd' | 'decimals'>,
  minimumUsd: string,
  decimals: number,
): PriceFault | null {
  if (stated !== null && stated !== decimals) return 'other_decimals';
  const minimum = decimalOf(minimumUsd);
  if (minimum.coefficient === 0n) return null;
  if (liquidityUsd === null) return 'no_liquidity_stated';
  return compareDecimals(decimalOf(liquidityUsd), minimum) < 0 ? 'below_minimum_liquidity' : null;
}

export interface PriceLifetimes {
  /** Up to this age a stored price is as good as a new one. */
  readonly ttlSeconds: number;
  /** Up to this age it serves when no new one can be had. */
  readonly staleTtlSeconds: number;
}

/** `fresh`: use it. `stale`: use it when no new one can be had. `none`: too old, as if it were not there. */
export type CachedPriceUse = 'fresh' | 'stale' | 'none';

/** A time to come, from a replica whose clock is ahead, counts like the same distance in the past. */
export function judgeCachedPrice(asOf: Date, now: Date, lifetimes: PriceLifetimes): CachedPriceUse {
  const ageMs = Math.abs(now.getTime() - asOf.getTime());
  if (ageMs <= lifetimes.ttlSeconds * 1_000) return 'fresh';
  return ageMs <= lifetimes.staleTtlSeconds * 1_000 ? 'stale' : 'none';
}
