import type { RateWindow } from './rate-window.js';

/** Hits of one window that are counted by one statement together. */
export interface CountedKey {
  readonly key: string;
  readonly windowSeconds: number;
  readonly count: number;
}

interface Caller {
  readonly resolve: (window: RateWindow) => void;
  readonly reject: (error: unknown) => void;
}

interface Waiting {
  readonly windowSeconds: number;
  readonly callers: Caller[];
}

/** Hits that go to the database together; each caller gets a number of its own out of the common sum. */
export class HitGroup {
  private readonly waiting = new Map<string, Waiting>();
  private isSettled = false;

  get settled(): boolean {
    return this.isSettled;
  }

  /** How many rows the statement would touch. */
  get keys(): number {
    return this.waiting.size;
  }

  /** @param key names its window's length as well: one key never comes with two lengths */
  add(key: string, windowSeconds: number): Promise<RateWindow> {
    const present = this.waiting.get(key) ?? { windowSeconds, callers: [] };
    this.waiting.set(key, present);
    return new Promise((resolve, reject) => present.callers.push({ resolve, reject }));
  }

  counts(): CountedKey[] {
    return [...this.waiting].map(([key, { windowSeconds, callers }]) => ({
      key,
      windowSeconds,
      count: callers.length,
    }));
  }

  /** @param windows what each key has after all of its hits of this group; a key that is not there fails its callers */
  resolve(windows: ReadonlyMap<string, RateWindow>): void {
    this.isSettled = true;
    for (const [key, { callers }] of this.waiting) {
      const window = windows.get(key);
      if (window === undefined) {
        for (const { reject } of callers) reject(new Error('the rate limit upsert left a key out'));
        continue;
      }
      const { hits, secondsLeft } = window;
      callers.forEach(({ resolve }, index) => {
        resolve({ hits: hits - callers.length + 1 + index, secondsLeft });
      });
    }
  }

  reject(error: unknown): void {
    this.isSettled = true;
    for (const { callers } of this.waiting.values()) for (const { reject } of callers) reject(error);
  }
}
