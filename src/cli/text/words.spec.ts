import { describe, expect, it } from 'vitest';
import { table } from './table.js';
import { age, count, oneLine, seconds, sol } from './words.js';

describe('words of the command line', () => {
  it.each([
    [0, '0 SOL'],
    [1, '0.000000001 SOL'],
    [5_000, '0.000005 SOL'],
    [1_500_000_000, '1.5 SOL'],
    [Number.MAX_SAFE_INTEGER, '9007199.254740991 SOL'],
  ])('%s lamports are %s', (lamports, text) => {
    expect(sol(lamports)).toBe(text);
  });

  it.each([
    ['2026-12-01T00:00:00Z', '0 s'],
    ['2026-11-30T23:58:01Z', '119 s'],
    ['2026-11-30T23:58:00Z', '2 min'],
    ['2026-11-30T22:00:01Z', '119 min'],
    ['2026-11-30T22:00:00Z', '2 h'],
    ['2026-11-29T00:00:00Z', '2 days'],
    ['2026-12-01T00:00:05Z', '0 s'],
  ])('from %s it is %s', (from, text) => {
    expect(age(from, '2026-12-01T00:00:00Z')).toBe(text);
  });

  it.each([
    ['90', 90],
    ['90s', 90],
    ['15m', 900],
    ['2h', 7_200],
    ['3d', 259_200],
    ['', null],
    ['m', null],
    ['1.5h', null],
    ['-1', null],
    ['1w', null],
  ])('--older-than %s is %s seconds', (text, expected) => {
    expect(seconds(text)).toBe(expected);
  });

  it('counts one and many, and lets no text out of its line', () => {
    expect([count(1, 'payout'), count(2, 'payout'), count(2, 'key', 'keys')]).toEqual([
      '1 payout',
      '2 payouts',
      '2 keys',
    ]);
    expect(oneLine('a\n\u001b[2Jb\u202e ')).toBe('a [2Jb');
  });
});

describe('a table', () => {
  it('has columns as wide as they need to be', () => {
    expect(
      table(
        ['ID', 'STATUS'],
        [
          ['1', 'a'],
          ['22', ''],
        ],
        'None.',
      ),
    ).toBe('ID  STATUS\n1   a\n22');
    expect(table(['ID'], [], 'None.')).toBe('None.');
  });
});
