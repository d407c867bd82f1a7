/** Pure rules of a commitment: its states, the allowed moves, and who may decide what when. */

export const KINDS = ['personal', 'creator_reward'] as const;
export type Kind = (typeof KINDS)[number];

export const STATUSES = ['active', 'failing', 'resolving', 'succeeded', 'failed', 'completed'] as const;
export type Status = (typeof STATUSES)[number];

/** One status, or every commitment whose failure is filed or announced and has not taken effect. */
export const STATUS_FILTERS = ['in_notice', ...STATUSES] as const;
export type StatusFilter = (typeof STATUS_FILTERS)[number];

export type Resolution = 'success' | 'failure';

/** The only moves there are; a final state has none. */
export const ALLOWED_MOVES: Readonly<Record<Kind, Readonly<Record<Status, readonly Status[]>>>> = {
  personal: {
    active: ['resolving'],
    failing: [],
    resolving: ['succeeded', 'failed'],
    succeeded: [],
    failed: [],
    completed: [],
  },
  creator_reward: {
    active: ['completed', 'failing'],
    // Announced; back when it is called off.
    failing: ['active', 'resolving'],
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

/** Whose money that arrives after the end is: a good end leaves it to the wallet, a failure to where its money went. */
export function walletOfOutcome({
  status,
  wallet,
  destinationOnFail,
}: {
  readonly status: Status;
  readonly wallet: string;
  readonly destinationOnFail: string;
}): string {
  return status === 'failed' ? destinationOnFail : wallet;
}

/** What the deadline rules look at. Times in seconds of the chain's clock. */
export interface PersonalFacts {
  readonly status: Status;
  readonly deadline: number;
  readonly decisionWindowSeconds: number;
  readonly attestedAt: number | null;
  /** An admin has filed a failure of the attested commitment, and nobody has withdrawn it. */
  readonly isFailureFiled: boolean;
}

/** What a failure of a reward commitment looks at. Times in seconds of the chain's clock. */
export interface RewardFacts {
  readonly status: Status;
  /** Null while none is announced. */
  readonly failureEffectiveAt: number | null;
  /** Its announcer is no admin any more, and nobody has confirmed it: it does not take effect like that. */
  readonly isOrphaned: boolean;
}

export type Refusal =
  | 'already_resolved'
  | 'deadline_passed'
  | 'not_attested'
  | 'decision_window_passed'
  | 'deadline_not_passed'
  | 'decision_window_open'
  | 'nothing_filed'
  | 'already_failing'
  | 'not_failing'
  | 'failure_effective'
  | 'nothing_to_fail';

/** @param canFail some milestone is locked or completed */
export function announceRefusal({ status }: Pick<RewardFacts, 'status'>, canFail: boolean): Refusal | null {
  if (status === 'failing') return 'already_failing';
  if (status !== 'active') return 'already_resolved';
  return canFail ? null : 'nothing_to_fail';
}

/** Another admin confirms what is announced, when its announcer is no admin any more. */
export function confirmRefusal({ status, isOrphaned }: RewardFacts): Refusal | null {
  if (status !== 'failing') return 'already_resolved';
  return isOrphaned ? null : 'already_failing';
}

/** Until it takes effect; an orphaned one does not, and can be called off for as long. */
export function callOffRefusal(
  { status, failureEffectiveAt, isOrphaned }: RewardFacts,
  now: number,
): Refusal | null {
  if (status === 'active') return 'not_failing';
  if (status !== 'failing') return 'already_resolved';
  if (isOrphaned || failureEffectiveAt === null || now < failureEffectiveAt) return null;
  return 'failure_effective';
}

/** Holders enroll while a failure is announced. */
export function enrollRefusal(
  { status, failureEffectiveAt }: Pick<RewardFacts, 'status' | 'failureEffectiveAt'>,
  now: number,
): Refusal | null {
  const isAnnounced = status === 'failing' && failureEffectiveAt !== null;
  return isAnnounced && now < failureEffectiveAt ? null : 'not_failing';
}

/** After a failure was called off, the next one needs two admins for so long. */
const QUIET_SECONDS = 30 * 86_400;

/** @param calledOffAt of the last one; null where there was none */
export function needsSecondAdmin(calledOffAt: number | null, now: number): boolean {
  return calledOffAt !== null && now < calledOffAt + QUIET_SECONDS;
}

/** Whether what an admin proposed counts for another one's announcement: signed since the last one was called off. */
export function isProposal(acceptedAt: number, calledOffAt: number, now: number): boolean {
  return acceptedAt >= calledOffAt && now < acceptedAt + QUIET_SECONDS;
}

/** The authority attests before the deadline, not at it. Attesting again is no move and is not asked here. */
export function attestRefusal(facts: PersonalFacts, now: number): Refusal | null {
  if (facts.status !== 'active') return 'already_resolved';
  return now < facts.deadline ? null : 'deadline_passed';
}

/** Success needs an attestation made in time; the decision may come up to the decision window after the deadline. */
export function successRefusal(facts: PersonalFacts, now: number): Refusal | null {
  if (facts.status !== 'active') return 'already_resolved';
  if (!isAttested(facts)) return 'not_attested';
  return now <= windowEnd(facts) ? null : 'decision_window_passed';
}

/** An attested commitment that nobody has decided, and against which nothing was filed, is refunded after its window. */
export function refundRefusal(facts: PersonalFacts, now: number): Refusal | null {
  if (facts.status !== 'active') return 'already_resolved';
  if (!isAttested(facts)) return 'not_attested';
  if (now <= windowEnd(facts)) return 'decision_window_open';
  return facts.isFailureFiled ? 'already_failing' : null;
}

/** Against an attested commitment a failure is filed between its deadline and the end of its decision window. */
export function fileRefusal(facts: PersonalFacts, now: number): Refusal | null {
  if (facts.status !== 'active') return 'already_resolved';
  if (now < facts.deadline) return 'deadline_not_passed';
  if (facts.isFailureFiled) return 'already_failing';
  return now <= windowEnd(facts) ? null : 'decision_window_passed';
}

export function withdrawRefusal(facts: PersonalFacts, now: number): Refusal | null {
  if (facts.status !== 'active') return 'already_resolved';
  if (!facts.isFailureFiled) return 'not_failing';
  return now <= windowEnd(facts) ? null : 'decision_window_passed';
}

/** Failure comes after the deadline; with an attestation made in time after the decision window, if one was filed. */
export function failureRefusal(facts: PersonalFacts, now: number): Refusal | null {
  if (facts.status !== 'active') return 'already_resolved';
  if (now < facts.deadline) return 'deadline_not_passed';
  if (!isAttested(facts)) return null;
  if (now <= windowEnd(facts)) return 'decision_window_open';
  return facts.isFailureFiled ? null : 'nothing_filed';
}

/** Seconds of the chain's clock until which a decision about an attested commitment may come. */
export function windowEnd({
  deadline,
  decisionWindowSeconds,
}: Pick<PersonalFacts, 'deadline' | 'decisionWindowSeconds'>): number {
  return deadline + decisionWindowSeconds;
}

function isAttested({ attestedAt, deadline }: PersonalFacts): boolean {
  return attestedAt !== null && attestedAt < deadline;
}
