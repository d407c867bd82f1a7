/** Which amount the message of a payout may move. */
import type { Claim, Effect, Evidence } from '#src/escrow/door/facts/evidence.js';
import { isForHolders } from '#src/escrow/door/facts/later-money.js';
import { roundOf } from '#src/escrow/door/facts/purpose.js';
import { provenRoundOf, sharesFor } from './distribution-checks.js';
import { leavesPromises, unlockOf } from './promises.js';

/** The rent minimum of an account without data, where it was highest; today's is lower, and read from the chain. */
const MOST_RENT_LAMPORTS = 890_880n;

/** Why a payout may not move this amount; null when it may. */
export type AmountRule = (claim: Claim, evidence: Evidence, effect: Effect) => string | null;

/** All there is, less the fee. */
export const allThereIs: AmountRule = () => null;

export const ofRelease: AmountRule = (claim, evidence, effect) => {
  const unlock = unlockOf(claim, evidence.terms);
  return evidence.distribution === null
    ? withDust(claim, evidence, effect, unlock)
    : earnedRefusal(claim, evidence, effect, unlock);
};

export const ofTreasury: AmountRule = (claim, evidence, effect) =>
  withDust(claim, evidence, effect, treasuryPart(claim, evidence));

export const ofShare: AmountRule = (claim, evidence, effect) => {
  const share = sharesFor(claim, evidence).find(({ wallet }) => wallet === claim.destination);
  return share === undefined
    ? 'there is no such share'
    : withDust(claim, evidence, effect, share.amountLamports);
};

export const ofDestination: AmountRule = (claim, evidence, effect) =>
  toDestination(claim, evidence, effect, evidence.distribution?.distribution.destinationLamports);

export const ofReserve: AmountRule = (claim, evidence, effect) =>
  toDestination(claim, evidence, effect, evidence.distribution?.distribution.reserveLamports);

export const ofStrayMoney: AmountRule = (claim, evidence, effect) =>
  isForHolders(evidence.distribution?.distribution ?? null)
    ? 'it belongs to the holders who share in the failure'
    : leavesPromises(claim, evidence, effect);

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

function exactly({ lamports }: Effect, wanted: bigint | null): string | null {
  return lamports === wanted ? null : `it pays ${lamports} lamports, and ${wanted ?? 'none'} are promised`;
}
