import { createHash } from 'node:crypto';
import type { TokenTerms } from '#src/commitments/commitment/token-terms.js';
import { canonicalJson } from '#src/common/text/canonical-json.js';

// Types and not interfaces: those would not count as plain JSON documents.

/** The configured part of personal terms: copied into a commitment when it is created, never read again for it. */
export type PersonalPolicy = {
  readonly cluster: string;
  readonly decisionWindowSeconds: number;
};

/** The configured part of reward terms. US dollars are exact decimal texts. */
export type RewardPolicy = {
  readonly cluster: string;
  readonly approvalThresholdUsd: string;
  /** Part of the supply that approvals have to hold together, in hundredths of a percent. */
  readonly approvalSupplyBps: number;
  readonly minHoldingUsd: string;
  /** What the pools behind a price have to hold; 0 where any price counts. */
  readonly minLiquidityUsd: string;
  readonly claimDelaySeconds: number;
  readonly voteWindowSeconds: number;
  /** After so long claimable, the creator may release a milestone without an admin. */
  readonly selfReleaseSeconds: number;
  /** After so long past its attestation, what is claimable is not forfeited by a failure. */
  readonly earnedAfterSeconds: number;
  /** How long a failure is announced before it takes effect. */
  readonly failureNoticeSeconds: number;
  /** Who would get less of a failure gets nothing. */
  readonly failureMinShareLamports: number;
  /** How long pauses may hold that up, in total. */
  readonly pauseMaxSeconds: number;
  readonly treasuryShareBps: number;
  /** Who receives the treasury share of a failure; null where there is none. */
  readonly treasury: string | null;
};

export type TermPolicy = PersonalPolicy & RewardPolicy;

export const CREATOR_FEE_MODES = ['assisted', 'managed'] as const;
export type CreatorFeeMode = (typeof CREATOR_FEE_MODES)[number];

/** What the creator of a personal commitment chooses, in its normalized form. */
export type PersonalParams = {
  readonly kind: 'personal';
  readonly destinationOnFail: string;
  readonly amountLamports: number;
  /** RFC 3339, UTC, milliseconds. */
  readonly deadline: string;
  readonly statement: string | null;
};

export type MilestoneTerms = {
  readonly title: string;
  readonly unlockLamports: number;
};

/** What the creator of a reward commitment chooses, in its normalized form. */
export type RewardParams = {
  readonly kind: 'creator_reward';
  readonly tokenMint: string;
  readonly creatorFeeMode: CreatorFeeMode;
  readonly milestones: readonly MilestoneTerms[];
  readonly destinationOnFail: string;
  readonly statement: string | null;
};

type CommonTerms = {
  readonly version: 1;
  /** Authority or creator. */
  readonly wallet: string;
};

/** Everything that decides money, fixed for the life of the commitment. */
export type PersonalTerms = CommonTerms & PersonalParams & PersonalPolicy;
export type RewardTerms = CommonTerms & RewardParams & TokenTerms & RewardPolicy;
export type Terms = PersonalTerms | RewardTerms;

/** Independent of the settings for rewards: changing those changes no personal terms. */
export function personalTerms(
  wallet: string,
  { kind, destinationOnFail, amountLamports, deadline, statement }: PersonalParams,
  { cluster, decisionWindowSeconds }: PersonalPolicy,
): PersonalTerms {
  const chosen = { kind, destinationOnFail, amountLamports, deadline, statement };
  return { version: 1, cluster, wallet, ...chosen, decisionWindowSeconds };
}

export function rewardTerms(
  wallet: string,
  params: RewardParams,
  token: TokenTerms,
  policy: RewardPolicy,
): RewardTerms {
  return {
    version: 1,
    kind: params.kind,
    cluster: policy.cluster,
    wallet,
    tokenMint: params.tokenMint,
    tokenProgram: token.tokenProgram,
    tokenDecimals: token.tokenDecimals,
    tokenSupply: token.tokenSupply,
    mintable: token.mintable,
    mintAuthority: token.mintAuthority,
    freezeAuthority: token.freezeAuthority,
    creatorFeeMode: params.creatorFeeMode,
    milestones: params.milestones.map(({ title, unlockLamports }) => ({ title, unlockLamports })),
    destinationOnFail: params.destinationOnFail,
    statement: params.statement,
    approvalThresholdUsd: policy.approvalThresholdUsd,
    approvalSupplyBps: policy.approvalSupplyBps,
    minHoldingUsd: policy.minHoldingUsd,
    minLiquidityUsd: policy.minLiquidityUsd,
    claimDelaySeconds: policy.claimDelaySeconds,
    voteWindowSeconds: policy.voteWindowSeconds,
    selfReleaseSeconds: policy.selfReleaseSeconds,
    earnedAfterSeconds: policy.earnedAfterSeconds,
    failureNoticeSeconds: policy.failureNoticeSeconds,
    failureMinShareLamports: policy.failureMinShareLamports,
    pauseMaxSeconds: policy.pauseMaxSeconds,
    treasuryShareBps: policy.treasuryShareBps,
    treasury: policy.treasury,
  };
}

/** SHA-256 (hex) of the canonical JSON: what the creator's signature covers. */
export function termsHash(terms: Terms): string {
  return sha256(canonicalJson(terms));
}

export function policyHash(policy: TermPolicy): string {
  return sha256(canonicalJson(policy));
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
