import { describe, expect, it } from 'vitest';
import { MAX_JSON_LAMPORTS, toJsonBalance, toJsonLamports } from './lamports.js';

describe('lamports in an answer', () => {
  it.each([0n, 1n, MAX_JSON_LAMPORTS])('are exact: %s', (amount) => {
    expect(BigInt(toJsonLamports(amount))).toBe(amount);
    expect(BigInt(toJsonBalance(-amount))).toBe(-amount);
  });

  it.each([-1n, MAX_JSON_LAMPORTS + 1n])(
    'are never rounded, and an amount is not below zero: %s',
    (amount) => {
      expect(() => toJsonLamports(amount)).toThrow(RangeError);
    },
  );

  it('of a balance are never rounded either', () => {
    expect(() => toJsonBalance(-MAX_JSON_LAMPORTS - 1n)).toThrow(RangeError);
  });
});
