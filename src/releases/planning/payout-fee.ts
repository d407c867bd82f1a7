import type { Lamports } from '#src/common/money/lamports.js';

/** Who pays for the transaction of a payout. */
export interface FeeBearer {
  readonly address: string;
  /** How many wallets sign: each signature costs. */
  readonly signers: 1 | 2;
}

/**
 * @param feeLamports the fee that is part of the promise, see Payout.feeLamports
 * @param feePayer the configured fee payer; null: none
 * @returns null when the fee payer has to pay and there is none
 */
export function feeBearer(
  source: string,
  feeLamports: Lamports | null,
  feePayer: string | null,
): FeeBearer | null {
  if (feeLamports === 0n) return feePayer === null ? null : bearer(source, feePayer);
  return bearer(source, feeLamports === null ? (feePayer ?? source) : source);
}

function bearer(source: string, address: string): FeeBearer {
  return { address, signers: address === source ? 1 : 2 };
}

/** What the fee payer has to hold: the fee, and what keeps its account alive after it. */
export function feePayerNeed(fee: Lamports, rentExemptMinimum: Lamports): Lamports {
  return fee + rentExemptMinimum;
}
