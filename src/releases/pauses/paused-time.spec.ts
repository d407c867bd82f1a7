import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPausedOut, pausedTime, type PausedSpan } from './paused-time.js';

describe('the time that pauses have held something up', () => {
  it('counts overlapping pauses once, open ones until now, and nothing before', () => {
    const spans: PausedSpan[] = [
      { begin: 90, end: 120 },
      { begin: 110, end: 130 },
      { begin: 112, end: 118 },
      { begin: 160, end: null },
      { begin: 10, end: 40 },
    ];
    expect(pausedTime(spans, 100, 170)).toBe(30 + 10);
    expect(pausedTime([], 100, 170)).toBe(0);
    expect(pausedTime(spans, 170, 170)).toBe(0);
  });

  it('is the number of moments in which at least one pause held, in any order of the pauses', () => {
    const span = fc
      .record({ begin: fc.integer({ min: 0, max: 40 }), length: fc.option(fc.integer({ min: 0, max: 40 })) })
      .map(({ begin, length }) => ({ begin, end: length === null ? null : begin + length }));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 8 }), fc.integer({ min: 0, max: 50 }), (spans, from) => {
        const until = from + 20;
        const moments = Array.from({ length: 20 }, (_, index) => from + index);
        const held = moments.filter((at) =>
          spans.some(({ begin, end }) => begin <= at && (end === null || at < end)),
        );
        expect(pausedTime(spans, from, until)).toBe(held.length);
      }),
    );
  });

  it('R4: ends what pauses may do once they have held a release up for the signed time in total', () => {
    const claimableAt = new Date(0);
    const release = { claimableAt, selfReleaseSeconds: 100, pauseMaxSeconds: 30 };
    const spans = [
      { begin: 0, end: 110_000 },
      { begin: 120_000, end: null },
    ];
    expect(isPausedOut(release, spans, new Date(139_999))).toBe(false);
    expect(isPausedOut(release, spans, new Date(140_000))).toBe(true);
  });
});
