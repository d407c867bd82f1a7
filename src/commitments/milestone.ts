import { compareDecimals, decimalOf } from '../common/decimal.js';
import type { Status } from './commitment.js';

/** Pure rules of a milestone: its states, the allowed moves, and what each one still waits for. */

export const MILESTONE_STATUSES = [
  'locked',
  'completed',
  'claimable',
  'releasing',
  'released',
  'forfeited',
] as const;
export type MilestoneStatus = (typeof MILESTONE_STATUSES)[number];

/** The only moves there are. Out of `releasing` back only when nothing of the release can land any more. */
export const MILESTONE_MOVES: Readonly<Record<MilestoneStatus, readonly MilestoneStatus[]>> = {
  locked: ['completed', 'forfeited'],
  completed: ['claimable', 'forfeited'],
  claimable: ['releasing', 'forfeited'],
  releasing: ['released', 'claimable'],
  released: [],
  forfeited: [],
};

export function mayMoveMilestone(from: MilestoneStatus, to: MilestoneStatus): boolean {
  return MILESTONE_MOVES[from].includes(to);
}

/** What the rules look at. Times in seconds of the chain's clock, US dollars as exact decimal texts. */
export interface MilestoneFacts {
  readonly commitmentStatus: Status;
  readonly status: MilestoneStatus;
  /** End of the claim delay; null while the creator has not attested completion. */
  readonly claimReadyAt: number | null;
  readonly thresholdUsd: string;
  /** Sum of the approvals as they were given. */
  readonly signalledUsd: string;
  /** What was left of it when the balances were read again; null when they never were. */
  readonly reweighedUsd: string | null;
}

export const CONDITIONS = [
  'commitment_active',
  'attested',
  'claim_delay',
  'approvals',
  'reweighed_approvals',
  'release',
  'payment',
] as const;
export type Condition = (typeof CONDITIONS)[number];

export const ACTORS = ['creator', 'holders', 'admin', 'service', 'time', 'nobody'] as const;
export type Actor = (typeof ACTORS)[number];

/** One unmet condition: how it stands, what it has to reach, and who can bring that about. */
export interface Waiting {
  readonly condition: Condition;
  /** A status, a time of the chain's clock (RFC 3339) or US dollars, as the condition has it; null when not known yet. */
  readonly value: string | null;
  readonly limit: string;
  readonly who: Actor;
}

/**
 * What keeps a milestone from its next states, in the order in which it is met; none for a milestone that waits for
 * nothing more.
 */
export function waitingFor(facts: MilestoneFacts, now: number): Waiting[] {
  switch (facts.status) {
    case 'locked':
    case 'completed':
      return unlockConditions(facts, now);
    case 'claimable':
      return facts.commitmentStatus === 'active'
        ? [state('release', facts.status, 'released', 'admin')]
        : inactive(facts);
    case 'releasing':
      return [state('payment', facts.status, 'released', 'service')];
    case 'released':
    case 'forfeited':
      return [];
  }
}

/** Whether the milestone becomes claimable now; `reweighedUsd` has to be the sum of balances that were just read. */
export function mayUnlock(facts: MilestoneFacts, now: number): boolean {
  return facts.status === 'completed' && waitingFor(facts, now).length === 0;
}

export type CompleteRefusal = 'already_resolved' | 'already_completed';

export function completeRefusal(
  facts: Pick<MilestoneFacts, 'commitmentStatus' | 'status'>,
): CompleteRefusal | null {
  if (facts.commitmentStatus !== 'active') return 'already_resolved';
  return facts.status === 'locked' ? null : 'already_completed';
}

function unlockConditions(facts: MilestoneFacts, now: number): Waiting[] {
  const { claimReadyAt, thresholdUsd, signalledUsd, reweighedUsd } = facts;
  // Nothing else would help a commitment that is being resolved.
  if (facts.commitmentStatus !== 'active') return inactive(facts);
  const unmet: Waiting[] = [];
  if (claimReadyAt === null) unmet.push(state('attested', facts.status, 'completed', 'creator'));
  else if (now < claimReadyAt) unmet.push(state('claim_delay', time(now), time(claimReadyAt), 'time'));
  if (isBelow(signalledUsd, thresholdUsd)) {
    unmet.push(state('approvals', signalledUsd, thresholdUsd, 'holders'));
  } else if (reweighedUsd === null) {
    unmet.push(state('reweighed_approvals', null, thresholdUsd, 'service'));
  } else if (isBelow(reweighedUsd, thresholdUsd)) {
    unmet.push(state('reweighed_approvals', reweighedUsd, thresholdUsd, 'holders'));
  }
  return unmet;
}

function inactive({ commitmentStatus }: MilestoneFacts): Waiting[] {
  return [state('commitment_active', commitmentStatus, 'active', 'nobody')];
}

function state(condition: Condition, value: string | null, limit: string, who: Actor): Waiting {
  return { condition, value, limit, who };
}

function time(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

function isBelow(usd: string, limitUsd: string): boolean {
  return compareDecimals(decimalOf(usd), decimalOf(limitUsd)) < 0;
}
