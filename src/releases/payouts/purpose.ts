import type { Purpose } from '#src/escrow/door/purpose.js';

export { PURPOSES, type Purpose } from '#src/escrow/door/purpose.js';

/** The key that makes a second payout for the same thing impossible. */
export function businessKey(purpose: Purpose, subjectId: string): string {
  return `${purpose}:${subjectId}`;
}

/** Of the claim of one wallet's share; the guard in the database (0014) builds the same one. */
export function claimKey(commitmentId: string, wallet: string): string {
  return businessKey('distribution_claim', `${commitmentId}:${wallet}`);
}

/** That key as an SQL expression. @param share alias of a row of failure_shares */
export function claimKeySql(share: string): string {
  return `'${businessKey('distribution_claim', '')}' || ${share}.commitment_id || ':' || ${share}.wallet`;
}
