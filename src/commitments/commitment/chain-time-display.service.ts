import { Injectable } from '@nestjs/common';
import { PATIENCE_MS, PATIENCE_WHILE_AWAY_MS, PATIENCE_WITH_READING_MS } from '#src/common/time/patience.js';
import { within } from '#src/common/time/within.js';
import { Chain } from '#src/chain/port/chain.js';
import { Clock } from '#src/common/clock.js';

const FRESH_MS = 300;
const PAUSE_AFTER_FAILURE_MS = 2_000;
/** After somebody has looked it is kept fresh for so long. */
const WATCHED_MS = 5_000;
const RENEWED_MS = 150;
/** While it is kept fresh nobody waits for a reading that is not older. */
const GOOD_WHILE_KEPT_MS = 1_000;

/**
 * The chain's clock for people to look at: at most 0.3 s old, and carried on by our own clock while no endpoint
 * answers. While people look, it is read again behind them (`keepFresh`). Never used to decide anything.
 */
@Injectable()
export class ChainTimeDisplay {
  private askedAt = Number.NEGATIVE_INFINITY;
  private goodForMs = FRESH_MS;
  /** How far the chain's clock is ahead of ours; 0 until it was read. */
  private aheadMs = 0;
  private patienceMs = PATIENCE_MS;
  private asking: Promise<void> | undefined;
  private lookedAt = Number.NEGATIVE_INFINITY;
  private keptAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly chain: Chain,
    private readonly clock: Clock,
  ) {}

  /** Waits at most two seconds for the chain, and hardly at all for one that has just failed to answer. */
  async seconds(): Promise<number> {
    const now = this.clock.now().getTime();
    const age = now - this.askedAt;
    this.lookedAt = now;
    const isKept = now - this.keptAt <= GOOD_WHILE_KEPT_MS && age < GOOD_WHILE_KEPT_MS;
    if (age < 0 || (age >= this.goodForMs && !isKept)) {
      await within(this.patienceMs, (this.asking ??= this.ask()), () => {
        this.patienceMs = PATIENCE_WHILE_AWAY_MS;
      });
    }
    return Math.floor((this.clock.now().getTime() + this.aheadMs) / 1_000);
  }

  /** Reads again what was looked at lately and is about to be stale; to be called some times a second. */
  keepFresh(): void {
    const now = this.clock.now().getTime();
    this.keptAt = now;
    if (now - this.lookedAt > WATCHED_MS) return;
    const age = now - this.askedAt;
    const isDue = age < 0 || age >= (this.goodForMs === FRESH_MS ? RENEWED_MS : this.goodForMs);
    if (isDue) void (this.asking ??= this.ask());
  }

  /** An answer that comes too late still serves the next reader. */
  private async ask(): Promise<void> {
    const isKnown = this.askedAt !== Number.NEGATIVE_INFINITY;
    const slow = setTimeout(() => {
      if (isKnown) this.patienceMs = PATIENCE_WHILE_AWAY_MS;
    }, PATIENCE_WITH_READING_MS).unref();
    try {
      const { unixSeconds } = await this.chain.shownTime();
      this.aheadMs = unixSeconds * 1_000 - this.clock.now().getTime();
      this.goodForMs = FRESH_MS;
      this.patienceMs = PATIENCE_WITH_READING_MS;
    } catch {
      this.goodForMs = PAUSE_AFTER_FAILURE_MS;
      this.patienceMs = PATIENCE_WHILE_AWAY_MS;
    }
    clearTimeout(slow);
    this.askedAt = this.clock.now().getTime();
    this.asking = undefined;
  }
}
