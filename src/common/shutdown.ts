import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';

/**
 * The end of this process, in two steps. While it drains, readiness says so and everything is still served: balancers need
 * that long to send new requests elsewhere. When it begins, long waits answer with what they have; requests under way are
 * still finished.
 */
@Injectable()
export class Shutdown implements OnModuleDestroy {
  private readonly controller = new AbortController();
  private draining = false;

  constructor() {
    // Every waiting payout listens; that is no leak to warn about.
    setMaxListeners(0, this.controller.signal);
  }

  /** Resolves when the shutdown begins. */
  readonly begun: Promise<void> = new Promise((resolve) => {
    this.controller.signal.addEventListener('abort', () => resolve(), { once: true });
  });

  get isDraining(): boolean {
    return this.draining || this.isShuttingDown;
  }

  get isShuttingDown(): boolean {
    return this.controller.signal.aborted;
  }

  /** Aborted when the shutdown begins; fits `timers/promises`, `fetch` and `AbortSignal.any`. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Waits, but not into the shutdown. */
  async sleep(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.signal }).catch(() => undefined);
  }

  drain(): void {
    this.draining = true;
  }

  begin(): void {
    this.controller.abort();
  }

  onModuleDestroy(): void {
    this.begin();
  }
}
