/** Pure rules of a commitment: its states, the allowed moves, and who may decide what when. */

export const KINDS = ['personal', 'creator_reward'] as const;
export type Kind = (typeof KINDS)[number];

export const STATUSES = ['active', 'resolving', 'succeeded', 'failed', 'completed'] as const;
export type Status = (typeof STATUSES)[number];

export type Resolution = 'success' | 'failure';

/** The only moves there are; a final state has none. */
export const ALLOWED_MOVES: Readonly<Record<Kind, Readonly<Record<Status, readonly Status[]>>>> = {
  personal: {
    active: ['resolving'],
    resolving: ['succeeded', 'failed'],
    succeeded: [],
    failed: [],
    completed: [],
  },
  creator_reward: {
    active: ['completed', 'resolving'],
    resolving: ['failed'],
    succeeded: [],
    failed: [],
    completed: [],
  },
};

export function mayMove(kind: Kind, from: Status, to: Status): boolean {
  return ALLOWED_MOVES[kind][from].includes(to);
}

export function isFinal(kind: Kind, status: Status): boolean {
  return ALLOWED_MOVES[kind][status].length === 0;
}

export const FINAL_STATUSES = ['succeeded', 'failed', 'completed'] as const satisfies readonly Status[];

/** The final state that a resolution leads to. */
export function outcomeOf(resolution: Resolution): Status {
  return resolution === 'success' ? 'succeeded' : 'failed';
}

/** What the deadline rules look at. Times in seconds of the chain's clock. */
export interface PersonalFacts {
  readonly status: Status;
  readonly deadline: number;
  readonly decisionWindowSeconds: number;
  readonly attestedAt: number | null;
}

export type Refusal =
  | 'already_resolved'
  | 'deadline_passed'
  | 'not_attested'
  | 'decision_window_passed'
  | 'deadline_not_passed'
  | 'decision_window_open';

/** The authority attests before the deadline, not at it. Attesting again is no move and is not asked here. */
export function attestRefusal(facts: PersonalFacts, now: number): Refusal | null {
  if (facts.status !== 'active') return 'already_resolved';
  return now < facts.deadline ? null : 'deadline_passed';
}

/** Success needs an attestation made in time; the decision may come up to the decision window after the deadline. */
export function successRefusal(facts: PersonalFacts, now: number): Refusal | null {
  if (facts.status !== 'active') return 'already_resolved';
  if (facts.attestedAt === null || facts.attestedAt >= facts.deadline) return 'not_attested';
  return now <= facts.deadline + facts.decisionWindowSeconds ? null : 'decision_window_passed';
}

/** Failure comes after the deadline; with an attestation made in time only after the decision window. */
export function failureRefusal(facts: PersonalFacts, now: number): Refusal | null {
  if (facts.status !== 'active') return 'already_resolved';
  if (now < facts.deadline) return 'deadline_not_passed';
  if (facts.attestedAt === null) return null;
  return now > facts.deadline + facts.decisionWindowSeconds ? null : 'decision_window_open';
}
