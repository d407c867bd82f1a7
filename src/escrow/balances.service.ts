import { Injectable } from '@nestjs/common';
import { type Balance, Chain } from '../chain/chain.js';
import { Clock } from '../common/clock.js';
import type { Lamports } from '../common/lamports.js';

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
const PATIENCE_MS = 2_000;
const MAX_ENTRIES = 10_000;

/**
 * Escrow balances for people to look at. Never used to decide a payout: it may be a second old, and older when no RPC
 * endpoint answers, which `asOf` tells.
 */
@Injectable()
export class EscrowBalances {
  private readonly cache = new Map<string, CachedReading>();

  constructor(
    private readonly chain: Chain,
    private readonly clock: Clock,
  ) {}

  /** Readings by address; an address that was never read is missing. Waits at most two seconds for the chain. */
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
  }

  private async refresh(addresses: readonly string[]): Promise<void> {
    const asked = this.chain.balances(addresses).then((balances) => this.store(addresses, balances));
    // An answer that comes too late still serves the next read; a failure leaves the older reading.
    const settled = asked.catch(() => undefined);
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS);
    });
    await Promise.race([settled, patience]);
    clearTimeout(timer);
  }

  private store(addresses: readonly string[], balances: readonly Balance[]): void {
    const asOf = this.clock.now();
    if (this.cache.size + addresses.length > MAX_ENTRIES) this.cache.clear();
    for (const [index, { lamports, slot }] of balances.entries()) {
      const address = addresses[index];
      if (address === undefined) continue;
      // Answers may overtake each other; the newer bank is right.
      if (slot < (this.cache.get(address)?.slot ?? 0n)) continue;
      this.cache.set(address, { lamports, slot, asOf, outdated: false });
    }
  }
}
