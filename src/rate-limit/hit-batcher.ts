import { type CountedKey, HitGroup } from './hit-group.js';
import type { RateWindow, WindowCounter } from './rate-window.js';

export interface BatcherOptions {
  /** Counts all of these by one statement. @returns what each key has then */
  readonly send: (hits: readonly CountedKey[]) => Promise<ReadonlyMap<string, RateWindow>>;
  /** No hit waits longer, whether its statement is under way or not begun. */
  readonly limitMs: number;
  /** What a hit is refused with that has waited for so long, or finds too many others waiting. */
  readonly late: () => Error;
}

// Two, so that one slow statement does not hold up everybody; the others wait, and that is what makes groups grow when the
// database is busy.
const MAX_UNDER_WAY = 2;
const MAX_KEYS = 500;
const MAX_GROUPS = 20;

/**
 * Counts the hits of the same instant by one statement, and those that arrive while statements are under way by the next.
 * Nothing queues without bound: neither in number nor in time.
 */
export class HitBatcher implements WindowCounter {
  private readonly queue: HitGroup[] = [];
  private underWay = 0;
  private isScheduled = false;

  constructor(private readonly options: BatcherOptions) {}

  hit(key: string, windowSeconds: number): Promise<RateWindow> {
    const group = this.openGroup();
    if (group === undefined) return Promise.reject(this.options.late());
    const counted = group.add(key, windowSeconds);
    this.schedule();
    return counted;
  }

  /** The group that takes one more hit; undefined when too many wait. */
  private openGroup(): HitGroup | undefined {
    const last = this.queue.at(-1);
    if (last !== undefined && !last.settled && last.keys < MAX_KEYS) return last;
    if (this.queue.length >= MAX_GROUPS) return undefined;
    const group = new HitGroup();
    this.queue.push(group);
    this.limit(group);
    return group;
  }

  /** From the first hit of the group on, so that each of its hits waits this long at most. */
  private limit(group: HitGroup): void {
    const timer = setTimeout(() => {
      const place = this.queue.indexOf(group);
      if (place >= 0) this.queue.splice(place, 1);
      if (!group.settled) group.reject(this.options.late());
    }, this.options.limitMs);
    timer.unref();
  }

  /** After the sockets of this tick were read: requests that arrive together are counted together. */
  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      this.sendWaiting();
    });
  }

  private sendWaiting(): void {
    while (this.underWay < MAX_UNDER_WAY) {
      const group = this.queue.shift();
      if (group === undefined) return;
      this.underWay += 1;
      void this.send(group);
    }
  }

  private async send(group: HitGroup): Promise<void> {
    try {
      group.resolve(await this.options.send(group.counts()));
    } catch (error) {
      group.reject(error);
    } finally {
      this.underWay -= 1;
      this.sendWaiting();
    }
  }
}
