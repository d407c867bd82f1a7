import { ValidationError } from '../common/errors.js';
import { MAX_JSON_LAMPORTS } from '../common/lamports.js';
import type { MessageParams } from '../signed-messages/signed-message.js';
import type { Milestone } from './milestone.entity.js';
import { type MilestoneTerms, type RewardParams, type RewardTerms, termsHash } from './terms.js';

export const MAX_MILESTONES = 12;
/** Tokens have up to 18 in practice; beyond, one raw unit is worth too little for a weight to mean anything. */
export const MAX_TOKEN_DECIMALS = 18;

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
    minHoldingUsd: terms.minHoldingUsd,
    claimDelaySeconds: terms.claimDelaySeconds,
    voteWindowSeconds: terms.voteWindowSeconds,
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

/** @throws ValidationError for a token whose holdings are not weighed */
export function checkDecimals({
  mint,
  decimals,
}: {
  readonly mint: string;
  readonly decimals: number;
}): void {
  if (decimals <= MAX_TOKEN_DECIMALS) return;
  const message = `tokenMint must be a token of at most ${MAX_TOKEN_DECIMALS} decimals; ${mint} has ${decimals}`;
  throw new ValidationError([{ path: 'tokenMint', message }]);
}

/** The rows of the milestones in the creator's order, all locked; their ids are ours, so equal ones stay two. */
export function lockedMilestones(
  commitmentId: string,
  { milestones, approvalThresholdUsd }: RewardTerms,
  newId: () => string,
): Milestone[] {
  return milestones.map(({ title, unlockLamports }, index) => ({
    id: newId(),
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
    releasedAt: null,
    releaseSignature: null,
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
