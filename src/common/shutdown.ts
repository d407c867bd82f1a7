import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';

/**
 * Tells long waits that this process is about to end, so that they answer with what they have. It begins with the first
 * signal, before the server stops to listen; requests under way are still finished after it.
 */
@Injectable()
export class Shutdown implements OnModuleDestroy {
  private readonly controller = new AbortController();

  constructor() {
    // Every waiting payout listens; that is no leak to warn about.
    setMaxListeners(0, this.controller.signal);
  }

  /** Resolves when the shutdown begins. */
  readonly begun: Promise<void> = new Promise((resolve) => {
    this.controller.signal.addEventListener('abort', () => resolve(), { once: true });
  });

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

  begin(): void {
    this.controller.abort();
  }

  onModuleDestroy(): void {
    this.begin();
  }
}
