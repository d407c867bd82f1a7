/** What a payout is for. Each purpose has one business effect when it lands (payout-effects.service.ts). */
export const PURPOSES = [
  'personal_success',
  'personal_failure',
  'milestone_release',
  /** The treasury's share of a failed reward commitment. */
  'failure_treasury',
  /** All of a failed reward commitment's escrow, where nobody has earned a share. */
  'failure_destination',
  /** What keeps the escrow rent-exempt until the last share is claimed, on its way to destinationOnFail. */
  'failure_remainder',
  'distribution_claim',
  /** Money that arrived after settlement. */
  'stray_forward',
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** The key that makes a second payout for the same thing impossible. */
export function businessKey(purpose: Purpose, subjectId: string): string {
  return `${purpose}:${subjectId}`;
}

/** Of the claim of one wallet's share; the database builds the same one (0014). */
export function claimKey(commitmentId: string, wallet: string): string {
  return businessKey('distribution_claim', `${commitmentId}:${wallet}`);
}
