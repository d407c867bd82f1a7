import { setTimeout as delay } from 'node:timers/promises';
import { pollUntil } from './poll.js';

/** Waits until this computer's clock shows a time: for what only becomes old. */
export async function untilTime(unixMs: number): Promise<void> {
  await pollUntil(`${new Date(unixMs).toISOString()} to pass`, () => Date.now() > unixMs);
}

/** For a moment that is itself what the test varies: when a kill comes, how long a job works. Never to wait for a state. */
export async function pause(milliseconds: number): Promise<void> {
  await delay(milliseconds);
}

/** Waits until a rate limit's window has a good part left, so that none ends in the middle of a test. */
export async function earlyInWindow(windowSeconds: number): Promise<void> {
  const left = () => windowSeconds - (Math.floor(Date.now() / 1_000) % windowSeconds);
  await pollUntil('a window with time left', () => left() > Math.min(20, windowSeconds / 2));
}
