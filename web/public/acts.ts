import type { TimelineEventDto } from '#client';
import type { Act } from '../shared/act-dialog.js';
import { moment, sol } from '../shared/words.js';
import type { Milestone, Personal, Reward, Shares } from './commitment.js';

/** What a wallet may do here. Whether it really may is the service's to say; nothing is offered that it is sure to refuse. */
type Offer = Act | undefined;

export function attestation(commitment: Personal, address: string, now = Date.now()): Offer {
  const { id, wallet, status, attestedAt, deadline } = commitment;
  const isOpen = status === 'active' && attestedAt === undefined && Date.parse(deadline) > now;
  if (!isOpen || address !== wallet) return undefined;
  return {
    title: 'Attest that it is done',
    action: 'commitment.attest',
    params: { commitmentId: id },
    address,
    facts: [
      ['Promise', commitment.statement ?? 'none'],
      ['Escrow', sol(commitment.escrow.balanceLamports)],
      ['Goes back to', wallet],
    ],
    consequence:
      'You state in public that you have kept your promise. An admin then decides. It cannot be taken back.',
  };
}

export function milestoneActs(
  commitment: Reward,
  milestone: Milestone,
  address: string,
  events: readonly TimelineEventDto[],
  now = Date.now(),
): Act[] {
  const offers = [
    completion(commitment, milestone, address),
    approval(commitment, milestone, address, events),
    release(commitment, milestone, address, now),
  ];
  return offers.filter((offer) => offer !== undefined);
}

function factsOf({ wallet }: Reward, { title, unlockLamports }: Milestone): Act['facts'] {
  return [
    ['Milestone', title],
    ['Amount', sol(unlockLamports)],
    ['Goes to', wallet],
  ];
}

function completion(commitment: Reward, milestone: Milestone, address: string): Offer {
  if (commitment.status !== 'active' || milestone.status !== 'locked' || address !== commitment.wallet)
    return undefined;
  return {
    title: `Attest: ${milestone.title}`,
    action: 'milestone.complete',
    params: { commitmentId: commitment.id, milestoneId: milestone.id },
    address,
    facts: factsOf(commitment, milestone),
    consequence: 'You state in public that this milestone is done. Holders can approve it from then on.',
  };
}

function approval(
  commitment: Reward,
  milestone: Milestone,
  address: string,
  events: readonly TimelineEventDto[],
): Offer {
  const hasApproved = events.some(
    ({ event, wallet, milestoneId }) =>
      event === 'milestone_approved' && wallet === address && milestoneId === milestone.id,
  );
  const isVotable = commitment.status === 'active' && milestone.status === 'completed';
  if (!isVotable || hasApproved || address === commitment.wallet) return undefined;
  return {
    title: `Approve: ${milestone.title}`,
    action: 'milestone.signal',
    params: { commitmentId: commitment.id, milestoneId: milestone.id },
    address,
    facts: [...factsOf(commitment, milestone), ['Token', commitment.tokenMint]],
    consequence:
      'Your approval counts with what you hold of the token. It moves none of it, and it cannot be taken back.',
  };
}

function release(commitment: Reward, milestone: Milestone, address: string, now: number): Offer {
  const { selfReleaseAt, status } = milestone;
  const mayAlone = selfReleaseAt !== undefined && Date.parse(selfReleaseAt) <= now;
  if (status !== 'claimable' || !mayAlone || address !== commitment.wallet) return undefined;
  return {
    title: `Release: ${milestone.title}`,
    action: 'milestone.release',
    params: { commitmentId: commitment.id, milestoneId: milestone.id },
    address,
    facts: factsOf(commitment, milestone),
    consequence: `The escrow pays ${sol(milestone.unlockLamports)} to you, once.`,
  };
}

export function enrollment(commitment: Reward, address: string): Offer {
  if (commitment.status !== 'failing') return undefined;
  const { failureEffectiveAt } = commitment;
  return {
    title: 'Enroll for a share',
    action: 'distribution.enroll',
    params: { commitmentId: commitment.id },
    address,
    facts: [
      ['Escrow', sol(commitment.escrow.balanceLamports)],
      ['Token', commitment.tokenMint],
      ...(failureEffectiveAt === undefined ? [] : [['Takes effect', moment(failureEffectiveAt)] as const]),
    ],
    consequence:
      'You get a share by what you held when the failure was announced, if it takes effect. Enrolling costs nothing.',
  };
}

export function claim({ id }: Reward, shares: Shares | undefined, address: string): Offer {
  const own = shares?.all.filter(({ wallet }) => wallet === address) ?? [];
  const mine = own.find(({ status }) => status !== 'paid') ?? own[0];
  if (mine?.status !== 'unclaimed') return undefined;
  return {
    title: 'Claim your share',
    action: 'distribution.claim',
    params: { commitmentId: id },
    address,
    facts: [
      ['Amount', sol(mine.amountLamports)],
      ['Goes to', address],
    ],
    consequence: `The escrow pays ${sol(mine.amountLamports)} to your wallet, once.`,
  };
}
