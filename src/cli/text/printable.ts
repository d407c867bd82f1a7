/** For JSON.stringify: a bigint is printed as its digits. */
export function printable(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}
