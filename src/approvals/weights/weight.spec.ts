import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalOf } from '#src/common/money/decimal.js';
import {
  compareUsd,
  MAX_RAW_AMOUNT,
  meetsMinimum,
  minUsd,
  reaches,
  reweigh,
  sumUsd,
  toDecimalString,
  usdValue,
} from './weight.js';

/** The oracle: everything as whole units of 10^-300 dollars, by its own reading of the price. */
const UNIT = 300n;

function unitsOf(text: string): bigint {
  const [mantissa = '', exponent = '0'] = text.split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return BigInt(whole + fraction) * 10n ** (UNIT - BigInt(fraction.length) + BigInt(exponent));
}

function oracle(raw: bigint, decimals: number, price: string): bigint {
  const product = raw * unitsOf(price);
  const divisor = 10n ** BigInt(decimals);
  expect(product % divisor).toBe(0n);
  return product / divisor;
}

const raw = fc.oneof(fc.bigInt({ min: 0n, max: MAX_RAW_AMOUNT }), fc.constantFrom(0n, 1n, MAX_RAW_AMOUNT));
const decimals = fc.integer({ min: 0, max: 18 });
const price = fc.oneof(
  fc.double({ min: 1e-18, max: 1e9, noNaN: true }).map(String),
  fc
    .tuple(fc.bigInt({ min: 1n, max: 10n ** 30n }), fc.integer({ min: -40, max: 5 }))
    .map(([digits, exponent]) => `${digits}e${exponent}`),
);
const holding = fc.record({ raw, decimals, price });

describe('the weight of a holding', () => {
  it('is exact for 0 to 18 decimals and amounts up to 2^64-1', () => {
    fc.assert(
      fc.property(holding, ({ raw, decimals, price }) => {
        const value = usdValue(raw, decimals, decimalOf(price));
        expect(unitsOf(toDecimalString(value))).toBe(oracle(raw, decimals, price));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is summed and compared exactly', () => {
    fc.assert(
      fc.property(fc.array(holding, { maxLength: 30 }), holding, (list, one) => {
        const weigh = (h: typeof one) => usdValue(h.raw, h.decimals, decimalOf(h.price));
        const exact = (h: typeof one) => oracle(h.raw, h.decimals, h.price);
        const sum = sumUsd(list.map(weigh));
        const exactSum = list.map(exact).reduce((a, b) => a + b, 0n);
        expect(unitsOf(toDecimalString(sum))).toBe(exactSum);
        expect(reaches(sum, weigh(one))).toBe(exactSum >= exact(one));
        expect(meetsMinimum(sum, weigh(one))).toBe(exactSum > exact(one));
        expect(compareUsd(sum, weigh(one)) < 0).toBe(exactSum < exact(one));
        expect(compareUsd(minUsd(sum, weigh(one)), sum) <= 0).toBe(true);
      }),
    );
  });

  it.each([
    [20_000_000n, 6, '20', '400'],
    [1n, 0, '0.5', '0.5'],
    [1n, 18, '1e-7', '0.0000000000000000000000001'],
    [MAX_RAW_AMOUNT, 0, '0.000001234', '22763282186957.58669291'],
    [MAX_RAW_AMOUNT, 9, '0.30000000000000004', '5534023222.1128662223697629483820646'],
    [0n, 6, '123.45', '0'],
    [5n, 255, '2', `0.${'0'.repeat(253)}1`],
  ])('%s raw at %i decimals and $%s is $%s', (raw, decimals, price, dollars) => {
    expect(toDecimalString(usdValue(raw, decimals, decimalOf(price)))).toBe(dollars);
  });

  it.each([
    [-1n, 6, '1'],
    [MAX_RAW_AMOUNT + 1n, 6, '1'],
    [1n, -1, '1'],
    [1n, 256, '1'],
    [1n, 0.5, '1'],
    [1n, Number.NaN, '1'],
    [1n, 6, '-1'],
  ])('refuses %s raw at %d decimals and $%s', (raw, decimals, price) => {
    expect(() => usdValue(raw, decimals, decimalOf(price))).toThrow(RangeError);
  });
});

describe('weighing again', () => {
  it('V1: tokens split over any number of wallets after signalling never weigh more than they did once', () => {
    const moves = fc.tuple(
      fc.bigInt({ min: 0n, max: MAX_RAW_AMOUNT }),
      fc.array(fc.nat({ max: 1_000 }), { maxLength: 8 }),
    );
    fc.assert(
      fc.property(moves, decimals, price, ([supply, cuts], decimals, price) => {
        // Every wallet signalled with the whole supply, and then passed it on; now each holds what is left to it.
        let rest = supply;
        const present = cuts.map((cut) => {
          const kept = (rest * BigInt(cut)) / 1_000n;
          rest -= kept;
          return kept;
        });
        const signalled = { rawAmount: supply, decimals, price: decimalOf(price) };
        const sum = sumUsd([...present, rest].map((raw) => reweigh(signalled, raw)));
        expect(sum).toEqual(usdValue(supply, decimals, decimalOf(price)));
      }),
    );
  });

  it('takes the smaller of both, at the price when signalled', () => {
    fc.assert(
      fc.property(holding, raw, (then, present) => {
        const weight = reweigh(
          { rawAmount: then.raw, decimals: then.decimals, price: decimalOf(then.price) },
          present,
        );
        const least = then.raw < present ? then.raw : present;
        expect(unitsOf(toDecimalString(weight))).toBe(oracle(least, then.decimals, then.price));
      }),
    );
  });

  it.each([
    ['sold all of them', 0n, '0'],
    ['sold half', 50_000_000n, '100'],
    ['kept them', 100_000_000n, '200'],
    ['bought more', 900_000_000n, '200'],
  ])('a holder of 200 dollars who %s', (_, present, dollars) => {
    const signalled = { rawAmount: 100_000_000n, decimals: 6, price: decimalOf('2') };
    expect(toDecimalString(reweigh(signalled, present))).toBe(dollars);
  });
});

describe('the bars', () => {
  it('a signer must hold more than the minimum', () => {
    const minimum = decimalOf('20');
    expect(meetsMinimum(decimalOf('19.999999999999999999'), minimum)).toBe(false);
    expect(meetsMinimum(decimalOf('20.00'), minimum)).toBe(false);
    expect(meetsMinimum(decimalOf('20.000000000000000001'), minimum)).toBe(true);
    expect(meetsMinimum(decimalOf('0'), decimalOf('0'))).toBe(false);
  });

  it('the threshold is reached exactly at it', () => {
    const threshold = decimalOf('400');
    expect(reaches(decimalOf('399.999999999999999999'), threshold)).toBe(false);
    expect(reaches(decimalOf('400.0'), threshold)).toBe(true);
    expect(reaches(sumUsd(Array.from({ length: 4_000 }, () => decimalOf('0.1'))), threshold)).toBe(true);
  });
});
