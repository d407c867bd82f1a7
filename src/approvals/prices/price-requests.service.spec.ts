import { describe, expect, it } from 'vitest';
import { PriceFeed } from './price-feed.js';
import { PriceRequests } from './price-requests.service.js';
import { type FetchedPrice, PriceFeedError } from './price.js';

class CountingFeed extends PriceFeed {
  readonly asked: (readonly string[])[] = [];
  readonly failures: PriceFeedError[] = [];

  async pricesOf(mints: readonly string[]): Promise<ReadonlyMap<string, FetchedPrice | null>> {
    this.asked.push(mints);
    const failure = this.failures.shift();
    if (failure !== undefined) throw failure;
    return new Map(mints.map((mint) => [mint, mint === 'unknown' ? null : priceOf(mint)]));
  }
}

function priceOf(mint: string): FetchedPrice {
  return { priceUsd: mint, liquidityUsd: null, decimals: null, source: 'test' };
}

describe('questions for prices', () => {
  it('R10: that come at once are one request, each token in it once', async () => {
    const feed = new CountingFeed();
    const requests = new PriceRequests(feed);
    const wanted = ['1', '2', 'unknown', '1', '3', '2'];
    const prices = await Promise.all(wanted.map((mint) => requests.priceOf(mint)));
    expect(prices.map((price) => price?.priceUsd ?? null)).toEqual(['1', '2', null, '1', '3', '2']);
    expect(feed.asked).toEqual([['1', '2', 'unknown', '3']]);
  });

  it('R10: for more tokens than a request may name are as few requests as it takes', async () => {
    const feed = new CountingFeed();
    const requests = new PriceRequests(feed);
    const wanted = Array.from({ length: 101 }, (_, index) => `${index}`);
    expect(await Promise.all(wanted.map((mint) => requests.priceOf(mint)))).toEqual(wanted.map(priceOf));
    expect(feed.asked.map((mints) => mints.length)).toEqual([50, 50, 1]);
  });

  it('R10: are asked again when the time is over for which the feed wanted to be left alone', async () => {
    const feed = new CountingFeed();
    feed.failures.push(new PriceFeedError('it answered HTTP 429', 5), new PriceFeedError('again', 5));
    expect(await new PriceRequests(feed).priceOf('7')).toEqual(priceOf('7'));
    expect(feed.asked).toHaveLength(3);
  });

  it('fail together when the feed fails, and the next ones are asked anew', async () => {
    const feed = new CountingFeed();
    const requests = new PriceRequests(feed);
    feed.failures.push(new PriceFeedError('it did not answer'));
    const ended = await Promise.allSettled(['1', '2'].map((mint) => requests.priceOf(mint)));
    expect(ended.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(feed.asked).toHaveLength(1);
    expect(await requests.priceOf('1')).toEqual(priceOf('1'));
  });
});
