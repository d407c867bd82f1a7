import { describe, expect, it } from 'vitest';
import { failureOf, JOBS, lockKeyOf, overdueAfterSeconds } from './jobs.js';

describe('the table of jobs', () => {
  it('has names that tell them apart, periods of whole seconds, and a lock of its own for each', () => {
    expect(new Set(JOBS.map(({ name }) => name)).size).toBe(JOBS.length);
    expect(new Set(JOBS.map(({ name }) => lockKeyOf(name))).size).toBe(JOBS.length);
    for (const { name, periodSeconds } of JOBS) {
      expect(Number.isInteger(periodSeconds) && periodSeconds > 0, name).toBe(true);
    }
  });

  it('N5: a job is overdue after three periods without a success', () => {
    expect(overdueAfterSeconds({ name: 'any', periodSeconds: 5 })).toBe(15);
  });

  it('has the same locks in every version: two that run side by side must exclude each other', () => {
    expect(lockKeyOf('payout-driver')).toBe(-3_707_762_377_269_913_285n);
  });
});

describe('what is kept of a failure', () => {
  it.each([
    ['plain', 'RPC gone', 'RPC gone'],
    ['NUL', 'a\u0000b', 'ab'],
    ['half a character', 'a\ud800b', 'a\ufffdb'],
    ['much', 'x'.repeat(10_000), 'x'.repeat(500)],
  ])('%s', (_, message, kept) => {
    expect(failureOf(message)).toEqual({ error: kept });
  });
});
