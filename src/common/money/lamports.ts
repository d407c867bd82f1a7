/** 10^-9 SOL. A bigint inside, a JSON integer of at most 2^53-1 at the edge. */
export type Lamports = bigint;

export const MAX_JSON_LAMPORTS = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * Lamports as a JSON number.
 * @throws RangeError when the amount has no exact JSON form; a rounded amount of money is never answered.
 */
export function toJsonLamports(lamports: Lamports): number {
  if (lamports < 0n || lamports > MAX_JSON_LAMPORTS) {
    throw new RangeError(`${lamports} lamports cannot be written as an exact JSON integer`);
  }
  return Number(lamports);
}

/**
 * What is left of lamports in and out, below zero where more went out than is known to have come in.
 * @throws RangeError as `toJsonLamports`
 */
export function toJsonBalance(lamports: Lamports): number {
  return lamports < 0n ? -toJsonLamports(-lamports) : toJsonLamports(lamports);
}

/** True for what a client may send as an amount: a JSON integer from 1 to 2^53-1. */
export function isJsonLamports(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}
