import { Clock } from './clock.js';

/** A clock that stands still until a test moves it. */
export class HandClock extends Clock {
  /** @param at milliseconds since 1970 */
  constructor(public at = Date.parse('2026-11-22T10:00:00Z')) {
    super();
  }

  now(): Date {
    return new Date(this.at);
  }

  forward(milliseconds: number): void {
    this.at += milliseconds;
  }
}
