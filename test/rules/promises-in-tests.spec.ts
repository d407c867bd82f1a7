import { describe, expect, it } from 'vitest';
import { promisesInTests } from './promises-in-tests.js';
import { readTests } from './test-files.js';

describe('tests and promises', () => {
  it('no loop awaits promises that began before it', () => {
    const found = readTests().flatMap(({ file, source }) =>
      promisesInTests(source).map((line) => `${file}:${line} ask for all of them at once: Promise.all`),
    );
    expect(found).toEqual([]);
  });

  it.each([
    'for (const refused of [send(1), send(2)]) await refused;',
    "for (const refused of calls) await expect(refused).rejects.toThrow('x');",
    'for (const [name, made] of calls) { expect((await made).body).toBe(name); }',
    'for (const { work } of calls) expect(await work).toBe(1);',
    'for await (const one of [send(1), send(2)]) use(one);',
  ])('finds: %s', (source) => expect(promisesInTests(source)).toEqual([1]));

  it.each([
    'for (const wallet of wallets) await vote(wallet);',
    "for (const call of calls) await expect(call()).rejects.toThrow('x');",
    'for (const answer of await Promise.all(calls)) expect(answer).toBe(1);',
    'for await (const line of lines(file)) use(line);',
  ])('leaves alone: %s', (source) => expect(promisesInTests(source)).toEqual([]));
});
