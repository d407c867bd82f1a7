/** What a check of the signing door is. */
import type { Claim, Evidence } from '#src/escrow/door/facts/evidence.js';
import type { Purpose } from '#src/escrow/door/facts/purpose.js';

/** One rule. Answers why the payout is refused, or null. */
export interface Check {
  readonly name: string;
  /** Every purpose without it. */
  readonly purposes?: readonly Purpose[];
  refusal(claim: Claim, evidence: Evidence): string | null;
}

export interface Refusal {
  readonly check: string;
  readonly reason: string;
}
