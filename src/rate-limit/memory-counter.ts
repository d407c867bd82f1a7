import type { RateWindow, WindowCounter } from './rate-window.js';

const MAX_KEYS = 20_000;

interface Open {
  readonly endsAt: number;
  hits: number;
}

/** Fixed windows of this process alone; forgets them all rather than growing without end. */
export class MemoryCounter implements WindowCounter {
  private readonly windows = new Map<string, Open>();

  /** @param now milliseconds since the epoch */
  constructor(private readonly now: () => number) {}

  hit(key: string, windowSeconds: number): Promise<RateWindow> {
    const now = this.now();
    const window = this.open(key, windowSeconds * 1_000, now);
    window.hits += 1;
    const secondsLeft = Math.max(1, Math.ceil((window.endsAt - now) / 1_000));
    return Promise.resolve({ hits: window.hits, secondsLeft });
  }

  private open(key: string, length: number, now: number): Open {
    const present = this.windows.get(key);
    if (present !== undefined && present.endsAt > now) return present;
    if (this.windows.size >= MAX_KEYS) this.makeRoom(now);
    const fresh = { endsAt: (Math.floor(now / length) + 1) * length, hits: 0 };
    this.windows.set(key, fresh);
    return fresh;
  }

  private makeRoom(now: number): void {
    for (const [key, { endsAt }] of this.windows) if (endsAt <= now) this.windows.delete(key);
    if (this.windows.size >= MAX_KEYS) this.windows.clear();
  }
}
