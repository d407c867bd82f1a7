/** What the signing door knows when it decides: claims, and what was verified of the evidence for them. */
import type { ReadAct } from '#src/signed-messages/signed-act.js';
import type { DecidedPayout, FrozenDistribution, FrozenShare, Resolved, Unlocked } from './facts.js';
import type { FrozenRound } from './failure-facts.js';

/** The frozen terms as far as the door looks at them. Believed once the creator's signature covers their hash. */
export type DoorTerms = {
  readonly wallet: string;
  readonly destinationOnFail: string;
} & (
  | { readonly kind: 'personal'; readonly deadline: string; readonly decisionWindowSeconds: number }
  | {
      readonly kind: 'creator_reward';
      readonly tokenMint: string;
      readonly creatorFeeMode: 'assisted' | 'managed';
      readonly milestones: readonly { readonly unlockLamports: number }[];
      readonly approvalThresholdUsd: string;
      readonly claimDelaySeconds: number;
      readonly voteWindowSeconds: number;
      readonly selfReleaseSeconds: number;
      readonly failureNoticeSeconds: number;
      readonly tokenSupply: string;
      readonly approvalSupplyBps: number;
      readonly treasuryShareBps: number;
      readonly treasury: string | null;
    }
);

/** A stored act whose signature and mark have both been verified. */
export interface ProvenAct {
  readonly id: string;
  readonly act: ReadAct;
  readonly acceptedAt: Date;
  /** The chain's clock at the acceptance; null where the rules do not go by it. */
  readonly chainTime: Date | null;
}

/** What a payout row asks for: nothing in it is believed. */
export type Claim = DecidedPayout;

export interface ProvenDistribution {
  readonly distribution: FrozenDistribution;
  readonly shares: readonly FrozenShare[];
}

export interface ProvenRound {
  readonly round: FrozenRound;
  readonly shares: readonly FrozenShare[];
}

/** All of it belongs to one commitment. Null and absent: there is none, or it did not verify (see `forged`). */
export interface Evidence {
  readonly commitmentId: string;
  readonly escrow: string;
  readonly terms: DoorTerms;
  /** SHA-256 of the stored terms, computed now. */
  readonly termsHash: string;
  /** Of the creation message, as the bound row names it. */
  readonly messageHash: string;
  readonly excludedWallets: readonly string[];
  readonly isBound: boolean;
  readonly acts: readonly ProvenAct[];
  /** Whether these are all acts that the commitment has had, so that something may rest on one that is absent. */
  readonly knowsActs: boolean;
  /** Acts of a revoked admin that do not count for this payout, unless another admin confirms it. */
  readonly voided: readonly ProvenAct[];
  /** Wallets that the environment names: no table can add one or take one away. */
  readonly admins: readonly string[];
  /** By this server's clock. */
  readonly readAt: Date;
  /** Whether this server has decided the payout as it stands now. */
  readonly isDecided: boolean;
  /** Whether every transaction that was ever planned for the payout is in the table. */
  readonly knowsAttempts: boolean;
  /** Whether the pauses are those that this server has made and ended. */
  readonly knowsPauses: boolean;
  readonly resolution: Resolved | null;
  readonly unlock: Unlocked | null;
  readonly distribution: ProvenDistribution | null;
  /** Distributions of later money, in their order. */
  readonly rounds: readonly ProvenRound[];
  /** Payouts of this commitment that have landed. */
  readonly paid: ReadonlySet<string>;
  /** What stands in the tables and was accepted by nobody, in words for the person on call. */
  readonly forged: readonly string[];
}

/** What a transaction would do, as its message says, and what the escrow held when it was planned. */
export interface Effect {
  readonly lamports: bigint;
  /** What the escrow itself pays for the transaction. */
  readonly feeLamports: bigint;
  readonly sourceBalance: bigint;
}
