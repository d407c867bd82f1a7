import { pollUntil } from './poll.js';

/** Waits until a rate limit's window has some seconds left, so that none ends in the middle of a test. */
export async function earlyInWindow(windowSeconds: number): Promise<void> {
  const left = () => windowSeconds - (Math.floor(Date.now() / 1_000) % windowSeconds);
  await pollUntil('a window with time left', () => left() > 8, { deadlineMs: 20_000 });
}
