import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countsOf, type Frame, isWanted, lanesOf, PARTNERS, planOf, SERVER_KINDS, STORIES } from './plan.js';

const frames: fc.Arbitrary<Frame> = fc.record({
  seconds: fc.integer({ min: 5, max: 90 }),
  replicas: fc.integer({ min: 1, max: 3 }),
  ownServer: fc.boolean(),
  storyEverySeconds: fc.integer({ min: 1, max: 10 }),
});
const seeds = fc.integer({ min: 0, max: 1_000_000 });
const LONG: Frame = { seconds: 1_800, replicas: 3, ownServer: true, storyEverySeconds: 5 };

describe('the plan of a campaign', () => {
  it('is the same for the same seed, and another one for another seed', () => {
    fc.assert(
      fc.property(seeds, frames, (seed, frame) => {
        expect(planOf(seed, frame)).toEqual(planOf(seed, frame));
      }),
    );
    expect(planOf(1, LONG)).not.toEqual(planOf(2, LONG));
  });

  it('ends every fault before its own end, and lets no two faults of one target meet', () => {
    fc.assert(
      fc.property(seeds, frames, (seed, frame) => {
        const { faults } = planOf(seed, frame);
        for (const { target } of lanesOf(frame)) {
          let free = 0;
          for (const { atMs, forMs } of faults.filter((one) => one.target === target)) {
            expect(atMs).toBeGreaterThan(free);
            free = atMs + forMs;
          }
          expect(free).toBeLessThanOrEqual(frame.seconds * 1_000);
        }
      }),
    );
  });

  it('is in the order of time', () => {
    fc.assert(
      fc.property(seeds, frames, (seed, frame) => {
        const plan = planOf(seed, frame);
        for (const times of [plan.faults, plan.stories].map((steps) => steps.map(({ atMs }) => atMs)))
          expect(times).toEqual(times.toSorted((a, b) => a - b));
      }),
    );
  });

  it('does everything that it can to everybody, when it is long', () => {
    const done = new Set(planOf(7, LONG).faults.map(({ target, kind }) => `${target}.${kind}`));
    const all = lanesOf(LONG).flatMap(({ target, kinds }) => kinds.map((kind) => `${target}.${kind}`));
    expect([...new Set(all)].filter((name) => !done.has(name))).toEqual([]);
    expect(lanesOf(LONG).map(({ target }) => target)).toEqual(expect.arrayContaining([...PARTNERS]));
  });

  it('restarts no server that others use', () => {
    const kinds = planOf(7, { ...LONG, ownServer: false }).faults.map(({ kind }) => kind as string);
    expect(kinds.filter((kind) => (SERVER_KINDS as readonly string[]).includes(kind))).toEqual([]);
  });

  it('tells each kind of story once in as many turns', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const frame = { ...LONG, seconds: STORIES.length, storyEverySeconds: 1 };
        const kinds = planOf(seed, frame).stories.map(({ kind }) => kind);
        expect(kinds.toSorted()).toEqual(STORIES.toSorted());
      }),
    );
  });

  it('shrinks: the faults that are left out change nothing about the others', () => {
    fc.assert(
      fc.property(seeds, frames, fc.subarray([...PARTNERS, 'lie', 'replica-1.kill']), (seed, frame, only) => {
        const whole = planOf(seed, frame);
        const less = planOf(seed, { ...frame, only });
        expect(less.faults).toEqual(whole.faults.filter((fault) => isWanted(fault, only)));
        expect(less.stories).toEqual(whole.stories);
      }),
    );
  });

  it('says how often it does what', () => {
    expect(countsOf(['b', 'a', 'b'])).toBe('a 1, b 2');
  });
});
