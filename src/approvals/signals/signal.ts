import type { ProvenAct } from '#src/escrow/door/facts/evidence.js';
import { textParam } from '#src/signed-messages/signed-act.js';
import type { Status } from '#src/commitments/commitment/commitment.js';
import type { MilestoneStatus } from '#src/commitments/milestones/milestone.js';

export type SignalRefusal = 'already_failing' | 'already_resolved' | 'not_completed' | 'already_unlocked';

/** Why a milestone takes no approvals; null when it does: from the creator's attestation until it unlocks. */
export function signalRefusal(
  commitmentStatus: Status,
  milestoneStatus: MilestoneStatus,
): SignalRefusal | null {
  if (commitmentStatus === 'failing') return 'already_failing';
  if (commitmentStatus !== 'active') return 'already_resolved';
  switch (milestoneStatus) {
    case 'completed':
      return null;
    case 'locked':
      return 'not_completed';
    case 'claimable':
    case 'releasing':
    case 'released':
    case 'forfeited':
      return 'already_unlocked';
  }
}

/** From a time of the chain's clock until a later one. */
export interface Interval {
  readonly from: Date;
  readonly until: Date;
}

/** End of a vote window; whatever time was lost while it was open is added. @param lost in order, not overlapping */
export function voteEnd(completion: Date, windowSeconds: number, lost: readonly Interval[]): Date {
  let end = completion.getTime() + windowSeconds * 1000;
  for (const { from, until } of lost)
    if (from >= completion && from.getTime() < end) end += until.getTime() - from.getTime();
  return new Date(end);
}

/** Chain time of the creator's signed attestation of a milestone; null without one. */
export function completedAt(acts: readonly ProvenAct[], creator: string, milestoneId: string): Date | null {
  const found = acts.find(
    ({ act }) =>
      act.action === 'milestone.complete' &&
      act.wallet === creator &&
      textParam(act, 'milestoneId') === milestoneId,
  );
  return found?.chainTime ?? null;
}
