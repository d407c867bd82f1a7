/** The greatest of them. */
export function greatest(first: bigint, ...others: readonly bigint[]): bigint {
  return others.reduce((a, b) => (a > b ? a : b), first);
}

/** The least of them. */
export function least(first: bigint, ...others: readonly bigint[]): bigint {
  return others.reduce((a, b) => (a < b ? a : b), first);
}
