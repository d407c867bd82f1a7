/** What a leg of a failed reward commitment needs. */
import { textParam } from '#src/signed-messages/signed-act.js';
import { payoutIdOf } from '#src/escrow/door/facts/derived-ids.js';
import type { Claim, Evidence, ProvenRound } from '#src/escrow/door/facts/evidence.js';
import type { FrozenShare } from '#src/escrow/door/facts/facts.js';
import { isCalledOff, seconds } from '#src/escrow/door/acts/found-acts.js';
import { roundOf } from '#src/escrow/door/facts/purpose.js';

export function distributionRefusal(
  _: Claim,
  { terms, distribution: proven, escrow }: Evidence,
): string | null {
  if (terms.kind !== 'creator_reward') return 'it is no reward commitment';
  if (proven === null) return 'this server has frozen no such distribution';
  const { distribution, shares } = proven;
  if (distribution.escrow !== escrow) return `the distribution is one of escrow ${distribution.escrow}`;
  if (distribution.destination !== terms.destinationOnFail || distribution.treasury !== terms.treasury)
    return 'the distribution pays others than the signed terms do';
  const most = distribution.escrowBalanceLamports * BigInt(terms.treasuryShareBps);
  if (distribution.treasuryLamports * 10_000n > most)
    return 'the treasury gets more than the signed terms say';
  const shared = shares.reduce((sum, { amountLamports }) => sum + amountLamports, 0n);
  if (shared !== distribution.potLamports) return 'the shares do not sum to the pot';
  const owed = distribution.earned.reduce((sum, { amountLamports }) => sum + amountLamports, 0n);
  return owed === distribution.earnedLamports ? null : 'what was earned does not sum up';
}

/** A round shares out later money by its own marked figures, of a failure that shares it out. */
export function roundRefusal(claim: Claim, evidence: Evidence): string | null {
  const { terms } = evidence;
  const number = roundOf(claim);
  if (number === 0) return null;
  const proven = provenRoundOf(claim, evidence);
  if (terms.kind !== 'creator_reward' || proven === undefined)
    return `this server has frozen no round ${number}`;
  const { round, shares } = proven;
  const shared = shares.reduce((sum, { amountLamports }) => sum + amountLamports, 0n);
  if (shared !== round.potLamports) return `the shares of round ${number} do not sum to its pot`;
  const given = round.escrowBalanceLamports - round.keptLamports;
  return round.treasuryLamports * 10_000n > given * BigInt(terms.treasuryShareBps)
    ? `the treasury gets more of round ${number} than the signed terms say`
    : null;
}

/** A failure takes effect when its notice is over, by the chain's clock, and not before. */
export function noticeRefusal(_: Claim, evidence: Evidence): string | null {
  const { terms, resolution, acts, voided } = evidence;
  if (terms.kind !== 'creator_reward') return 'it is no reward commitment';
  if (resolution?.resolution !== 'failure') return 'no failure was decided by this server';
  const decidedAt = seconds(resolution.chainTime);
  const isAnnounced = [...acts, ...voided].some(
    (one) =>
      one.act.action === 'admin.commitment.failure' &&
      !isCalledOff(one, evidence) &&
      one.chainTime !== null &&
      seconds(one.chainTime) + terms.failureNoticeSeconds <= decidedAt,
  );
  return isAnnounced ? null : 'it was decided before the notice was over that the signed terms give';
}

export function claimRefusal(claim: Claim, evidence: Evidence): string | null {
  const { destination } = claim;
  const { commitmentId } = evidence;
  if (sharesFor(claim, evidence).every(({ wallet }) => wallet !== destination))
    return `${destination} has no share`;
  const claimed = evidence.acts.some(
    ({ act }) =>
      act.action === 'distribution.claim' &&
      act.wallet === destination &&
      textParam(act, 'commitmentId') === commitmentId,
  );
  return claimed ? null : `${destination} has not claimed its share`;
}

/** Of the round that a payout belongs to. */
export function sharesFor(claim: Claim, evidence: Evidence): readonly FrozenShare[] {
  const proven = roundOf(claim) === 0 ? evidence.distribution : provenRoundOf(claim, evidence);
  return proven?.shares ?? [];
}

/** The round of later money that a payout belongs to; undefined: this server has frozen no such round. */
export function provenRoundOf(claim: Claim, { rounds }: Evidence): ProvenRound | undefined {
  const number = roundOf(claim);
  return rounds.find(({ round }) => round.round === number);
}

export function remainderRefusal(_: Claim, { commitmentId, distribution, paid }: Evidence): string | null {
  const before = distribution?.shares.map(({ wallet }) => wallet) ?? [];
  const open = before.filter(
    (wallet) =>
      !paid.has(payoutIdOf({ commitmentId, purpose: 'distribution_claim', subject: wallet, part: 0 })),
  );
  if (open.length > 0) return `${open.length} shares are not paid yet`;
  const treasury = payoutIdOf({ commitmentId, purpose: 'failure_treasury', subject: null, part: 0 });
  const milestones =
    distribution?.distribution.earned.filter(({ amountLamports }) => amountLamports > 0n) ?? [];
  const unpaid = milestones.filter(
    ({ milestoneId: subject }) =>
      !paid.has(payoutIdOf({ commitmentId, purpose: 'milestone_release', subject, part: 0 })),
  );
  if (unpaid.length > 0) return `${unpaid.length} earned milestones are not paid yet`;
  const owed = (distribution?.distribution.treasuryLamports ?? 0n) > 0n;
  return owed && !paid.has(treasury) ? 'the treasury is not paid yet' : null;
}
