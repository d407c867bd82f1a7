import { type Node, parseTree } from 'jsonc-parser';
import { compareDecimals, decimalOf, parseDecimal, toDecimalString } from '../common/decimal.js';

/** The price feed could not be asked, or what it said is no answer. `message` names no URL and no key. */
export class PriceFeedError extends Error {
  override readonly name = 'PriceFeedError';
}

/** A price that a feed gave just now. */
export interface FetchedPrice {
  /** US dollars for one whole token: a positive decimal without exponent, with every digit that the feed wrote. */
  readonly priceUsd: string;
  /** Who said so: `jupiter`. */
  readonly source: string;
}

// Outside of these the feed errs: no token is worth more than a trillion dollars, and of one below the lower bound even
// 2^64-1 pieces are worth less than a millionth of a cent.
const HIGHEST = decimalOf('1e12');
const LOWEST = decimalOf('1e-30');
const MAX_SIGNIFICANT_DIGITS = 60;

/**
 * The price of one mint out of an answer of Jupiter's Price API v3, `{"<mint>":{"usdPrice":1.25,...}}`. The digits are
 * taken as they are written: a JavaScript number would round them.
 * @returns null when the answer has no usable price for the mint (missing, null, not a number, 0, negative, absurd)
 * @throws PriceFeedError when the text is no such answer, or says two things at once
 */
export function readJupiterPrice(body: string, mint: string): string | null {
  const answer = parseObject(body);
  const entry = member(answer, mint);
  if (entry?.type !== 'object') return null;
  const price = member(entry, 'usdPrice');
  if (price?.type !== 'number') return null;
  return usablePrice(body.slice(price.offset, price.offset + price.length));
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

function member(object: Node, name: string): Node | undefined {
  const found = (object.children ?? []).filter(({ children }) => children?.[0]?.value === name);
  if (found.length > 1) throw new PriceFeedError('its answer names one thing twice');
  return found[0]?.children?.[1];
}

function usablePrice(literal: string): string | null {
  const price = parseDecimal(literal);
  if (price === null || compareDecimals(price, LOWEST) < 0 || compareDecimals(price, HIGHEST) > 0)
    return null;
  return price.coefficient.toString().length > MAX_SIGNIFICANT_DIGITS ? null : toDecimalString(price);
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
