/** The chain or another payout has to move first. */
export interface Waiting {
  /** Why, in words for people; null for the ordinary course, which the payout's states tell already. */
  readonly waitingFor: string | null;
}

/** `moved`: look again at once. `paused`: an admin has stopped it. */
export type StepResult = 'moved' | 'paused' | Waiting;

export function waitingFor(reason: string | null): Waiting {
  return { waitingFor: reason };
}

export function isWaiting(result: StepResult): result is Waiting {
  return typeof result === 'object';
}
