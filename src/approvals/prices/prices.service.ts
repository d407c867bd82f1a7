import { Injectable, Logger } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { Audit } from '#src/audit/log/audit.service.js';
import { decimalOf, toDecimalString } from '#src/common/money/decimal.js';
import type { MarkedFact } from '#src/marks/mark.js';
import { Marks } from '#src/marks/marks.service.js';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import { priceUnavailable } from './prices.errors.js';
import { PriceRequests } from './price-requests.service.js';
import { type FetchedPrice, judgeCachedPrice, PriceFeedError, type PriceLifetimes } from './price.js';
import { TokenPrice } from './token-price.entity.js';
import { TokenPriceRepository } from './token-price.repository.js';

/** US dollars are positive decimals without exponent. `decimalOf` reads them. */
export interface UsablePrice extends Omit<FetchedPrice, 'source'> {
  /** When the feed gave it. */
  readonly asOf: Date;
}

/** Token prices by way of public.token_prices, which all replicas share. */
@Injectable()
export class Prices {
  private readonly logger = new Logger(Prices.name);
  private readonly lifetimes: PriceLifetimes;
  /** By mint. The look into the cache is part of it, so whoever comes a moment later finds the result there. */
  private readonly inFlight = new Map<string, Promise<UsablePrice>>();

  constructor(
    private readonly feed: PriceRequests,
    private readonly prices: TokenPriceRepository,
    private readonly marks: Marks,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
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
    const stored = await this.stored(mint);
    if (stored !== null && this.use(stored) === 'fresh') return toUsable(stored);
    // Before the question, so that a price never passes for younger than it is.
    const fetchedAt = this.clock.now();
    const fetched = await this.fetch(mint);
    if (fetched instanceof PriceFeedError) return this.fallBack(mint, stored, fetched);
    const price: TokenPrice = { mint, ...fetched, fetchedAt };
    await this.transactions.run(async (manager) => {
      await this.prices.save(manager, price);
      await this.marks.make(manager, priceFact(price));
    });
    return toUsable(price);
  }

  /** A price that this server has not fetched is none: it would raise a weight. */
  private async stored(mint: string): Promise<TokenPrice | null> {
    const { manager } = this.transactions;
    // Twice: another replica may have replaced price and mark between the two readings.
    for (let look = 0; look < 2; look += 1) {
      const stored = await this.prices.find(manager, mint);
      if (stored === null || (await this.marks.proves(manager, priceFact(stored)))) return stored;
    }
    this.logger.error({ msg: 'The cached price was not fetched by this server', mint });
    await this.audit.recordAlone({ event: 'price_forged_error', fields: { mint } });
    return null;
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

function priceFact({ mint, priceUsd, liquidityUsd, decimals, source, fetchedAt }: TokenPrice): MarkedFact {
  const facts = {
    priceUsd: exact(priceUsd),
    liquidityUsd: liquidityUsd === null ? null : exact(liquidityUsd),
    decimals,
    source,
    fetchedAt: fetchedAt.toISOString(),
  };
  return { kind: 'price', id: mint, facts };
}

/** However many zeros the column has kept. */
function exact(decimal: string): string {
  return toDecimalString(decimalOf(decimal));
}

function toUsable({ priceUsd, liquidityUsd, decimals, fetchedAt }: TokenPrice): UsablePrice {
  return { priceUsd, liquidityUsd, decimals, asOf: fetchedAt };
}
