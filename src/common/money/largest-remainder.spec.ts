import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestRemainder } from './largest-remainder.js';

const U64 = 2n ** 64n - 1n;
const weights = fc
  .array(fc.oneof(fc.bigInt({ min: 0n, max: 5n }), fc.bigInt({ min: 0n, max: U64 })), {
    minLength: 1,
    maxLength: 40,
  })
  .filter((list) => list.some((weight) => weight > 0n));
const total = fc.oneof(fc.bigInt({ min: 0n, max: 60n }), fc.bigInt({ min: 0n, max: U64 }));

const sum = (list: readonly bigint[]) => list.reduce((all, one) => all + one, 0n);

describe('the largest-remainder split', () => {
  it('gives everything away, and each at most one lamport off its exact share', () => {
    fc.assert(
      fc.property(total, weights, (amount, parts) => {
        const shares = largestRemainder(amount, parts);
        const whole = sum(parts);
        expect(sum(shares)).toBe(amount);
        shares.forEach((share, index) => {
          const exact = amount * (parts[index] ?? 0n);
          expect(share >= 0n && (share - 1n) * whole < exact && (share + 1n) * whole > exact).toBe(true);
        });
      }),
    );
  });

  it('rounds up only the largest remainders, the lower index first', () => {
    fc.assert(
      fc.property(total, weights, (amount, parts) => {
        const whole = sum(parts);
        const shares = largestRemainder(amount, parts);
        const remainder = (index: number) => (amount * (parts[index] ?? 0n)) % whole;
        const isUp = shares.map((share, index) => share * whole > amount * (parts[index] ?? 0n));
        const up = [...isUp.keys()].filter((index) => isUp[index]);
        const down = [...isUp.keys()].filter((index) => !isUp[index]);
        for (const u of up) {
          for (const d of down) {
            const fair = remainder(u) > remainder(d) || (remainder(u) === remainder(d) && u < d);
            expect(fair).toBe(true);
          }
        }
      }),
    );
  });

  it('gives more weight never a smaller share, and no weight nothing', () => {
    fc.assert(
      fc.property(total, weights, (amount, parts) => {
        const shares = largestRemainder(amount, parts);
        const pairs = parts.map((weight, index) => ({ weight, share: shares[index] ?? -1n }));
        expect(pairs.filter(({ weight, share }) => weight === 0n && share !== 0n)).toEqual([]);
        const unfair = pairs.filter((one) =>
          pairs.some((other) => one.weight > other.weight && one.share < other.share),
        );
        expect(unfair).toEqual([]);
      }),
    );
  });

  it.each([
    [10n, [1n, 1n, 1n], [4n, 3n, 3n]],
    [2n, [1n, 1n, 1n], [1n, 1n, 0n]],
    [100n, [7n], [100n]],
    [7n, [0n, 3n, 0n], [0n, 7n, 0n]],
    [0n, [1n, 2n], [0n, 0n]],
    [0n, [], []],
    [0n, [0n], [0n]],
    [5n, [2n, 1n, 1n], [3n, 1n, 1n]],
  ])('splits %s by %s into %s', (amount, parts, shares) => {
    expect(largestRemainder(amount, parts)).toEqual(shares);
  });

  it.each([
    [1n, []],
    [1n, [0n, 0n]],
    [-1n, [1n]],
    [1n, [2n, -1n]],
  ])('refuses to split %s by %s', (amount, parts) => {
    expect(() => largestRemainder(amount, parts)).toThrow(RangeError);
  });
});
