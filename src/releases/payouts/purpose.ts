import type { Purpose } from '#src/escrow/door/facts/purpose.js';

export { PURPOSES, type Purpose } from '#src/escrow/door/facts/purpose.js';

/** The key that makes a second payout for the same thing impossible. */
export function businessKey(purpose: Purpose, subjectId: string): string {
  return `${purpose}:${subjectId}`;
}

/** Of the claim of one wallet's share; the guard in the database (0036) builds the same one. @param round 0: of the failure itself */
export function claimKey(commitmentId: string, wallet: string, round: number): string {
  return inRound(businessKey('distribution_claim', `${commitmentId}:${wallet}`), round);
}

/** Of the treasury's part of one round. */
export function treasuryKey(commitmentId: string, round: number): string {
  return inRound(businessKey('failure_treasury', commitmentId), round);
}

function inRound(key: string, round: number): string {
  return round === 0 ? key : `${key}:${round}`;
}

/** The key of a claim as an SQL expression. @param share alias of a row of `FROZEN_SHARES` */
export function claimKeySql(share: string): string {
  const round = `CASE ${share}.round WHEN 0 THEN '' ELSE ':' || ${share}.round END`;
  return `'${businessKey('distribution_claim', '')}' || ${share}.commitment_id || ':' || ${share}.wallet || ${round}`;
}
