/** What a payout is for. Each purpose has one business effect when it lands (payout-effects.service.ts). */
export const PURPOSES = [
  'personal_success',
  'personal_failure',
  'milestone_release',
  'stray_forward',
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** The key that makes a second payout for the same thing impossible. */
export function businessKey(purpose: Purpose, subjectId: string): string {
  return `${purpose}:${subjectId}`;
}
