/** What a payout is for. Each purpose has its rules (checks/purposes.ts) and one business effect when it lands. */
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

/** Drains that may leave the rent minimum behind, where dust is in the way, and fetch it afterwards as part 1. */
const FETCHES_RENT: readonly Purpose[] = [
  'personal_success',
  'personal_failure',
  'failure_destination',
  'failure_remainder',
];

/** Whether a payout fetches the rent minimum that part 0 has left behind. */
export function fetchesRent({
  purpose,
  part,
}: {
  readonly purpose: Purpose;
  readonly part: number;
}): boolean {
  return part === 1 && FETCHES_RENT.includes(purpose);
}

/** Whether a payout may leave it behind. */
export function mayLeaveRent({
  purpose,
  part,
}: {
  readonly purpose: Purpose;
  readonly part: number;
}): boolean {
  return part === 0 && FETCHES_RENT.includes(purpose);
}

/** What later money of a failure is distributed by: their part is the number of the round. */
const IN_ROUNDS: readonly Purpose[] = ['failure_treasury', 'distribution_claim'];

/** Which round of a failure's distributions a payout belongs to; 0: none, or the one of the failure itself. */
export function roundOf({ purpose, part }: { readonly purpose: Purpose; readonly part: number }): number {
  return IN_ROUNDS.includes(purpose) ? part : 0;
}

/** What goes to an address that the terms name for the case of a failure; everybody else is paid at a wallet of its own. */
export const CHANGEABLE: readonly Purpose[] = [
  'personal_failure',
  'failure_treasury',
  'failure_destination',
  'failure_remainder',
  'stray_forward',
];
