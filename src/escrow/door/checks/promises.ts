/** What the frozen distribution of a failure promises to others than the payout at hand. */
import { payoutIdOf } from '#src/escrow/door/facts/derived-ids.js';
import type {
  Claim,
  DoorTerms,
  Effect,
  Evidence,
  ProvenDistribution,
  ProvenRound,
} from '#src/escrow/door/facts/evidence.js';
import { keptForEarned } from '#src/escrow/door/facts/later-money.js';
import { positionOf } from './milestone-checks.js';

/** What a milestone of the signed terms unlocks. */
export function unlockOf(
  milestone: Pick<Claim, 'commitmentId' | 'subjectId'>,
  terms: DoorTerms,
): bigint | undefined {
  if (terms.kind !== 'creator_reward') return undefined;
  const found = terms.milestones[(positionOf(milestone, terms) ?? 0) - 1];
  return found && BigInt(found.unlockLamports);
}

/** Whoever takes what is left leaves what others are promised by the frozen distribution. */
export function leavesPromises(claim: Claim, evidence: Evidence, effect: Effect): string | null {
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
