import { Injectable } from '@nestjs/common';
import { PATIENCE_MS, PATIENCE_WHILE_AWAY_MS, PATIENCE_WITH_READING_MS } from '#src/common/time/patience.js';
import { within } from '#src/common/time/within.js';
import { Chain } from '#src/chain/port/chain.js';
import { Clock } from '#src/common/clock.js';

const FRESH_MS = 300;
const PAUSE_AFTER_FAILURE_MS = 2_000;

/**
 * The chain's clock for people to look at: at most 0.3 s old, and carried on by our own clock while no endpoint
 * answers. Never used to decide anything.
 */
@Injectable()
export class ChainTimeDisplay {
  private askedAt = Number.NEGATIVE_INFINITY;
  private goodForMs = FRESH_MS;
  /** How far the chain's clock is ahead of ours; 0 until it was read. */
  private aheadMs = 0;
  private patienceMs = PATIENCE_MS;
  private asking: Promise<void> | undefined;

  constructor(
    private readonly chain: Chain,
    private readonly clock: Clock,
  ) {}

  /** Waits at most two seconds for the chain, and hardly at all for one that has just failed to answer. */
  async seconds(): Promise<number> {
    const age = this.clock.now().getTime() - this.askedAt;
    if (age < 0 || age >= this.goodForMs) {
      await within(this.patienceMs, (this.asking ??= this.ask()), () => {
        this.patienceMs = PATIENCE_WHILE_AWAY_MS;
      });
    }
    return Math.floor((this.clock.now().getTime() + this.aheadMs) / 1_000);
  }

  /** An answer that comes too late still serves the next reader. */
  private async ask(): Promise<void> {
    try {
      const { unixSeconds } = await this.chain.shownTime();
      this.aheadMs = unixSeconds * 1_000 - this.clock.now().getTime();
      this.goodForMs = FRESH_MS;
      this.patienceMs = PATIENCE_WITH_READING_MS;
    } catch {
      this.goodForMs = PAUSE_AFTER_FAILURE_MS;
      this.patienceMs = PATIENCE_WHILE_AWAY_MS;
    }
    this.askedAt = this.clock.now().getTime();
    this.asking = undefined;
  }
}
