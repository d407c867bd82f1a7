import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  addDecimals,
  compareDecimals,
  decimalOf,
  minDecimal,
  multiplyDecimals,
  parseDecimal,
  sumDecimals,
  toDecimalString,
} from './decimal.js';

/** An oracle that shares nothing with the code under test: fractions, compared crosswise. */
type Fraction = readonly [numerator: bigint, denominator: bigint];

function fractionOf(text: string): Fraction {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const power = BigInt(exponent);
  const numerator = BigInt(whole + fraction);
  const denominator = 10n ** BigInt(fraction.length);
  return power < 0n ? [numerator, denominator * 10n ** -power] : [numerator * 10n ** power, denominator];
}

const plus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d + c * b, b * d];
const times = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * c, b * d];
const equal = ([a, b]: Fraction, [c, d]: Fraction): boolean => a * d === c * b;
const less = ([a, b]: Fraction, [c, d]: Fraction): boolean => a * d < c * b;

const digits = (max: number) => fc.stringMatching(new RegExp(`^[0-9]{1,${max}}$`));
const literal = fc
  .record({
    sign: fc.constantFrom('', '-'),
    whole: fc.oneof(
      fc.constant('0'),
      digits(25).map((text) => text.replace(/^0+/, '') || '0'),
    ),
    fraction: fc.option(digits(25)),
    exponent: fc.option(fc.record({ e: fc.constantFrom('e', 'E', 'e+', 'e-'), n: fc.nat({ max: 40 }) })),
  })
  .map(({ sign, whole, fraction, exponent }) => {
    const point = fraction === null ? '' : `.${fraction}`;
    return `${sign}${whole}${point}${exponent === null ? '' : `${exponent.e}${exponent.n}`}`;
  });

describe('decimals', () => {
  it('reads every JSON number and writes the same value, without exponent and without zeros at the end', () => {
    fc.assert(
      fc.property(literal, (text) => {
        const written = toDecimalString(decimalOf(text));
        expect(written).toMatch(/^(0|-?[1-9]\d*|-?(0|[1-9]\d*)\.\d*[1-9])$/);
        const positive = text.replace(/^-/, '');
        // The oracle's halves would carry the sign twice.
        expect(equal(fractionOf(written.replace(/^-/, '')), fractionOf(positive))).toBe(true);
        expect(written.startsWith('-')).toBe(text.startsWith('-') && /[1-9]/.test(text.split(/e/i)[0] ?? ''));
        expect(toDecimalString(decimalOf(written))).toBe(written);
      }),
    );
  });

  it('reads what JavaScript prints for any double', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = String(value);
        expect(equal(fractionOf(toDecimalString(decimalOf(text))), fractionOf(text))).toBe(true);
      }),
    );
  });

  it('adds, multiplies and compares without rounding', () => {
    const positive = literal.map((text) => text.replace(/^-/, ''));
    fc.assert(
      fc.property(positive, positive, (left, right) => {
        const [a, b] = [decimalOf(left), decimalOf(right)];
        const [x, y] = [fractionOf(left), fractionOf(right)];
        expect(equal(fractionOf(toDecimalString(addDecimals(a, b))), plus(x, y))).toBe(true);
        expect(equal(fractionOf(toDecimalString(multiplyDecimals(a, b))), times(x, y))).toBe(true);
        const order = compareDecimals(a, b);
        expect([order < 0, order > 0]).toEqual([less(x, y), less(y, x)]);
        expect(minDecimal(a, b)).toEqual(less(y, x) ? b : a);
      }),
    );
  });

  it.each([
    ['400', '400'],
    ['400.00', '400'],
    ['0.50', '0.5'],
    ['0.000001234', '0.000001234'],
    ['1e-7', '0.0000001'],
    ['1.5E+3', '1500'],
    ['-0.0', '0'],
    ['0e9999', '0'],
    ['-2.50', '-2.5'],
  ])('writes %s as %s', (text, written) => {
    expect(toDecimalString(decimalOf(text))).toBe(written);
  });

  it('keeps what a double loses', () => {
    const sum = sumDecimals(['0.1', '0.2', '9007199254740993'].map(decimalOf));
    expect(toDecimalString(sum)).toBe('9007199254740993.3');
    expect(toDecimalString(sumDecimals([]))).toBe('0');
  });

  it.each([
    '',
    ' 1',
    '1 ',
    '+1',
    '.5',
    '5.',
    '01',
    '0x10',
    '1_000',
    '1,5',
    'NaN',
    'Infinity',
    '1e',
    '--1',
    '١',
  ])('V7: refuses "%s"', (text) => {
    expect(parseDecimal(text)).toBeNull();
    expect(() => decimalOf(text)).toThrow(RangeError);
  });

  it.each(['1e999999999', '1e501', '1e-501', `1${'0'.repeat(2_000_000)}`, `0.${'0'.repeat(600)}1`])(
    'refuses a text that is short for its size, or long, and makes no number of it (%#)',
    (text) => {
      const numbers = vi.spyOn(globalThis, 'BigInt');
      onTestFinished(() => numbers.mockRestore());
      expect(parseDecimal(text)).toBeNull();
      expect(numbers).not.toHaveBeenCalled();
    },
  );

  it('reads back the longest it accepts', () => {
    const long = `${'9'.repeat(500)}.${'9'.repeat(500)}`;
    expect(toDecimalString(decimalOf(`-${long}`))).toBe(`-${long}`);
    expect(toDecimalString(decimalOf('1e499'))).toHaveLength(500);
    expect(toDecimalString(decimalOf('1e-500'))).toHaveLength(502);
  });
});
