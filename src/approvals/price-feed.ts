import type { FetchedPrice } from './price.js';

/** Where prices come from. No call belongs in a database transaction. */
export abstract class PriceFeed {
  /**
   * Asks for the present price of one whole token, in US dollars.
   * @returns null when the feed answers and has no usable price for the mint
   * @throws PriceFeedError when it cannot be asked, within a few seconds
   */
  abstract priceOf(mint: string): Promise<FetchedPrice | null>;
}
