import { Injectable } from '@nestjs/common';
import { type Balance, Chain } from '#src/chain/port/chain.js';
import { Clock } from '#src/common/clock.js';
import type { Lamports } from '#src/common/money/lamports.js';
import { PATIENCE_MS, PATIENCE_WHILE_AWAY_MS, PATIENCE_WITH_READING_MS } from '#src/common/time/patience.js';
import { within } from '#src/common/time/within.js';

/** A balance as it was read from the chain, and when. */
export interface BalanceReading {
  readonly lamports: Lamports;
  readonly asOf: Date;
}

interface CachedReading extends BalanceReading {
  readonly slot: bigint;
  readonly outdated: boolean;
}

const FRESH_MS = 250;
const MAX_ENTRIES = 10_000;

/**
 * Escrow balances for people to look at. Never used to decide a payout: it may be a second old, and older when no RPC
 * endpoint answers, which `asOf` tells. Readers who come together ask the chain one question.
 */
@Injectable()
export class EscrowBalances {
  private readonly cache = new Map<string, CachedReading>();
  /** Addresses that the chain is being asked for. */
  private readonly asked = new Map<string, Promise<void>>();
  private gathering: { readonly addresses: Set<string>; readonly answer: Promise<void> } | undefined;
  /** The chain did not answer the last question, or not in time. */
  private away = false;

  constructor(
    private readonly chain: Chain,
    private readonly clock: Clock,
  ) {}

  /**
   * Readings by address; an address that was never read is missing. Waits at most two seconds for the chain, and hardly at
   * all where there is an older reading, or while the chain is away.
   */
  async read(addresses: readonly string[]): Promise<Map<string, BalanceReading>> {
    const oldest = this.clock.now().getTime() - FRESH_MS;
    const stale = addresses.filter((address) => {
      const cached = this.cache.get(address);
      return cached === undefined || cached.outdated || cached.asOf.getTime() < oldest;
    });
    if (stale.length > 0) await this.refresh(stale);
    const readings = new Map<string, BalanceReading>();
    for (const address of addresses) {
      const cached = this.cache.get(address);
      if (cached !== undefined) readings.set(address, { lamports: cached.lamports, asOf: cached.asOf });
    }
    return readings;
  }

  /** Makes the next read ask the chain again; called when a payout has moved money. */
  expire(address: string): void {
    const cached = this.cache.get(address);
    if (cached !== undefined) this.cache.set(address, { ...cached, outdated: true });
    // What is being asked was asked before.
    this.asked.delete(address);
  }

  private async refresh(addresses: readonly string[]): Promise<void> {
    const answers = Promise.all(addresses.map((address) => this.asked.get(address) ?? this.ask(address)));
    await within(this.patienceFor(addresses), answers, () => {
      this.away = true;
    });
  }

  private patienceFor(addresses: readonly string[]): number {
    if (this.away) return PATIENCE_WHILE_AWAY_MS;
    const isKnown = addresses.every((address) => this.cache.get(address)?.outdated === false);
    return isKnown ? PATIENCE_WITH_READING_MS : PATIENCE_MS;
  }

  /** Puts it into the question that the readers of this moment share. */
  private ask(address: string): Promise<void> {
    this.gathering ??= this.gather();
    this.gathering.addresses.add(address);
    const { answer } = this.gathering;
    this.asked.set(address, answer);
    return answer;
  }

  private gather() {
    const addresses = new Set<string>();
    const answer = new Promise<void>((resolve) => {
      setImmediate(() => {
        this.gathering = undefined;
        void this.fetch([...addresses], answer).then(resolve);
      });
    });
    return { addresses, answer };
  }

  /** An answer that comes too late still serves the next read; a failure leaves the older reading. */
  private async fetch(addresses: readonly string[], question: Promise<void>): Promise<void> {
    try {
      this.store(addresses, await this.chain.shownBalances(addresses), question);
      this.away = false;
    } catch {
      this.away = true;
    }
    for (const address of addresses) {
      if (this.asked.get(address) === question) this.asked.delete(address);
    }
  }

  private store(addresses: readonly string[], balances: readonly Balance[], question: Promise<void>): void {
    const asOf = this.clock.now();
    if (this.cache.size + addresses.length > MAX_ENTRIES) this.cache.clear();
    for (const [index, { lamports, slot }] of balances.entries()) {
      const address = addresses[index];
      if (address === undefined) continue;
      // Answers may overtake each other; the newer bank is right.
      if (slot < (this.cache.get(address)?.slot ?? 0n)) continue;
      // Money has moved since the question was put.
      const outdated = this.asked.get(address) !== question;
      this.cache.set(address, { lamports, slot, asOf, outdated });
    }
  }
}
