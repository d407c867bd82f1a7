import { describe, expect, it } from 'vitest';
import { readTests } from './test-files.js';
import { timeInTests } from './time-in-tests.js';

/** What only measures, the long suite, servers that play time, and the one place that waits for a clock. */
const EXEMPT =
  /^test\/(bench|runner)\/|^test\/support\/((doubles|proxies)\/|(poll|clock)\.ts$)|^test\/faults\/(long|deployment)\.fault-spec\.ts$/;

describe('tests and time', () => {
  it('no test asserts on time, sleeps, or has a time limit of its own', () => {
    const measured = readTests().filter(({ file }) => !EXEMPT.test(file));
    const found = measured.flatMap(({ file, source }) =>
      timeInTests(source).map(({ line, why }) => `${file}:${line} ${why}`),
    );
    expect(found).toEqual([]);
  });

  it.each([
    ['reads a stopwatch', 'const started = performance.now();'],
    ['reads a stopwatch', 'process.hrtime.bigint()'],
    ['reads a stopwatch', 'const ms = Date.now() - started;'],
    ['compares', 'while (Date.now() < end) work();'],
    ['compares', 'const left = deadline - Date.now();'],
    ['asserts', 'expect(Date.now() / 1_000).toBe(1);'],
    ['asserts', 'expect(at).toBe(1); expect([new Date()]).toEqual([at]);'],
    ['sleeps', 'await delay(20);'],
    ['sleeps', 'await new Promise((resolve) => setTimeout(resolve, 20));'],
    ['time limit', "it('works', async () => {}, 5_000);"],
    ['time limit', "it.for([1])('works', async () => {}, 60 * 1000);"],
    ['time limit', "describe('all', { timeout: 1_000 }, () => {});"],
    ['time limit', "await pollUntil('it', probe, { deadlineMs: 5_000 });"],
    ['time limit', "await pollUntil('it', probe, { deadlineMs });"],
  ])('finds what %s: %s', (why, source) => {
    expect(timeInTests(source)).toMatchObject([{ line: 1, why: expect.stringContaining(why) as string }]);
  });

  it.each([
    'const deadline = new Date(Date.now() + 86_400_000);',
    'const late = new Date(Date.now() - 6 * 60_000);',
    'const old = Date.now() - DAY_MS;',
    'const timer = setTimeout(done, 5);',
    "expect(answer.body).toEqual({ timeout: '5' });",
    "it('works', async () => {});",
  ])('leaves alone: %s', (source) => {
    expect(timeInTests(source)).toEqual([]);
  });
});
