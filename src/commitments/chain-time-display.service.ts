import { Injectable } from '@nestjs/common';
import { Chain } from '../chain/chain.js';
import { Clock } from '../common/clock.js';

const FRESH_MS = 300;
const PAUSE_AFTER_FAILURE_MS = 2_000;
const PATIENCE_MS = 2_000;

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
  private asking: Promise<void> | undefined;

  constructor(
    private readonly chain: Chain,
    private readonly clock: Clock,
  ) {}

  /** Waits at most two seconds for the chain, and no reader waits for one that has just failed to answer. */
  async seconds(): Promise<number> {
    const age = this.clock.now().getTime() - this.askedAt;
    if (age < 0 || age >= this.goodForMs) await (this.asking ??= this.ask());
    return Math.floor((this.clock.now().getTime() + this.aheadMs) / 1_000);
  }

  private async ask(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), PATIENCE_MS);
    });
    // An answer that comes too late still serves the next reader.
    const answered = await Promise.race([this.read().catch(() => false), patience]);
    clearTimeout(timer);
    this.goodForMs = answered ? FRESH_MS : PAUSE_AFTER_FAILURE_MS;
    this.askedAt = this.clock.now().getTime();
    this.asking = undefined;
  }

  private async read(): Promise<boolean> {
    const { unixSeconds } = await this.chain.now();
    this.aheadMs = unixSeconds * 1_000 - this.clock.now().getTime();
    return true;
  }
}
