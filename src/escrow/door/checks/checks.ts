/** Pure rules of the signing door: the evidence that a payout needs, as a list of checks. docs/domain.md tells why. */
import type { Claim, Evidence } from '#src/escrow/door/facts/evidence.js';
import type { Purpose } from '#src/escrow/door/facts/purpose.js';
import { adminRefusal } from './admin-check.js';
import type { Check, Refusal } from './check.js';
import { actsRefusal, bindingRefusal, creationRefusal } from './commitment-checks.js';
import {
  claimRefusal,
  distributionRefusal,
  noticeRefusal,
  remainderRefusal,
  roundRefusal,
} from './distribution-checks.js';
import { approvalsRefusal, completionRefusal } from './milestone-checks.js';
import { attemptsRefusal, decisionRefusal, destinationRefusal, idRefusal } from './payout-checks.js';
import { failureRefusal, successRefusal } from './personal-checks.js';
import { outcomeRefusal } from './stray-check.js';

const FAILURE_LEGS: readonly Purpose[] = [
  'failure_treasury',
  'failure_destination',
  'failure_remainder',
  'distribution_claim',
];

/** In the order in which they are asked: each may rely on those before it. */
export const CHECKS: readonly Check[] = [
  { name: 'binding', refusal: bindingRefusal },
  { name: 'creation', refusal: creationRefusal },
  { name: 'acts', refusal: actsRefusal },
  { name: 'payout_id', refusal: idRefusal },
  { name: 'destination', refusal: destinationRefusal },
  { name: 'decision', refusal: decisionRefusal },
  { name: 'attempts', refusal: attemptsRefusal },
  { name: 'admin', refusal: adminRefusal },
  { name: 'success', purposes: ['personal_success'], refusal: successRefusal },
  { name: 'failure', purposes: ['personal_failure'], refusal: failureRefusal },
  { name: 'completion', purposes: ['milestone_release'], refusal: completionRefusal },
  { name: 'approvals', purposes: ['milestone_release'], refusal: approvalsRefusal },
  { name: 'distribution', purposes: FAILURE_LEGS, refusal: distributionRefusal },
  { name: 'round', purposes: ['failure_treasury', 'distribution_claim'], refusal: roundRefusal },
  { name: 'notice', purposes: FAILURE_LEGS, refusal: noticeRefusal },
  { name: 'claim', purposes: ['distribution_claim'], refusal: claimRefusal },
  { name: 'remainder', purposes: ['failure_remainder'], refusal: remainderRefusal },
  { name: 'outcome', purposes: ['stray_forward'], refusal: outcomeRefusal },
];

/** The first check that says no; null when the terms and the acts allow the payout. */
export function refusalOf(claim: Claim, evidence: Evidence): Refusal | null {
  for (const { name, purposes, refusal } of CHECKS) {
    if (purposes !== undefined && !purposes.includes(claim.purpose)) continue;
    const reason = refusal(claim, evidence);
    if (reason !== null) return { check: name, reason };
  }
  return null;
}
