import { toJsonLamports } from '#src/common/money/lamports.js';
import type { Milestone } from './milestone.entity.js';
import type { MilestoneFacts, Waiting } from './milestone.js';
import type { MilestoneDto } from './milestones.dto.js';

/** What of a milestone its picture, and the rules behind it, look at. */
export type ShownMilestone = Pick<
  Milestone,
  | 'id'
  | 'title'
  | 'status'
  | 'voters'
  | 'releaseSignature'
  | 'unlockLamports'
  | 'paidLamports'
  | 'thresholdUsd'
  | 'signalledUsd'
  | 'reweighedUsd'
  | 'approvedRaw'
  | 'seenSupply'
  | 'completedAt'
  | 'claimReadyAt'
  | 'claimableAt'
  | 'releasedAt'
>;

/** The public picture of a milestone. */
export function milestoneView(
  milestone: ShownMilestone,
  { selfReleaseAt, earnedAt }: MilestoneFacts,
  waitingFor: Waiting[],
): MilestoneDto {
  const { completedAt, claimableAt, releasedAt, reweighedUsd, releaseSignature, paidLamports } = milestone;
  return {
    id: milestone.id,
    title: milestone.title,
    unlockLamports: toJsonLamports(milestone.unlockLamports),
    status: milestone.status,
    ...(completedAt === null ? {} : { completedAt: completedAt.toISOString() }),
    ...(claimableAt === null ? {} : { claimableAt: claimableAt.toISOString() }),
    ...(earnedAt === null ? {} : { earnedAt: new Date(earnedAt * 1000).toISOString() }),
    ...(selfReleaseAt === null ? {} : { selfReleaseAt: new Date(selfReleaseAt * 1000).toISOString() }),
    ...(releasedAt === null ? {} : { releasedAt: releasedAt.toISOString() }),
    ...(paidLamports === null ? {} : { paidLamports: toJsonLamports(paidLamports) }),
    approvals: {
      weightUsd: milestone.signalledUsd,
      thresholdUsd: milestone.thresholdUsd,
      voters: milestone.voters,
      ...(reweighedUsd === null ? {} : { reweighedUsd }),
    },
    waitingFor,
    ...(releaseSignature === null ? {} : { signature: releaseSignature }),
  };
}
