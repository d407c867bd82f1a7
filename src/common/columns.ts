import type { ValueTransformer } from 'typeorm';

/** PostgreSQL bigint <-> bigint; the driver answers text, and a JavaScript number would round it. */
export const bigintColumn: ValueTransformer = {
  to: (value: bigint | null | undefined) => value?.toString(),
  from: (value: string | null) => (value === null ? null : BigInt(value)),
};
