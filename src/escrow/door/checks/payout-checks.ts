/** What holds for every payout: its id, its destination, and that this server has decided and counted it. */
import {
  changedDestination,
  destinationsSigned,
  isChangeable,
} from '#src/escrow/door/acts/changed-destination.js';
import { payoutIdOf } from '#src/escrow/door/facts/derived-ids.js';
import type { Claim, Evidence } from '#src/escrow/door/facts/evidence.js';
import { fetchesRent, roundOf } from '#src/escrow/door/facts/purpose.js';
import { PURPOSE_RULES } from './purposes.js';

/** Where a payout may go: as the signed terms say, or while that address cannot be paid, as two admins have signed. */
export interface Destinations {
  readonly promised: string;
  readonly changed: string | null;
}

export function destinationsOf(claim: Claim, evidence: Evidence): Destinations {
  const promised = PURPOSE_RULES[claim.purpose].destination(claim, evidence) ?? claim.destination;
  return { promised, changed: isChangeable(claim) ? changedDestination(evidence, promised) : null };
}

/** The claim as it would be paid today: an address that stood for the promised one earlier counts for the present one. */
export function atPresent(claim: Claim, evidence: Evidence): Claim {
  const { promised, changed } = destinationsOf(claim, evidence);
  const all = { ...evidence, acts: [...evidence.acts, ...evidence.voided] };
  const isEarlier = isChangeable(claim) && destinationsSigned(all, promised).includes(claim.destination);
  return isEarlier ? { ...claim, destination: changed ?? promised } : claim;
}

export function idRefusal(claim: Claim, { paid }: Evidence): string | null {
  const { id, commitmentId, purpose, part } = claim;
  if (part > 0 && purpose !== 'stray_forward' && !fetchesRent(claim) && roundOf(claim) === 0)
    return `a payout for ${purpose} has no part ${part}`;
  const name = { commitmentId, purpose, subject: subjectOf(claim) };
  if (fetchesRent(claim) && !paid.has(payoutIdOf({ ...name, part: 0 })))
    return 'what it fetches was left behind by no payment';
  const derived = payoutIdOf({ ...name, part });
  return id === derived ? null : `its id should be ${derived}`;
}

/** The milestone that is released, or the wallet that claims. */
function subjectOf({ purpose, subjectId, destination }: Claim): string | null {
  return purpose === 'distribution_claim' ? destination : subjectId;
}

export function destinationRefusal(claim: Claim, evidence: Evidence): string | null {
  const wanted = PURPOSE_RULES[claim.purpose].destination(claim, evidence);
  if (wanted === null) return `the signed terms know no ${claim.purpose}`;
  if (claim.destination === wanted) return null;
  if (isChangeable(claim) && claim.destination === changedDestination(evidence, wanted)) return null;
  return `the signed terms pay it to ${wanted}, not to ${claim.destination}`;
}

export function decisionRefusal(claim: Claim, { isDecided }: Evidence): string | null {
  return isDecided ? null : `this server has not decided payout ${claim.id} as it stands in the table`;
}

export function attemptsRefusal(_: Claim, { knowsAttempts }: Evidence): string | null {
  return knowsAttempts
    ? null
    : 'a transaction that was planned for it is missing, and may have landed or still land';
}

/** A pause that is missing would let go on what an admin has stopped. */
export function pausesRefusal(_: Claim, { knowsPauses }: Evidence): string | null {
  return knowsPauses
    ? null
    : 'the pauses are not those that this server has made and ended: one is missing, was changed, or was put there';
}
