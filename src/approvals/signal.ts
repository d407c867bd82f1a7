import type { Status } from '../commitments/commitment.js';
import type { MilestoneStatus } from '../commitments/milestone.js';

export type SignalRefusal = 'already_resolved' | 'not_completed' | 'already_unlocked';

/** Why a milestone takes no approvals; null when it does: from the creator's attestation until it unlocks. */
export function signalRefusal(
  commitmentStatus: Status,
  milestoneStatus: MilestoneStatus,
): SignalRefusal | null {
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
