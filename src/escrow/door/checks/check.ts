/** What a check of the signing door is. */
import type { Claim, Evidence } from '#src/escrow/door/facts/evidence.js';

/** One rule. Answers why the payout is refused, or null. */
export interface Check {
  readonly name: string;
  refusal(claim: Claim, evidence: Evidence): string | null;
}

export interface Refusal {
  readonly check: string;
  readonly reason: string;
}
