import { describe, expect, it } from 'vitest';
import { Silences } from './silences.js';

const MINUTE = 60_000;

describe('how long a voice has been silent', () => {
  it('counts from the first question of a kind that stayed unanswered', () => {
    const silences = new Silences();
    expect([0, 5, 9].map((at) => silences.missed('a', 'time', at * MINUTE))).toEqual([
      0,
      5 * MINUTE,
      9 * MINUTE,
    ]);
    expect(silences.missed('a', 'balances', 9 * MINUTE)).toBe(0);
    expect(silences.longest(9 * MINUTE)).toEqual(new Map([['a', 9 * MINUTE]]));
    silences.heard('a', 'time');
    expect(silences.missed('a', 'time', 12 * MINUTE)).toBe(0);
  });

  it('begins anew after a time in which nobody asked: two bad moments are no silence', () => {
    const silences = new Silences();
    silences.missed('a', 'time', 0);
    expect(silences.longest(11 * MINUTE)).toEqual(new Map());
    expect(silences.missed('a', 'time', 11 * MINUTE)).toBe(0);
  });
});
