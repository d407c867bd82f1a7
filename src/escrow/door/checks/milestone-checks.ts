/** What the release of a milestone needs. */
import { compareDecimals, decimalOf, sumDecimals } from '#src/common/money/decimal.js';
import { milestoneIdOf } from '#src/escrow/door/facts/derived-ids.js';
import type { Claim, DoorTerms, Evidence } from '#src/escrow/door/facts/evidence.js';
import type { Unlocked } from '#src/escrow/door/facts/facts.js';
import { actOn, seconds } from '#src/escrow/door/acts/found-acts.js';
import { hasSupplyGrown, requiredRaw } from '#src/escrow/door/facts/supply.js';

/** Position of the milestone that a release names, from 1; null when it is none of the signed terms'. */
export function positionOf(
  { commitmentId, subjectId }: Pick<Claim, 'commitmentId' | 'subjectId'>,
  terms: DoorTerms,
): number | null {
  if (terms.kind !== 'creator_reward') return null;
  const index = terms.milestones.findIndex((_, at) => milestoneIdOf(commitmentId, at + 1) === subjectId);
  return index === -1 ? null : index + 1;
}

export function completionRefusal(claim: Claim, evidence: Evidence): string | null {
  const { terms, unlock } = evidence;
  if (terms.kind !== 'creator_reward') return 'it is no reward commitment';
  if (positionOf(claim, terms) === null) return `the signed terms have no milestone ${claim.subjectId}`;
  const completion = actOn(evidence, 'milestone.complete', claim.subjectId, terms.wallet);
  if (completion === null || completion.chainTime === null)
    return 'the creator has not attested the milestone';
  if (unlock === null) return 'this server has not unlocked the milestone';
  const readyAt = seconds(completion.chainTime) + terms.claimDelaySeconds;
  return seconds(unlock.claimableAt) >= readyAt ? null : 'it was unlocked before its claim delay was over';
}

export function approvalsRefusal(claim: Claim, evidence: Evidence): string | null {
  const { terms, unlock, excludedWallets } = evidence;
  if (terms.kind !== 'creator_reward' || unlock === null) return 'it is no unlocked milestone';
  if (unlock.tokenMint !== terms.tokenMint) return `its approvals were weighed in token ${unlock.tokenMint}`;
  const threshold = decimalOf(terms.approvalThresholdUsd);
  const wallets = new Set(unlock.approvals.map(({ wallet }) => wallet));
  if (wallets.size !== unlock.approvals.length) return 'a wallet counts twice';
  for (const wallet of wallets) {
    if (wallet === terms.wallet || excludedWallets.includes(wallet)) return `${wallet} may not approve`;
    if (actOn(evidence, 'milestone.signal', claim.subjectId, wallet) === null)
      return `the approval of ${wallet} was not signed`;
  }
  const sum = sumDecimals(unlock.approvals.map(({ weightUsd }) => decimalOf(weightUsd)));
  if (compareDecimals(sum, threshold) < 0) return 'its approvals weigh less than the signed threshold';
  return supplyRefusal(terms, unlock);
}

/** Nobody prints votes: weighed while there were more tokens than signed for, or too few of them, nothing was unlocked. */
function supplyRefusal(
  terms: { readonly tokenSupply: string; readonly approvalSupplyBps: number },
  { seenSupply, approvedRaw }: Unlocked,
): string | null {
  const supply = BigInt(seenSupply);
  if (hasSupplyGrown(terms, supply)) return 'its approvals were weighed after tokens were printed';
  return BigInt(approvedRaw) >= requiredRaw(terms, supply)
    ? null
    : 'its approvals hold less than the signed part of the supply';
}

/** A release that no admin has signed: the creator has, when it had been claimable for as long as the signed terms say. */
export function isSelfRelease({ purpose, subjectId }: Claim, evidence: Evidence): boolean {
  const { terms, unlock } = evidence;
  if (purpose !== 'milestone_release' || terms.kind !== 'creator_reward' || unlock === null) return false;
  const from = seconds(unlock.claimableAt) + terms.selfReleaseSeconds;
  return evidence.acts.some(
    (one) =>
      one.chainTime !== null &&
      seconds(one.chainTime) >= from &&
      actOn({ ...evidence, acts: [one] }, 'milestone.release', subjectId, terms.wallet) !== null,
  );
}
