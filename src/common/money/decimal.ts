/**
 * An exact decimal: `coefficient` x 10^-`scale`. Canonical: `scale` >= 0 and no zero at the end of the fraction, so equal
 * values look equal. Adding, multiplying and comparing never round.
 */
export interface Decimal {
  readonly coefficient: bigint;
  readonly scale: number;
}

export const ZERO: Decimal = { coefficient: 0n, scale: 0 };

// A short text such as 1e999999999 would fill the memory; no amount or price comes near these.
const MAX_DIGITS = 500;
const MAX_TEXT = 2 * MAX_DIGITS + 2;
const NUMBER = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4}))?$/;

/**
 * Reads a number as JSON writes it: `400`, `0.000001234`, `-1`, `1e-7`.
 * @returns null for any other text, and for more than 500 digits before or after the point
 */
export function parseDecimal(text: string): Decimal | null {
  const match = text.length > MAX_TEXT ? null : NUMBER.exec(text);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return ZERO;
  const scale = fraction.length - Number(exponent) - (digits.length - significant.length);
  if (scale > MAX_DIGITS || significant.length - scale > MAX_DIGITS) return null;
  return canonical(BigInt(sign + significant), scale);
}

/**
 * The same for a text that is known to be a number, such as a column of ours.
 * @throws RangeError
 */
export function decimalOf(text: string): Decimal {
  const decimal = parseDecimal(text);
  if (decimal === null) throw new RangeError(`"${text.slice(0, 40)}" is not a decimal number`);
  return decimal;
}

/** `400`, `0.5`, `-0.25`: neither exponent nor zeros at the end. `parseDecimal` reads it back. */
export function toDecimalString({ coefficient, scale }: Decimal): string {
  if (scale === 0) return coefficient.toString();
  const sign = coefficient < 0n ? '-' : '';
  const digits = coefficient
    .toString()
    .replace('-', '')
    .padStart(scale + 1, '0');
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return canonical(atScale(a, scale) + atScale(b, scale), scale);
}

export function sumDecimals(decimals: Iterable<Decimal>): Decimal {
  let sum = ZERO;
  for (const decimal of decimals) sum = addDecimals(sum, decimal);
  return sum;
}

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  return canonical(a.coefficient * b.coefficient, a.scale + b.scale);
}

/** Negative when a < b, 0 when equal, positive when a > b; fits `sort`. */
export function compareDecimals(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const scale = Math.max(a.scale, b.scale);
  const [left, right] = [atScale(a, scale), atScale(b, scale)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

export function minDecimal(a: Decimal, b: Decimal): Decimal {
  return compareDecimals(a, b) <= 0 ? a : b;
}

/** `coefficient` x 10^-`scale`, for any whole scale. */
export function canonical(coefficient: bigint, scale: number): Decimal {
  if (coefficient === 0n) return ZERO;
  if (scale <= 0) return { coefficient: coefficient * 10n ** BigInt(-scale), scale: 0 };
  let [digits, places] = [coefficient, scale];
  while (places > 0 && digits % 10n === 0n) {
    digits /= 10n;
    places -= 1;
  }
  return { coefficient: digits, scale: places };
}

function atScale({ coefficient, scale }: Decimal, wanted: number): bigint {
  return coefficient * 10n ** BigInt(wanted - scale);
}
