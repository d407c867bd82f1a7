/** How a personal commitment may end. */
import type { Claim, DoorTerms, Evidence, ProvenAct } from '#src/escrow/door/facts/evidence.js';
import { attestation, seconds, secondsOf } from '#src/escrow/door/acts/found-acts.js';

type PersonalTerms = DoorTerms & { readonly kind: 'personal' };

export function successRefusal(_: Claim, evidence: Evidence): string | null {
  const { terms, resolution, acts } = evidence;
  if (terms.kind !== 'personal') return 'it is no personal commitment';
  if (resolution?.resolution !== 'success') return 'no success was decided by this server';
  if (attestation(terms, acts) === null) return 'the authority has not attested before the deadline';
  const isInWindow = seconds(resolution.chainTime) <= windowEnd(terms);
  if (isInWindow || isRefundByDefault(evidence)) return null;
  return 'it was decided after the decision window, and a failure was filed';
}

export function failureRefusal(_: Claim, { terms, resolution, acts }: Evidence): string | null {
  if (terms.kind !== 'personal') return 'it is no personal commitment';
  if (resolution?.resolution !== 'failure') return 'no failure was decided by this server';
  const decidedAt = seconds(resolution.chainTime);
  if (decidedAt < secondsOf(terms.deadline)) return 'it was decided before the deadline';
  if (attestation(terms, acts) === null) return null;
  if (decidedAt <= windowEnd(terms)) return 'the authority has attested, and the decision window was open';
  return isFailureFiled(terms, acts) ? null : 'the authority has attested, and no failure stands against it';
}

/** Who has not said in time that it was done has failed, and nobody has to decide it. */
export function isUnattested({ terms, acts }: Evidence): boolean {
  return terms.kind === 'personal' && attestation(terms, acts) === null;
}

/** Nobody has decided about an attested commitment, and nothing stands against it: it goes back to its authority. */
export function isRefundByDefault({ terms, resolution, acts }: Evidence): boolean {
  if (terms.kind !== 'personal' || resolution?.resolution !== 'success') return false;
  return seconds(resolution.chainTime) > windowEnd(terms) && !isFailureFiled(terms, acts);
}

/** Filed in the decision window, and not withdrawn as often. */
function isFailureFiled(terms: PersonalTerms, acts: readonly ProvenAct[]): boolean {
  const isInTime = ({ chainTime }: ProvenAct) =>
    chainTime !== null &&
    seconds(chainTime) >= secondsOf(terms.deadline) &&
    seconds(chainTime) <= windowEnd(terms);
  const count = (action: string) => acts.filter((one) => one.act.action === action && isInTime(one)).length;
  return count('admin.commitment.failure') > count('admin.failure.cancel');
}

function windowEnd({ deadline, decisionWindowSeconds }: PersonalTerms): number {
  return secondsOf(deadline) + decisionWindowSeconds;
}
