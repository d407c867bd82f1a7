import type { CommitmentDto } from '#client';
import { moment, relative, short, sol } from '../shared/words.js';

type Personal = Extract<CommitmentDto, { kind: 'personal' }>;
type Reward = Extract<CommitmentDto, { kind: 'creator_reward' }>;
type Waiting = Reward['milestones'][number]['waitingFor'][number];

/** The statuses of a commitment as a stranger reads them. */
export const STATES: Readonly<Record<CommitmentDto['status'], string>> = {
  active: 'Open',
  failing: 'A failure is announced',
  resolving: 'Decided, payment under way',
  succeeded: 'Kept: paid back',
  failed: 'Failed',
  completed: 'All milestones paid',
};

const when = (time: string): string => `${moment(time)} (${relative(time)})`;

/** What happens next with a commitment, and when, in the order in which it does. */
export function nextSteps(commitment: CommitmentDto, now = Date.now()): readonly string[] {
  return commitment.kind === 'personal' ? personalSteps(commitment, now) : rewardSteps(commitment);
}

function personalSteps(commitment: Personal, now: number): readonly string[] {
  const { status, attestedAt, deadline, destinationOnFail, failureEffectiveAt, failureReason } = commitment;
  if (status === 'resolving') return ['The service pays out the escrow, exactly once.'];
  if (status !== 'active') return [];
  const fail = `goes to ${short(destinationOnFail)}`;
  if (attestedAt === undefined) {
    return Date.parse(deadline) > now
      ? [
          ...funding(commitment),
          `The builder attests before ${when(deadline)}. Without that, the money ${fail}.`,
        ]
      : [`The deadline has passed without an attestation. Within minutes the money ${fail}.`];
  }
  if (failureEffectiveAt !== undefined)
    return [
      `An admin has filed a failure: ${failureReason ?? 'no reason given'}`,
      `It is carried out ${when(failureEffectiveAt)} unless an admin withdraws it. Then the money ${fail}.`,
    ];
  const decided = Date.parse(deadline) + commitment.terms.decisionWindowSeconds * 1_000;
  return [
    `The builder has attested. An admin confirms until ${when(new Date(decided).toISOString())}.`,
    'If nobody decides by then, the builder gets the money back.',
  ];
}

function funding({ amountLamports, escrow }: Personal): string[] {
  const missing = amountLamports - (escrow.balanceLamports ?? 0);
  return missing > 0 ? [`${sol(missing)} are still missing in the escrow. Anybody can send them.`] : [];
}

function rewardSteps({
  status,
  milestones,
  failureEffectiveAt,
  destinationOnFail,
}: Reward): readonly string[] {
  if (status === 'failing')
    return [
      failureEffectiveAt === undefined
        ? 'A failure is announced.'
        : `A failure takes effect ${when(failureEffectiveAt)}, unless an admin calls it off.`,
      'Until then, holders of the token enroll below for a share of the escrow.',
    ];
  if (status === 'failed') return ['Holders with a share claim it below.'];
  if (status === 'resolving')
    return [`The shares of the holders are fixed. What is left goes to ${short(destinationOnFail)}.`];
  if (status === 'completed') return [];
  const next = milestones.find(({ waitingFor }) => waitingFor.length > 0);
  return next === undefined
    ? []
    : next.waitingFor.map((waiting) => `${next.title}: ${waitingWords(waiting)}`);
}

/** One unmet condition of a milestone, in a sentence. */
export function waitingWords({ condition, value, limit, who }: Waiting): string {
  switch (condition) {
    case 'commitment_active':
      return 'the commitment is not open any more.';
    case 'attested':
      return 'the creator attests that it is done.';
    case 'claim_delay':
      return `time passes until ${when(limit)}.`;
    case 'approvals':
      return `holders approve it: $${value ?? '0'} of $${limit} so far.`;
    case 'reweighed_approvals':
      return value === null
        ? 'the service weighs the approvals again.'
        : `holders approve it: $${value} of $${limit} are left after weighing again.`;
    case 'supply_grown':
      return 'nothing counts while more of the token exists than the terms say.';
    case 'approved_supply':
      return `the approvals hold a larger part of the supply: ${value ?? '0'} of ${limit}.`;
    case 'release':
      return who === 'creator' ? 'an admin or the creator releases it.' : 'an admin releases it.';
    case 'payment':
      return 'the service pays it.';
  }
}
