import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreeOnTime } from './agreed-time.js';
import type { Standing } from './hearing.js';

const NOW = 1_795_000_000;
const clock = (unixSeconds: number, slot = 100n) => ({ unixSeconds, slot });
const hearing = (...clocks: readonly ReturnType<typeof clock>[]) => ({
  words: clocks.map((answer, index) => ({ voice: `v${index}`, answer })),
  silences: [],
});
const standing = (count: number): Standing => (count === 1 ? 'single_source' : 'many');

describe('T2: agreeOnTime', () => {
  it('is the lower of two clocks that differ by at most 60 s, and the lower of their slots', () => {
    const agreed = agreeOnTime(hearing(clock(NOW + 60, 90n), clock(NOW)), 'many', NOW);
    expect(agreed).toEqual({ agreed: clock(NOW, 90n) });
  });

  it('is nothing where they differ by more', () => {
    const days = 30 * 86_400;
    for (const off of [61, -61, days, -days, 1e15, Number.MAX_SAFE_INTEGER]) {
      const said = agreeOnTime(hearing(clock(NOW), clock(NOW + off)), 'many', NOW);
      expect(said).toMatchObject({ doubt: { kind: 'contradiction' } });
    }
  });

  it('is nothing where both are far from our own clock, but on the local cluster', () => {
    const both = hearing(clock(NOW + 601), clock(NOW + 602));
    expect(agreeOnTime(both, 'many', NOW)).toMatchObject({ doubt: { kind: 'contradiction' } });
    expect(agreeOnTime(both, 'many', null)).toMatchObject({ agreed: { unixSeconds: NOW + 601 } });
  });

  it.each(['too_early', 'alone', 'none'] as const)('is never decided %s', (kind) => {
    const said = agreeOnTime(hearing(clock(NOW)), kind, NOW);
    expect(said).toMatchObject({ doubt: { kind: 'silent' } });
  });

  it('the only configured voice is believed within ten minutes of our own clock', () => {
    expect(agreeOnTime(hearing(clock(NOW)), 'single_source', NOW)).toMatchObject({ agreed: clock(NOW) });
    expect(agreeOnTime(hearing(clock(NOW + 700)), 'single_source', NOW)).toHaveProperty('doubt');
  });

  it('one liar among any number never moves it by more than a minute past the honest ones', () => {
    const cases = fc.record({
      honest: fc.array(fc.integer({ min: NOW - 30, max: NOW + 30 }), { minLength: 2, maxLength: 4 }),
      liar: fc.integer({ min: 0, max: 2 * NOW }),
    });
    fc.assert(
      fc.property(cases, ({ honest, liar }) => {
        const said = agreeOnTime(
          hearing(...[...honest, liar].map((at) => clock(at))),
          standing(honest.length + 1),
          NOW,
        );
        if (!('agreed' in said)) return;
        expect(said.agreed.unixSeconds).toBeLessThanOrEqual(Math.max(...honest));
        expect(said.agreed.unixSeconds).toBeGreaterThanOrEqual(Math.min(...honest) - 60);
      }),
    );
  });
});
