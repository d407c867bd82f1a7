import { describe, expect, it } from 'vitest';
import { actSeconds } from './act-time.js';

const NOW = 1_795_000_000;

describe('T2: actSeconds', () => {
  it.each([
    ['signed in time, come late', NOW, NOW - 300, NOW - 300],
    ['signed long ago by the chain', NOW, NOW - 301, NOW],
    ['signed ahead of the chain', NOW, NOW + 20, NOW],
    ['signed while the voices disagree', null, NOW - 5, NOW - 5],
  ])('%s', (_, chainSeconds, issuedSeconds, counts) => {
    expect(actSeconds(chainSeconds, issuedSeconds)).toBe(counts);
  });
});
