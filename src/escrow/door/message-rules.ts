/** Pure rules of the bytes that are signed: they say what the evidence allows, and cost no more than the cap. */
import { parseAnchorMemo } from '#src/audit/anchors/audit-anchor.js';
import type { MemoPlan, TransferPlan, UnwrapPlan } from '#src/chain/port/chain.js';
import type { Refusal } from './checks/check.js';
import { provenRoundOf, sharesFor } from './checks/distribution-checks.js';
import { positionOf } from './checks/milestone-checks.js';
import { payoutIdOf } from './facts/derived-ids.js';
import { isForHolders, keptForEarned } from './later-money.js';
import type {
  Claim,
  DoorTerms,
  Effect,
  Evidence,
  ProvenDistribution,
  ProvenRound,
} from './facts/evidence.js';
import { roundOf } from './facts/purpose.js';

/** 0.01 SOL: far above what any transaction of ours costs, and far below what is worth stealing. */
export const MOST_FEE_LAMPORTS = 10_000_000n;
/** The rent minimum of an account without data, where it was highest; today's is lower, and read from the chain. */
const MOST_RENT_LAMPORTS = 890_880n;

/** What holds for every message, by the settings. */
export interface Limits {
  /** The configured fee payer; null where each escrow pays. */
  readonly feePayer: string | null;
  readonly computeUnitLimit: number;
  /** Lamports, of one transaction. */
  readonly mostFee: bigint;
}

/** Why these bytes are not the transfer of this payout; null when they are. */
export function transferRefusal(
  claim: Claim,
  evidence: Evidence,
  plan: TransferPlan,
  effect: Effect,
  fee: bigint,
  limits: Limits,
): Refusal | null {
  const reason =
    addressRefusal(claim, plan, limits) ??
    feeRefusal(plan, fee, limits) ??
    amountRefusal(claim, evidence, effect) ??
    balanceRefusal(effect);
  return reason === null ? null : { check: 'message', reason };
}

/** Why these bytes are not the closing of the escrow's own wrapped SOL into itself; null when they are. */
export function unwrapRefusal(claim: Claim, plan: UnwrapPlan, fee: bigint, limits: Limits): Refusal | null {
  const reason =
    (claim.destination === claim.source ? null : `wrapped SOL is unwrapped into the escrow itself`) ??
    partyRefusal(claim, plan, limits) ??
    feeRefusal(plan, fee, limits);
  return reason === null ? null : { check: 'message', reason };
}

/** Why these bytes of the fee payer alone are not an anchor of the audit log; null when they are. */
export function anchorRefusal(plan: MemoPlan, fee: bigint, limits: Limits): Refusal | null {
  const reason =
    (parseAnchorMemo(plan.memo) === null ? `${JSON.stringify(plan.memo)} is no anchor` : null) ??
    (plan.feePayer === limits.feePayer ? null : `${plan.feePayer} is not the configured fee payer`) ??
    feeRefusal(plan, fee, limits);
  return reason === null ? null : { check: 'message', reason };
}

function addressRefusal(claim: Claim, plan: TransferPlan, limits: Limits): string | null {
  if (plan.destination !== claim.destination) return `the message pays to ${plan.destination}`;
  return partyRefusal(claim, plan, limits);
}

function partyRefusal(claim: Claim, plan: UnwrapPlan, { feePayer }: Limits): string | null {
  if (plan.source !== claim.source) return `the message pays out of ${plan.source}`;
  if (plan.memo !== claim.id) return `the memo is ${JSON.stringify(plan.memo)}`;
  if (plan.feePayer === claim.source || plan.feePayer === feePayer) return null;
  return `the fee payer is ${plan.feePayer}, which is neither the escrow nor the configured one`;
}

function feeRefusal(
  { computeUnitLimit }: Pick<TransferPlan, 'computeUnitLimit'>,
  fee: bigint,
  limits: Limits,
): string | null {
  if (computeUnitLimit !== limits.computeUnitLimit) return `the compute unit limit is ${computeUnitLimit}`;
  return fee <= limits.mostFee ? null : `the fee of ${fee} lamports is above ${limits.mostFee}`;
}

function balanceRefusal({ lamports, feeLamports, sourceBalance }: Effect): string | null {
  if (lamports > 0n && lamports + feeLamports <= sourceBalance) return null;
  return `${lamports} lamports and a fee of ${feeLamports} do not come out of ${sourceBalance}`;
}

function amountRefusal(claim: Claim, evidence: Evidence, effect: Effect): string | null {
  const { terms, distribution } = evidence;
  switch (claim.purpose) {
    case 'personal_success':
    case 'personal_failure':
      return null;
    case 'milestone_release': {
      const unlock = unlockOf(claim, terms);
      return distribution === null
        ? withDust(claim, evidence, effect, unlock)
        : earnedRefusal(claim, evidence, effect, unlock);
    }
    case 'failure_treasury':
      return withDust(claim, evidence, effect, treasuryPart(claim, evidence));
    case 'distribution_claim':
      return shareRefusal(claim, evidence, effect);
    case 'failure_destination':
      return toDestination(claim, evidence, effect, distribution?.distribution.destinationLamports);
    case 'failure_remainder':
      return toDestination(claim, evidence, effect, distribution?.distribution.reserveLamports);
    case 'stray_forward':
      return isForHolders(distribution?.distribution ?? null)
        ? 'it belongs to the holders who share in the failure'
        : leavesPromises(claim, evidence, effect);
  }
}

/** What a milestone of the signed terms unlocks. */
function unlockOf(
  milestone: Pick<Claim, 'commitmentId' | 'subjectId'>,
  terms: DoorTerms,
): bigint | undefined {
  if (terms.kind !== 'creator_reward') return undefined;
  const found = terms.milestones[(positionOf(milestone, terms) ?? 0) - 1];
  return found && BigInt(found.unlockLamports);
}

function exactly({ lamports }: Effect, wanted: bigint | null): string | null {
  return lamports === wanted ? null : `it pays ${lamports} lamports, and ${wanted ?? 'none'} are promised`;
}

/** After a failure: what was frozen for it, or more of what came later, up to what it unlocks. */
function earnedRefusal(
  claim: Claim,
  evidence: Evidence,
  effect: Effect,
  unlock: bigint | undefined,
): string | null {
  const owed = evidence.distribution?.distribution.earned.find(
    ({ milestoneId }) => milestoneId === claim.subjectId,
  );
  if (owed === undefined || unlock === undefined) return 'it was not earned when the failure took effect';
  const isFilled = effect.lamports >= owed.amountLamports && effect.lamports < unlock;
  return isFilled ? leavesPromises(claim, evidence, effect) : withDust(claim, evidence, effect, unlock);
}

/** What was frozen for destinationOnFail; with what came later only where nobody was eligible. */
function toDestination(
  claim: Claim,
  evidence: Evidence,
  effect: Effect,
  frozen: bigint | undefined,
): string | null {
  return evidence.distribution?.distribution.eligibleWallets === 0
    ? leavesPromises(claim, evidence, effect)
    : withDust(claim, evidence, effect, frozen);
}

function shareRefusal(claim: Claim, evidence: Evidence, effect: Effect): string | null {
  const share = sharesFor(claim, evidence).find(({ wallet }) => wallet === claim.destination);
  return share === undefined
    ? 'there is no such share'
    : withDust(claim, evidence, effect, share.amountLamports);
}

function treasuryPart(claim: Claim, evidence: Evidence): bigint | undefined {
  return roundOf(claim) === 0
    ? evidence.distribution?.distribution.treasuryLamports
    : provenRoundOf(claim, evidence)?.round.treasuryLamports;
}

/** To the lamport; but what empties the escrow takes along dust that could not stay behind alone. */
function withDust(
  claim: Claim,
  evidence: Evidence,
  effect: Effect,
  wanted: bigint | undefined,
): string | null {
  const { lamports, feeLamports, sourceBalance } = effect;
  const dust = wanted === undefined ? 0n : lamports - wanted;
  const isEmptied = sourceBalance === lamports + feeLamports;
  return isEmptied && dust > 0n && dust < MOST_RENT_LAMPORTS
    ? leavesPromises(claim, evidence, effect)
    : exactly(effect, wanted ?? null);
}

/** Whoever takes what is left leaves what others are promised by the frozen distribution. */
function leavesPromises(claim: Claim, evidence: Evidence, effect: Effect): string | null {
  const { distribution } = evidence;
  if (distribution === null) return null;
  const promised = promisedToOthers(claim, evidence, distribution);
  const left = effect.sourceBalance - effect.lamports - effect.feeLamports;
  return left >= promised ? null : `it leaves ${left} lamports where ${promised} are promised to others`;
}

function promisedToOthers(
  claim: Claim,
  evidence: Evidence,
  { distribution, shares }: ProvenDistribution,
): bigint {
  const { commitmentId, paid, terms } = evidence;
  const name = { commitmentId, part: 0 };
  const legs = [
    ...distribution.earned.map((earned) => ({
      id: payoutIdOf({ ...name, purpose: 'milestone_release', subject: earned.milestoneId }),
      amount: keptForEarned(
        claim.purpose,
        earned,
        unlockOf({ commitmentId, subjectId: earned.milestoneId }, terms) ?? earned.amountLamports,
      ),
    })),
    ...shares.map(({ wallet, amountLamports }) => ({
      id: payoutIdOf({ commitmentId, purpose: 'distribution_claim', subject: wallet, part: 0 }),
      amount: amountLamports,
    })),
    {
      id: payoutIdOf({ ...name, purpose: 'failure_treasury', subject: null }),
      amount: distribution.treasuryLamports,
    },
    {
      id: payoutIdOf({ ...name, purpose: 'failure_destination', subject: null }),
      amount: distribution.destinationLamports,
    },
    {
      id: payoutIdOf({ ...name, purpose: 'failure_remainder', subject: null }),
      amount: distribution.reserveLamports,
    },
  ];
  return [
    { legs, fee: distribution.legFeeLamports },
    ...evidence.rounds.map((round) => ({ legs: legsOfRound(round), fee: round.round.legFeeLamports })),
  ].reduce((sum, one) => sum + unpaidOf(one.legs, one.fee, claim, paid), 0n);
}

interface Leg {
  readonly id: string;
  readonly amount: bigint;
}

function unpaidOf(legs: readonly Leg[], fee: bigint, { id: own }: Claim, paid: Evidence['paid']): bigint {
  return legs
    .filter(({ id, amount }) => amount > 0n && id !== own && !paid.has(id))
    .reduce((sum, { amount }) => sum + amount + fee, 0n);
}

function legsOfRound({ round, shares }: ProvenRound): Leg[] {
  const { commitmentId, round: part, treasuryLamports } = round;
  const claims = shares.map(({ wallet, amountLamports: amount }) => ({
    id: payoutIdOf({ commitmentId, purpose: 'distribution_claim', subject: wallet, part }),
    amount,
  }));
  const id = payoutIdOf({ commitmentId, purpose: 'failure_treasury', subject: null, part });
  return [...claims, { id, amount: treasuryLamports }];
}
