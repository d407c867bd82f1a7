import type { ValueTransformer } from 'typeorm';
import { decimalOf, toDecimalString } from '#src/common/money/decimal.js';

/** PostgreSQL bigint <-> bigint; the driver answers text, and a JavaScript number would round it. */
export const bigintColumn: ValueTransformer = {
  to: (value: bigint | null | undefined) => value?.toString(),
  from: (value: string | null) => (value === null ? null : BigInt(value)),
};

/** PostgreSQL numeric <-> exact decimal text without exponent or zeros at the end, whatever scale the column has kept. */
export const decimalColumn: ValueTransformer = {
  to: (value: string | null | undefined) => value,
  from: (value: string | null) => (value === null ? null : toDecimalString(decimalOf(value))),
};
