/** Pure rule of a release that no admin has signed. */
import type { Claim, Evidence } from '#src/escrow/door/facts/evidence.js';
import { actOn, seconds } from '#src/escrow/door/acts/found-acts.js';

/** The creator has signed it, when it had been claimable for as long as the signed terms say. */
export function isSelfRelease({ purpose, subjectId }: Claim, evidence: Evidence): boolean {
  const { terms, unlock } = evidence;
  if (purpose !== 'milestone_release' || terms.kind !== 'creator_reward' || unlock === null) return false;
  const from = seconds(unlock.claimableAt) + terms.selfReleaseSeconds;
  return evidence.acts.some(
    (one) =>
      one.chainTime !== null &&
      seconds(one.chainTime) >= from &&
      actOn({ ...evidence, acts: [one] }, 'milestone.release', subjectId, terms.wallet) !== null,
  );
}
