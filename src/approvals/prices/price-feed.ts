import type { FetchedPrice } from './price.js';

/** Most mints that are asked for in one request. */
export const MINTS_A_REQUEST = 50;

/** Where prices come from. No call belongs in a database transaction. */
export abstract class PriceFeed {
  /**
   * Asks for the present prices of one whole token each, in one request.
   * @param mints at most MINTS_A_REQUEST, each once
   * @returns null for a mint of which the feed has no usable price
   * @throws PriceFeedError when it cannot be asked, within a few seconds
   */
  abstract pricesOf(mints: readonly string[]): Promise<ReadonlyMap<string, FetchedPrice | null>>;
}
