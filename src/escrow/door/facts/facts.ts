/** What exactly is marked about money, one function a fact: whoever marks one and whoever verifies it build it here. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '#src/common/text/canonical-json.js';
import { decimalOf, toDecimalString } from '#src/common/money/decimal.js';
import type { MarkedFact } from '#src/marks/mark.js';
import type { Purpose } from './purpose.js';

export interface Bound {
  readonly commitmentId: string;
  readonly address: string;
  readonly custody: string;
  readonly privyWalletId: string | null;
  readonly messageHash: string;
  readonly termsHash: string;
  /** Who can never approve: known when the escrow is made, and signed by nobody. */
  readonly excludedWallets: readonly string[];
}

/** An escrow belongs to this commitment, made by this signed message under these terms. */
export function bindingFact({ commitmentId, excludedWallets, ...bound }: Bound): MarkedFact {
  const { address, custody, privyWalletId, messageHash, termsHash } = bound;
  const excluded = excludedWallets.toSorted();
  return {
    kind: 'binding',
    id: commitmentId,
    facts: { address, custody, privyWalletId, messageHash, termsHash, excluded },
  };
}

export interface DecidedPayout {
  readonly id: string;
  readonly commitmentId: string;
  readonly purpose: Purpose;
  readonly subjectId: string | null;
  readonly part: number;
  readonly source: string;
  readonly destination: string;
  readonly amountLamports: bigint;
  readonly drain: boolean;
  readonly feeLamports: bigint | null;
}

/** This server has decided the payout. What a drain pays is read from the chain, so it is no part of it. */
export function payoutFact(payout: DecidedPayout): MarkedFact {
  const { id, commitmentId, purpose, subjectId, part, source, destination, drain } = payout;
  const amount = drain ? null : payout.amountLamports.toString();
  const fee = payout.feeLamports?.toString() ?? null;
  return {
    kind: 'payout',
    id,
    facts: { commitmentId, purpose, subjectId, part, source, destination, drain, amount, fee },
  };
}

/** How many transactions of a payout there are. */
export interface AttemptCount {
  readonly planned: number;
  /** Those that have a signature: they have landed, may land, or were proven dead. */
  readonly signed: number;
}

/** So many transactions were planned for it and signed: one that is missing may still land. */
export function attemptsFact(payoutId: string, { planned, signed }: AttemptCount): MarkedFact {
  return { kind: 'attempts', id: payoutId, facts: { planned, signed } };
}

/** All pauses that this server has made, as they stand. */
export interface PausesMade {
  /** The number of the newest one; 0 where there is none. */
  readonly newest: number;
  /** Hex. */
  readonly sha256: string;
}

export function pausesFact({ newest, sha256: hash }: PausesMade): MarkedFact {
  return { kind: 'pauses', id: 'all', facts: { newest, sha256: hash } };
}

/** The transaction has landed with an error: it has paid nothing, and never will. */
export function failedFact(attemptId: string): MarkedFact {
  return { kind: 'failed', id: attemptId, facts: {} };
}

/** Its transaction has landed. */
export function paidFact(payoutId: string): MarkedFact {
  return { kind: 'paid', id: payoutId, facts: {} };
}

export interface Resolved {
  readonly commitmentId: string;
  readonly resolution: 'success' | 'failure';
  /** The chain's clock by which it was decided. */
  readonly chainTime: Date;
}

export function resolutionFact({ commitmentId, resolution, chainTime }: Resolved): MarkedFact {
  return { kind: 'resolution', id: commitmentId, facts: { resolution, chainTime: chainTime.toISOString() } };
}

export interface PlannedAttempt {
  readonly id: string;
  readonly payoutId: string;
  readonly number: number;
  readonly source: string;
  readonly amountLamports: bigint;
  readonly feeLamports: bigint;
  readonly feePayer: string;
  readonly sourceBalanceLamports: bigint | null;
  readonly message: Uint8Array;
  readonly blockhash: string;
  readonly lastValidBlockHeight: bigint;
  readonly blockhashSlot: bigint;
}

/** A transaction as it was planned, with the heights by which its death is judged. */
export function attemptFact(attempt: PlannedAttempt): MarkedFact {
  return {
    kind: 'attempt',
    id: attempt.id,
    facts: {
      payoutId: attempt.payoutId,
      number: attempt.number,
      source: attempt.source,
      amount: attempt.amountLamports.toString(),
      fee: attempt.feeLamports.toString(),
      feePayer: attempt.feePayer,
      sourceBalance: attempt.sourceBalanceLamports?.toString() ?? null,
      message: sha256(attempt.message),
      blockhash: attempt.blockhash,
      lastValidBlockHeight: attempt.lastValidBlockHeight.toString(),
      blockhashSlot: attempt.blockhashSlot.toString(),
    },
  };
}

/** The signature and the bytes of an attempt. */
export function signatureFact(attempt: {
  readonly id: string;
  readonly signature: string | null;
  readonly rawTransaction: Uint8Array | null;
}): MarkedFact {
  const { id, signature, rawTransaction } = attempt;
  const bytes = rawTransaction === null ? null : sha256(rawTransaction);
  return { kind: 'signature', id, facts: { signature, bytes } };
}

export interface SignalledApproval {
  readonly id: string;
  readonly milestoneId: string;
  readonly commitmentId: string;
  readonly wallet: string;
  readonly signalledAt: Date;
  readonly inVoteWindow: boolean;
  readonly rawAmount: bigint;
  readonly decimals: number;
  readonly priceUsd: string;
  readonly weightUsd: string;
  readonly tokenAccounts: readonly string[];
}

/** What a wallet held of the commitment's token when it approved. */
export function signalFact(signal: SignalledApproval): MarkedFact {
  const { id, milestoneId, commitmentId, wallet, inVoteWindow, decimals } = signal;
  return {
    kind: 'signal',
    id,
    facts: {
      milestoneId,
      commitmentId,
      wallet,
      inVoteWindow,
      decimals,
      signalledAt: signal.signalledAt.toISOString(),
      rawAmount: signal.rawAmount.toString(),
      priceUsd: usd(signal.priceUsd),
      weightUsd: usd(signal.weightUsd),
      tokenAccounts: [...signal.tokenAccounts],
    },
  };
}

export interface Unlocked {
  readonly milestoneId: string;
  readonly commitmentId: string;
  readonly tokenMint: string;
  readonly thresholdUsd: string;
  readonly reweighedUsd: string;
  /** Raw units that the approvals held together, and the supply of the token then; decimal integers. */
  readonly approvedRaw: string;
  readonly seenSupply: string;
  readonly claimableAt: Date;
  /** The approvals that were counted, with what each weighed then. */
  readonly approvals: readonly { readonly wallet: string; readonly weightUsd: string }[];
}

/** A milestone became claimable by these approvals. */
export function unlockFact(unlock: Unlocked): MarkedFact {
  const approvals = unlock.approvals
    .map(({ wallet, weightUsd }) => [wallet, usd(weightUsd)] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    kind: 'unlock',
    id: unlock.milestoneId,
    facts: {
      commitmentId: unlock.commitmentId,
      tokenMint: unlock.tokenMint,
      thresholdUsd: usd(unlock.thresholdUsd),
      reweighedUsd: usd(unlock.reweighedUsd),
      approvedRaw: unlock.approvedRaw,
      seenSupply: unlock.seenSupply,
      claimableAt: unlock.claimableAt.toISOString(),
      approvals,
    },
  };
}

export interface FrozenShare {
  readonly wallet: string;
  readonly weightRaw: bigint;
  readonly amountLamports: bigint;
}

/** A milestone that was earned before its commitment failed. */
export interface FrozenEarned {
  readonly milestoneId: string;
  readonly position: number;
  /** 0 where the escrow did not cover it. */
  readonly amountLamports: bigint;
}

export interface FrozenDistribution {
  readonly commitmentId: string;
  readonly escrow: string;
  readonly destination: string;
  readonly escrowBalanceLamports: bigint;
  readonly rentExemptMinimum: bigint;
  readonly treasuryShareBps: number;
  readonly treasury: string | null;
  readonly treasuryLamports: bigint;
  /** Wallets with a weight, whether or not it came to a share. */
  readonly eligibleWallets: number;
  readonly potLamports: bigint;
  readonly destinationLamports: bigint;
  readonly earnedLamports: bigint;
  readonly earned: readonly FrozenEarned[];
  readonly legFeeLamports: bigint;
  readonly reserveLamports: bigint;
}

/** Of all shares, in whatever order. */
export function sharesHash(shares: readonly FrozenShare[]): string {
  const rows = shares
    .map(({ wallet, weightRaw, amountLamports }) => [wallet, `${weightRaw}`, `${amountLamports}`] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sha256(canonicalJson(rows));
}

/** What becomes of a failed escrow, to the last share and milestone. */
export function distributionFact(
  distribution: FrozenDistribution,
  shares: readonly FrozenShare[],
): MarkedFact {
  const owed = distribution.earned
    .map(({ milestoneId, position, amountLamports }) => [position, milestoneId, `${amountLamports}`] as const)
    .toSorted(([a], [b]) => a - b);
  return {
    kind: 'distribution',
    id: distribution.commitmentId,
    facts: {
      escrow: distribution.escrow,
      destination: distribution.destination,
      escrowBalance: distribution.escrowBalanceLamports.toString(),
      rentExemptMinimum: distribution.rentExemptMinimum.toString(),
      treasuryShareBps: distribution.treasuryShareBps,
      treasury: distribution.treasury,
      treasuryLamports: distribution.treasuryLamports.toString(),
      eligible: distribution.eligibleWallets,
      pot: distribution.potLamports.toString(),
      destinationLamports: distribution.destinationLamports.toString(),
      earned: owed,
      legFee: distribution.legFeeLamports.toString(),
      reserve: distribution.reserveLamports.toString(),
      shares: sharesHash(shares),
    },
  };
}

function usd(text: string): string {
  return toDecimalString(decimalOf(text));
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
