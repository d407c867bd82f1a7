/** Pure rules of the signing door: the evidence that a payout needs, as a list of checks. docs/domain.md tells why. */
import type { Claim, Evidence } from '#src/escrow/door/facts/evidence.js';
import { adminRefusal } from './admin-check.js';
import type { Check, Refusal } from './check.js';
import { actsRefusal, bindingRefusal, creationRefusal } from './commitment-checks.js';
import {
  attemptsRefusal,
  decisionRefusal,
  destinationRefusal,
  idRefusal,
  pausesRefusal,
} from './payout-checks.js';
import { PURPOSE_RULES } from './purposes.js';

/** What holds for every payout, in the order in which it is asked: each may rely on those before it. */
const COMMON_CHECKS: readonly Check[] = [
  { name: 'binding', refusal: bindingRefusal },
  { name: 'creation', refusal: creationRefusal },
  { name: 'acts', refusal: actsRefusal },
  { name: 'payout_id', refusal: idRefusal },
  { name: 'destination', refusal: destinationRefusal },
  { name: 'decision', refusal: decisionRefusal },
  { name: 'attempts', refusal: attemptsRefusal },
  { name: 'pauses', refusal: pausesRefusal },
  { name: 'admin', refusal: adminRefusal },
];

/** All that are asked, for whatever purpose. */
export const CHECKS: readonly Check[] = [
  ...COMMON_CHECKS,
  ...new Set(Object.values(PURPOSE_RULES).flatMap(({ checks }) => checks)),
];

/** The first check that says no; null when the terms and the acts allow the payout. */
export function refusalOf(claim: Claim, evidence: Evidence): Refusal | null {
  for (const { name, refusal } of [...COMMON_CHECKS, ...PURPOSE_RULES[claim.purpose].checks]) {
    const reason = refusal(claim, evidence);
    if (reason !== null) return { check: name, reason };
  }
  return null;
}
