import type { PayoutState } from '#src/releases/payouts/payout-state.js';

/** The chain or another payout has to move first. */
export interface Waiting {
  /** Why, in words for people; null for the ordinary course, which the payout's states tell already. */
  readonly waitingFor: string | null;
}

/** The step has written this itself just now: the next one need not read it. */
export interface Written {
  readonly written: PayoutState;
}

/** `moved`: look again at once. `paused`: an admin has stopped it. */
export type StepResult = 'moved' | 'paused' | Waiting | Written;

export function waitingFor(reason: string | null): Waiting {
  return { waitingFor: reason };
}

export function isWaiting(result: StepResult): result is Waiting {
  return typeof result === 'object' && 'waitingFor' in result;
}

/** What the step has written; null: it has to be read. */
export function writtenBy(result: StepResult): PayoutState | null {
  return typeof result === 'object' && 'written' in result ? result.written : null;
}
