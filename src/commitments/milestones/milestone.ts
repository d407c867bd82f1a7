import { compareDecimals, decimalOf } from '#src/common/money/decimal.js';
import type { Status } from '#src/commitments/commitment/commitment.js';

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

/** Raw units of the token, at the last look. */
export interface SupplyFacts {
  /** When the terms were signed. */
  readonly frozen: bigint;
  readonly seen: bigint;
  /** What the approvals held together; null before they were weighed again. */
  readonly approved: bigint | null;
  readonly required: bigint;
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
  /** What has to hold of the token's supply; null where nothing has. */
  readonly supply: SupplyFacts | null;
  /** When the failure of its commitment was announced: what was due then is still weighed. */
  readonly failingSince: number | null;
  /** From when on a failure does not forfeit it; null while it is not claimable. */
  readonly earnedAt: number | null;
  /** From when on the creator may release it without an admin; null while it is not claimable. */
  readonly selfReleaseAt: number | null;
}

export const CONDITIONS = [
  'commitment_active',
  'attested',
  'claim_delay',
  'approvals',
  'reweighed_approvals',
  'supply_grown',
  'approved_supply',
  'release',
  'payment',
] as const;
export type Condition = (typeof CONDITIONS)[number];

export const ACTORS = ['creator', 'holders', 'admin', 'service', 'time', 'nobody'] as const;
export type Actor = (typeof ACTORS)[number];

/** One unmet condition: how it stands, what it has to reach, and who can bring that about. */
export interface Waiting {
  readonly condition: Condition;
  /** A status, a time of the chain's clock (RFC 3339), US dollars or raw units, as the condition has it; null when not known yet. */
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
      return isReleasable(facts, now)
        ? [state('release', facts.status, 'released', releaserOf(facts, now))]
        : inactive(facts);
    case 'releasing':
      return [state('payment', facts.status, 'released', 'service')];
    case 'released':
    case 'forfeited':
      return [];
  }
}

/** What is earned stays releasable, whatever becomes of its commitment; when a failure takes effect, only that is still claimable. */
export function isReleasable(
  { commitmentStatus, status, earnedAt }: Pick<MilestoneFacts, 'commitmentStatus' | 'status' | 'earnedAt'>,
  now: number,
): boolean {
  if (status !== 'claimable') return false;
  return commitmentStatus !== 'failing' || (earnedAt !== null && now >= earnedAt);
}

/**
 * When a failure stops forfeiting a milestone that is claimable.
 * @returns seconds of the chain's clock; null while it is not
 */
export function earnedTime(
  { completedAt, claimableAt }: { readonly completedAt: Date | null; readonly claimableAt: Date | null },
  earnedAfterSeconds: number,
): number | null {
  if (completedAt === null || claimableAt === null) return null;
  return Math.max(claimableAt.getTime() / 1000, completedAt.getTime() / 1000 + earnedAfterSeconds);
}

/** @returns seconds of the chain's clock; null before the milestone has become claimable */
export function selfReleaseTime(claimableAt: Date | null, selfReleaseSeconds: number): number | null {
  return claimableAt === null ? null : claimableAt.getTime() / 1000 + selfReleaseSeconds;
}

function releaserOf({ selfReleaseAt }: MilestoneFacts, now: number): Actor {
  return selfReleaseAt !== null && now >= selfReleaseAt ? 'creator' : 'admin';
}

/** Whether the milestone becomes claimable now; `reweighedUsd` has to be the sum of balances that were just read. */
export function mayUnlock(facts: MilestoneFacts, now: number): boolean {
  return facts.status === 'completed' && waitingFor(facts, now).length === 0;
}

export type CompleteRefusal = 'already_failing' | 'already_resolved' | 'already_completed';

export function completeRefusal(
  facts: Pick<MilestoneFacts, 'commitmentStatus' | 'status'>,
): CompleteRefusal | null {
  if (facts.commitmentStatus === 'failing') return 'already_failing';
  if (facts.commitmentStatus !== 'active') return 'already_resolved';
  return facts.status === 'locked' ? null : 'already_completed';
}

function unlockConditions(facts: MilestoneFacts, now: number): Waiting[] {
  const { claimReadyAt, thresholdUsd, signalledUsd, reweighedUsd } = facts;
  // Nothing else would help a commitment that is being resolved.
  if (!isWeighed(facts)) return inactive(facts);
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
  return [...unmet, ...supplyConditions(facts.supply)];
}

/** A failure that is announced ends unlocking, but for what was due by then. */
function isWeighed({
  commitmentStatus,
  failingSince,
  claimReadyAt,
  signalledUsd,
  thresholdUsd,
}: MilestoneFacts) {
  if (commitmentStatus !== 'failing' || failingSince === null) return commitmentStatus === 'active';
  const wasDue = claimReadyAt !== null && claimReadyAt <= failingSince;
  return wasDue && !isBelow(signalledUsd, thresholdUsd);
}

/** Printed tokens are no votes, and a few dollars of a large token are no majority of it. */
function supplyConditions(supply: SupplyFacts | null): Waiting[] {
  if (supply === null) return [];
  const { frozen, seen, approved, required } = supply;
  if (seen > frozen) return [state('supply_grown', seen.toString(), frozen.toString(), 'creator')];
  if (approved === null || approved >= required) return [];
  return [state('approved_supply', approved.toString(), required.toString(), 'holders')];
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
