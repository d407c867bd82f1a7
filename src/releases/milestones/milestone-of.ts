import type { MilestoneRef } from '#src/commitments/milestones/milestones.service.js';
import type { Payout } from '#src/releases/payouts/payout.entity.js';

/** The milestone of a release. */
export function milestoneOf({ id, commitmentId, subjectId }: Payout): MilestoneRef {
  if (subjectId === null) throw new Error(`payout ${id} names no milestone`);
  return { id: subjectId, commitmentId };
}
