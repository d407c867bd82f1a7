import { ValidationError } from '#src/common/errors/errors.js';
import { MAX_JSON_LAMPORTS } from '#src/common/money/lamports.js';
import { milestoneIdOf } from '#src/escrow/door/facts/derived-ids.js';
import type { MessageParams } from '#src/signed-messages/signed-message.js';
import type { Milestone } from '#src/commitments/milestones/milestone.entity.js';
import {
  type MilestoneTerms,
  type RewardParams,
  type RewardTerms,
  termsHash,
} from '#src/commitments/commitment/terms.js';

export const MAX_MILESTONES = 12;

/**
 * The message shows what the creator chose, the configured terms that it accepts, and the hash over everything. A long list of
 * milestones is shown as its hash, so their number and sum stand beside it.
 */
export function rewardMessage({ statement, ...chosen }: RewardParams, terms: RewardTerms): MessageParams {
  return {
    ...chosen,
    ...(statement === null ? {} : { statement }),
    milestoneCount: chosen.milestones.length,
    totalUnlockLamports: Number(totalUnlock(chosen.milestones)),
    approvalThresholdUsd: terms.approvalThresholdUsd,
    approvalSupplyBps: terms.approvalSupplyBps,
    tokenSupply: terms.tokenSupply,
    mintable: terms.mintable,
    minHoldingUsd: terms.minHoldingUsd,
    minLiquidityUsd: terms.minLiquidityUsd,
    claimDelaySeconds: terms.claimDelaySeconds,
    voteWindowSeconds: terms.voteWindowSeconds,
    selfReleaseSeconds: terms.selfReleaseSeconds,
    pauseMaxSeconds: terms.pauseMaxSeconds,
    treasuryShareBps: terms.treasuryShareBps,
    ...(terms.treasury === null ? {} : { treasury: terms.treasury }),
    termsHash: termsHash(terms),
  };
}

/**
 * What all milestones unlock together has to be an exact JSON integer as well.
 * @param prefix of the path; ends with a dot or is empty
 * @throws ValidationError
 */
export function checkTotal(milestones: readonly MilestoneTerms[], prefix: string): void {
  if (totalUnlock(milestones) <= MAX_JSON_LAMPORTS) return;
  const message = `milestones must unlock at most ${MAX_JSON_LAMPORTS} lamports together`;
  throw new ValidationError([{ path: `${prefix}milestones`, message }]);
}

/** The rows of the milestones in the creator's order, all locked; each id follows from the position, so equal ones stay two. */
export function lockedMilestones(
  commitmentId: string,
  { milestones, approvalThresholdUsd }: RewardTerms,
): Milestone[] {
  return milestones.map(({ title, unlockLamports }, index) => ({
    id: milestoneIdOf(commitmentId, index + 1),
    commitmentId,
    position: index + 1,
    title,
    unlockLamports: BigInt(unlockLamports),
    status: 'locked',
    completedAt: null,
    claimReadyAt: null,
    voteEndsAt: null,
    thresholdUsd: approvalThresholdUsd,
    signalledUsd: '0',
    voters: 0,
    reweighedUsd: null,
    reweighedAt: null,
    nextCheckAt: null,
    claimableAt: null,
    approvedRaw: null,
    seenSupply: null,
    releasedAt: null,
    releaseSignature: null,
    paidLamports: null,
  }));
}

/** Who cannot approve: each wallet once. */
export function excludedWallets(wallets: readonly (string | null)[]): string[] {
  return [...new Set(wallets.filter((wallet) => wallet !== null))];
}

/** What all milestones unlock together, in lamports. */
export function totalUnlock(milestones: readonly MilestoneTerms[]): bigint {
  return milestones.reduce((sum, { unlockLamports }) => sum + BigInt(unlockLamports), 0n);
}
