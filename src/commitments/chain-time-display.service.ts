import { Injectable } from '@nestjs/common';
import { Chain } from '../chain/chain.js';
import { Clock } from '../common/clock.js';

const FRESH_MS = 300;
const PATIENCE_MS = 2_000;

/**
 * The chain's clock for people to look at: at most two seconds old, and carried on by our own clock while no endpoint
 * answers. Never used to decide anything.
 */
@Injectable()
export class ChainTimeDisplay {
  private readAt = Number.NEGATIVE_INFINITY;
  /** How far the chain's clock is ahead of ours; 0 until it was read. */
  private aheadMs = 0;
  private asking: Promise<void> | undefined;

  constructor(
    private readonly chain: Chain,
    private readonly clock: Clock,
  ) {}

  /** Waits at most two seconds for the chain, and no reader waits for one that has just failed to answer. */
  async seconds(): Promise<number> {
    const age = this.clock.now().getTime() - this.readAt;
    if (age < 0 || age >= FRESH_MS) await (this.asking ??= this.ask());
    return Math.floor((this.clock.now().getTime() + this.aheadMs) / 1_000);
  }

  private async ask(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS);
    });
    // An answer that comes too late still serves the next reader.
    await Promise.race([this.read().catch(() => undefined), patience]);
    clearTimeout(timer);
    this.readAt = this.clock.now().getTime();
    this.asking = undefined;
  }

  private async read(): Promise<void> {
    const { unixSeconds } = await this.chain.now();
    this.aheadMs = unixSeconds * 1_000 - this.clock.now().getTime();
  }
}
