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
/** What somebody has looked at is kept fresh for so long. */
const WATCHED_MS = 5_000;
/** In time before it is no longer fresh. */
const RENEWED_MS = 120;
/** Whoever keeps it fresh has not done so for too long. */
const LATE_MS = 1_000;
/** As many as one question takes. */
const PORTION = 100;

/**
 * Escrow balances for people to look at. Never used to decide a payout: it may be a second old, and older when no RPC
 * endpoint answers, which `asOf` tells. What was looked at lately is read again behind the readers (`keepFresh`), who do not
 * wait for it. What nobody looked at is asked for on demand, by one question for all who come together.
 */
@Injectable()
export class EscrowBalances {
  private readonly cache = new Map<string, CachedReading>();
  /** When each address was last looked at; the longest ago first. */
  private readonly looked = new Map<string, number>();
  /** When `keepFresh` was last called. */
  private keptAt = Number.NEGATIVE_INFINITY;
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
   * Readings by address; an address that was never read is missing. Waits for what nobody has looked at lately: at most two
   * seconds, and hardly at all where there is an older reading, or while the chain is away.
   */
  async read(addresses: readonly string[]): Promise<Map<string, BalanceReading>> {
    const now = this.clock.now().getTime();
    const stale = addresses.filter((address) => !this.isGood(address, now));
    for (const address of addresses) this.look(address, now);
    if (stale.length > 0) await this.refresh(stale);
    const readings = new Map<string, BalanceReading>();
    for (const address of addresses) {
      const cached = this.cache.get(address);
      if (cached !== undefined) readings.set(address, { lamports: cached.lamports, asOf: cached.asOf });
    }
    return readings;
  }

  /** Reads again what was looked at lately and is about to be stale, the oldest first; to be called some times a second. */
  keepFresh(): void {
    const now = this.clock.now().getTime();
    this.keptAt = now;
    for (const [address, at] of this.looked) {
      if (now - at <= WATCHED_MS) break;
      this.looked.delete(address);
    }
    const ageOf = (address: string) => now - (this.cache.get(address)?.asOf.getTime() ?? 0);
    const due = [...this.looked.keys()].filter(
      (address) => ageOf(address) >= RENEWED_MS && !this.asked.has(address),
    );
    const oldest = due.length <= PORTION ? due : due.sort((a, b) => ageOf(b) - ageOf(a)).slice(0, PORTION);
    for (const address of oldest) void this.ask(address);
  }

  /** Makes the next read ask the chain again; called when a payout has moved money. */
  expire(address: string): void {
    const cached = this.cache.get(address);
    if (cached !== undefined) this.cache.set(address, { ...cached, outdated: true });
    // What is being asked was asked before.
    this.asked.delete(address);
  }

  private isGood(address: string, now: number): boolean {
    const cached = this.cache.get(address);
    if (cached === undefined || cached.outdated) return false;
    const age = now - cached.asOf.getTime();
    if (age <= FRESH_MS) return true;
    // It is being kept fresh: with many beside it, a round takes longer.
    const isKept = now - this.keptAt <= LATE_MS && this.looked.has(address);
    return isKept && age <= FRESH_MS * (1 + Math.ceil(this.looked.size / PORTION));
  }

  private look(address: string, now: number): void {
    // Behind all that were looked at before.
    this.looked.delete(address);
    if (this.looked.size < MAX_ENTRIES) this.looked.set(address, now);
  }

  private async refresh(addresses: readonly string[]): Promise<void> {
    const answers = Promise.all(addresses.map((address) => this.asked.get(address) ?? this.ask(address)));
    const patience = this.patienceFor(addresses);
    if (patience > 0)
      await within(patience, answers, () => {
        this.away = true;
      });
  }

  private patienceFor(addresses: readonly string[]): number {
    const isKnown = addresses.every((address) => this.cache.get(address)?.outdated === false);
    if (this.away) return isKnown ? 0 : PATIENCE_WHILE_AWAY_MS;
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
    const slow = setTimeout(() => (this.away = true), PATIENCE_WITH_READING_MS).unref();
    try {
      this.store(addresses, await this.chain.shownBalances(addresses), question);
      this.away = false;
    } catch {
      this.away = true;
    } finally {
      clearTimeout(slow);
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
