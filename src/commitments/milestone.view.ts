import { toJsonLamports } from '../common/lamports.js';
import type { Milestone } from './milestone.entity.js';
import type { Waiting } from './milestone.js';
import type { MilestoneDto } from './milestones.dto.js';

/** The public picture of a milestone. */
export function milestoneView(milestone: Milestone, waitingFor: Waiting[]): MilestoneDto {
  const { completedAt, claimableAt, releasedAt, reweighedUsd, releaseSignature } = milestone;
  return {
    id: milestone.id,
    title: milestone.title,
    unlockLamports: toJsonLamports(milestone.unlockLamports),
    status: milestone.status,
    ...(completedAt === null ? {} : { completedAt: completedAt.toISOString() }),
    ...(claimableAt === null ? {} : { claimableAt: claimableAt.toISOString() }),
    ...(releasedAt === null ? {} : { releasedAt: releasedAt.toISOString() }),
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
