/** When money that arrived later may leave. */
import { milestoneIdOf, payoutIdOf } from '#src/escrow/door/facts/derived-ids.js';
import type { Claim, Evidence } from '#src/escrow/door/facts/evidence.js';

/** Derived from the evidence, never from a status. */
export function outcomeRefusal(_: Claim, evidence: Evidence): string | null {
  const { terms, resolution, distribution } = evidence;
  if (terms.kind === 'personal')
    return resolution === null ? 'no end of the commitment was decided by this server' : null;
  if (distribution !== null) return null;
  return hasReleasedAll(evidence) ? null : 'it has neither failed nor paid all of its milestones';
}

/** Later money belongs to whom the commitment has ended well for; after a failure it goes where the failure's money went. */
export function hasEndedWell(evidence: Evidence): boolean {
  const { terms, resolution, distribution } = evidence;
  if (terms.kind === 'personal') return resolution?.resolution === 'success';
  return distribution === null && hasReleasedAll(evidence);
}

function hasReleasedAll({ terms, commitmentId, paid }: Evidence): boolean {
  if (terms.kind !== 'creator_reward') return false;
  return terms.milestones.every((_milestone, index) => {
    const subject = milestoneIdOf(commitmentId, index + 1);
    return paid.has(payoutIdOf({ commitmentId, purpose: 'milestone_release', subject, part: 0 }));
  });
}
