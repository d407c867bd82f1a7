import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { MINTS_A_REQUEST, PriceFeed } from './price-feed.js';
import { type FetchedPrice, PriceFeedError } from './price.js';

/** A request goes out when nobody has joined it for such a moment, or after some of them. */
const MOMENT_MS = 20;
const MOMENTS = 10;
/** A request of a client waits so long for a feed that asks for patience, and not longer. */
const PATIENCE_MS = 6_000;

interface Waiting {
  readonly mint: string;
  readonly resolve: (price: FetchedPrice | null) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Questions for prices, gathered: many tokens that are wanted at once cost one request, because the plans of price feeds
 * count requests. A feed that answers "too many" is left alone as long as it asks for, and then asked once more.
 */
@Injectable()
export class PriceRequests {
  private waiting: Waiting[] = [];
  private gathering: Promise<void> | undefined;
  /** Of the process, in milliseconds: until then the feed wants to be left alone. */
  private quietUntil = 0;

  constructor(private readonly feed: PriceFeed) {}

  /** @throws PriceFeedError */
  priceOf(mint: string): Promise<FetchedPrice | null> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ mint, resolve, reject });
      this.gathering ??= this.gather().then(() => this.askForAll());
    });
  }

  private async gather(): Promise<void> {
    for (let moment = 0, before = 0; moment < MOMENTS && this.waiting.length > before; moment += 1) {
      before = this.waiting.length;
      await sleep(MOMENT_MS);
    }
  }

  private async askForAll(): Promise<void> {
    this.gathering = undefined;
    const all = this.waiting;
    this.waiting = [];
    const groups: Waiting[][] = [];
    for (let start = 0; start < all.length; start += MINTS_A_REQUEST)
      groups.push(all.slice(start, start + MINTS_A_REQUEST));
    await Promise.all(groups.map((group) => this.answer(group)));
  }

  private async answer(group: readonly Waiting[]): Promise<void> {
    try {
      const mints = [...new Set(group.map(({ mint }) => mint))];
      const prices = await this.askPatiently(mints, performance.now() + PATIENCE_MS);
      for (const { mint, resolve } of group) resolve(prices.get(mint) ?? null);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  private async askPatiently(
    mints: readonly string[],
    deadline: number,
  ): Promise<ReadonlyMap<string, FetchedPrice | null>> {
    for (;;) {
      await this.keepQuiet(deadline);
      try {
        return await this.feed.pricesOf(mints);
      } catch (error) {
        if (!(error instanceof PriceFeedError) || error.retryAfterMs === null) throw error;
        this.quietUntil = Math.max(this.quietUntil, performance.now() + error.retryAfterMs);
        if (this.quietUntil > deadline) throw error;
      }
    }
  }

  /** @throws PriceFeedError when the feed wants to be left alone for longer than the question can wait */
  private async keepQuiet(deadline: number): Promise<void> {
    const wait = this.quietUntil - performance.now();
    if (this.quietUntil > deadline)
      throw new PriceFeedError(`it asked to be left alone for ${Math.ceil(wait / 1_000)} s more`);
    if (wait > 0) await sleep(wait);
  }
}
