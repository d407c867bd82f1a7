import { Injectable, Logger } from '@nestjs/common';
import { Settings } from '../../config/settings.js';
import { Clock } from '../common/clock.js';
import { Transactions } from '../common/transactions.js';
import { priceUnavailable } from './approvals.errors.js';
import { PriceFeed } from './price-feed.js';
import { type FetchedPrice, judgeCachedPrice, PriceFeedError, type PriceLifetimes } from './price.js';
import { TokenPrice } from './token-price.entity.js';
import { TokenPriceRepository } from './token-price.repository.js';

export interface UsablePrice {
  /** US dollars for one whole token: a positive decimal without exponent. `decimalOf` reads it. */
  readonly priceUsd: string;
  /** When the feed gave it. */
  readonly asOf: Date;
}

/** Token prices by way of public.token_prices, which all replicas share. */
@Injectable()
export class PricesService {
  private readonly logger = new Logger(PricesService.name);
  private readonly lifetimes: PriceLifetimes;
  /** By mint. The look into the cache is part of it, so whoever comes a moment later finds the result there. */
  private readonly inFlight = new Map<string, Promise<UsablePrice>>();

  constructor(
    private readonly feed: PriceFeed,
    private readonly prices: TokenPriceRepository,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    settings: Settings,
  ) {
    this.lifetimes = {
      ttlSeconds: settings.env.JUPITER_PRICE_CACHE_TTL_SECONDS,
      staleTtlSeconds: settings.env.JUPITER_PRICE_STALE_TTL_SECONDS,
    };
  }

  /**
   * The price to weigh a holding with: a stored one within JUPITER_PRICE_CACHE_TTL_SECONDS, else a new one, else a stored
   * one within JUPITER_PRICE_STALE_TTL_SECONDS. May ask the feed, so never call it inside a database transaction.
   * @param mint base58 address of the token
   * @throws DomainError `price_unavailable`; there is no price to fall back to that would lower a bar
   */
  usablePrice(mint: string): Promise<UsablePrice> {
    const running = this.inFlight.get(mint);
    if (running !== undefined) return running;
    const started = this.find(mint).finally(() => this.inFlight.delete(mint));
    this.inFlight.set(mint, started);
    return started;
  }

  private async find(mint: string): Promise<UsablePrice> {
    const stored = await this.prices.find(this.transactions.manager, mint);
    if (stored !== null && this.use(stored) === 'fresh') return toUsable(stored);
    // Before the question, so that a price never passes for younger than it is.
    const fetchedAt = this.clock.now();
    const fetched = await this.fetch(mint);
    if (fetched instanceof PriceFeedError) return this.fallBack(mint, stored, fetched);
    const price: TokenPrice = { mint, ...fetched, fetchedAt };
    await this.prices.save(this.transactions.manager, price);
    return toUsable(price);
  }

  private async fetch(mint: string): Promise<FetchedPrice | PriceFeedError> {
    try {
      return (await this.feed.priceOf(mint)) ?? new PriceFeedError('it has no usable price for this token');
    } catch (error) {
      if (error instanceof PriceFeedError) return error;
      throw error;
    }
  }

  /** The stored price is judged again: the feed may have taken its time to fail. */
  private fallBack(mint: string, stored: TokenPrice | null, failure: PriceFeedError): UsablePrice {
    const reason = `the price feed was asked, but ${failure.message}`;
    if (stored === null || this.use(stored) === 'none') throw priceUnavailable(mint, reason, failure);
    const asOf = stored.fetchedAt.toISOString();
    this.logger.warn({ msg: `${reason}; the price of ${asOf} is used`, mint });
    return toUsable(stored);
  }

  private use(price: TokenPrice) {
    return judgeCachedPrice(price.fetchedAt, this.clock.now(), this.lifetimes);
  }
}

function toUsable({ priceUsd, fetchedAt }: TokenPrice): UsablePrice {
  return { priceUsd, asOf: fetchedAt };
}
