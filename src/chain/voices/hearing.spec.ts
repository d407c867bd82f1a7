import { describe, expect, it } from 'vitest';
import { standingOf } from './hearing.js';

const WAIT_MS = 900_000;
const word = (voice: string) => ({ voice, answer: 1 });
const silent = (voice: string, forMs: number) => ({ voice, reason: 'no answer', forMs });

describe('standingOf', () => {
  it('two voices are enough, whoever else is silent', () => {
    const words = [word('a'), word('b')];
    expect(standingOf({ words, silences: [] }, WAIT_MS)).toBe('many');
    expect(standingOf({ words, silences: [silent('c', 0)] }, WAIT_MS)).toBe('many');
  });

  it('the only configured one is a single source, not one that was left alone', () => {
    expect(standingOf({ words: [word('a')], silences: [] }, WAIT_MS)).toBe('single_source');
  });

  it.each([
    [0, 'too_early'],
    [WAIT_MS - 1, 'too_early'],
    [WAIT_MS, 'alone'],
  ])('after %i ms of silence of the other one is %s', (forMs, standing) => {
    expect(standingOf({ words: [word('a')], silences: [silent('b', forMs)] }, WAIT_MS)).toBe(standing);
  });

  it('of several silent ones the last that fell silent counts', () => {
    const silences = [silent('b', WAIT_MS), silent('c', WAIT_MS - 1)];
    expect(standingOf({ words: [word('a')], silences }, WAIT_MS)).toBe('too_early');
  });

  it('nobody is nobody', () => {
    expect(standingOf({ words: [], silences: [silent('a', WAIT_MS)] }, WAIT_MS)).toBe('none');
  });
});
