import type {
  CommitmentDto,
  MilestoneDto,
  PauseDto,
  PayoutDto,
  ReleaseLockDto,
  StrayDepositDto,
} from '#client';
import { moment, plain, sol } from '../shared/words.js';
import { heldBy } from './commitment-words.js';
import type { Plan } from './loading.js';

export function succeed(commitment: CommitmentDto): Plan {
  return {
    title: 'Resolve as a success',
    action: 'admin.commitment.success',
    params: { commitmentId: commitment.id },
    facts: [
      ['Amount', `all that the escrow holds: ${heldBy(commitment)}`],
      ['From', commitment.escrow.address],
      ['To', `${commitment.wallet} (who made the promise)`],
    ],
    consequence:
      'The escrow is emptied to the authority, and the commitment ends as a success. Nothing takes it back.',
  };
}

/** Who gets the money depends on the kind, and when on whether it was attested. */
export function fail(commitment: CommitmentDto, reason: string): Plan {
  const isReward = commitment.kind === 'creator_reward';
  const isLater = isReward || commitment.attestedAt !== undefined;
  const to = isReward
    ? `holders of the token who enroll; what is nobody's goes to ${commitment.destinationOnFail}`
    : commitment.destinationOnFail;
  return {
    title: 'Resolve as a failure',
    action: 'admin.commitment.failure',
    params: { commitmentId: commitment.id, ...(reason === '' ? {} : { reason }) },
    facts: [
      [
        'Amount',
        `all that the escrow holds${isReward ? ', without what is earned' : ''}: ${heldBy(commitment)}`,
      ],
      ['From', commitment.escrow.address],
      ['To', to],
    ],
    consequence: isLater
      ? 'The failure is announced now and takes effect after its notice. Until then an admin can call it off.'
      : 'The escrow is emptied at once, and the commitment ends as a failure. Nothing takes it back.',
  };
}

export function callOff(commitment: CommitmentDto): Plan {
  return {
    title: 'Call off the failure',
    action: 'admin.failure.cancel',
    params: { commitmentId: commitment.id },
    facts: [
      ['Amount', `none moves; the escrow keeps ${heldBy(commitment)}`],
      ['Failure would have taken effect', moment(commitment.failureEffectiveAt ?? commitment.createdAt)],
    ],
    consequence: 'The announced failure does not happen, and the commitment goes on as before.',
  };
}

export function release(commitment: CommitmentDto, milestone: MilestoneDto): Plan {
  return {
    title: `Release “${milestone.title}”`,
    action: 'admin.milestone.release',
    params: { commitmentId: commitment.id, milestoneId: milestone.id },
    facts: [
      ['Amount', sol(milestone.unlockLamports)],
      ['From', `${commitment.escrow.address}, which holds ${heldBy(commitment)}`],
      ['To', `${commitment.wallet} (the creator)`],
    ],
    consequence: 'The milestone is paid to the creator. Nothing takes it back.',
  };
}

export function forward({ commitmentId, strayLamports, escrow, destination }: StrayDepositDto): Plan {
  return {
    title: 'Forward a stray deposit',
    action: 'admin.stray.forward',
    params: { commitmentId },
    facts: [
      ['Amount', sol(strayLamports)],
      ['From', escrow],
      ['To', destination],
    ],
    consequence: 'What nobody is promised goes to the wallet of the outcome. Nothing takes it back.',
  };
}

export function retry(payout: PayoutDto): Plan {
  return {
    title: 'Retry the payout',
    action: 'admin.payout.retry',
    params: { payoutId: payout.id },
    facts: moneyOf(payout),
    consequence:
      'The service pays again what was not paid. It does so only when nothing of the earlier attempts can land any more.',
  };
}

export function resolve(payout: PayoutDto, witnesses: 'all' | 'one'): Plan {
  return {
    title: 'Have the payout proven',
    action: 'admin.payout.resolve',
    params: { payoutId: payout.id, witnesses },
    facts: [
      ...moneyOf(payout),
      ['Witnesses', witnesses === 'all' ? 'all RPC endpoints' : 'those that answer'],
    ],
    consequence:
      'The RPC endpoints are asked whether a transaction has landed or never can. The payout goes on by what they prove.',
  };
}

function moneyOf({ amountLamports, source, destination, purpose, status }: PayoutDto): [string, string][] {
  return [
    ['Amount', sol(amountLamports)],
    ['From', source],
    ['To', destination],
    ['Payout', `${plain(purpose)}, ${plain(status)}`],
  ];
}

export function clearLock({ commitmentId, milestoneId, reason, payoutId }: ReleaseLockDto): Plan {
  return {
    title: 'Clear a release lock',
    action: 'admin.lock.clear',
    params: { commitmentId, milestoneId },
    facts: [
      ['Amount', 'none moves'],
      ['Payout', payoutId],
      ['Why it may be cleared', reason],
    ],
    consequence: 'The release is given up, and the milestone is claimable again.',
  };
}

export interface PauseWish {
  readonly scope: PauseDto['scope'];
  readonly commitmentId?: string;
  readonly purpose?: NonNullable<PauseDto['purpose']>;
  readonly reason: string;
}

export function pausePayouts(wish: PauseWish): Plan {
  return {
    title: 'Pause payouts',
    action: 'admin.pause.create',
    params: wish,
    facts: [
      ['Amount', 'none moves'],
      ['Stops', coverOf(wish)],
      ['Reason', wish.reason],
    ],
    consequence: 'Nothing that it covers is signed until another admin ends it, or 30 days have passed.',
  };
}

/** @param waiting payouts that say that they are paused */
export function endPause(pause: PauseDto, waiting: readonly PayoutDto[]): Plan {
  const total = waiting.reduce((sum, { amountLamports }) => sum + BigInt(amountLamports), 0n);
  return {
    title: 'End the pause',
    action: 'admin.pause.end',
    params: { pauseId: pause.id },
    facts: [
      ['Amount', `${sol(total)} in ${waiting.length} payouts that wait for pauses`],
      ...waiting.map(
        ({ amountLamports, destination }) =>
          ['To', `${sol(amountLamports)} to ${destination}`] as [string, string],
      ),
      ['Stopped', coverOf(pause)],
      ['Reason', pause.reason],
    ],
    consequence: 'What waits for this pause alone is paid now.',
  };
}

export function coverOf({
  scope,
  commitmentId,
  purpose,
}: Pick<PauseDto, 'scope'> & Partial<PauseWish>): string {
  if (scope === 'all') return 'every payout';
  return scope === 'commitment'
    ? `payouts of commitment ${commitmentId ?? ''}`
    : `payouts for ${plain(purpose ?? '')}`;
}

export function shutOut(admin: string, reason: string): Plan {
  return {
    title: 'Shut an admin out',
    action: 'admin.revocation.create',
    params: { admin, ...(reason === '' ? {} : { reason }) },
    facts: [
      ['Amount', 'none moves'],
      ['Admin', admin],
    ],
    consequence:
      'The sessions of this wallet end on every replica, and it cannot sign in. Only the environment takes it back.',
  };
}

export function endSession(session: string, whose: string): Plan {
  return {
    title: 'End a session',
    action: 'admin.session.end',
    params: { session },
    facts: [
      ['Amount', 'none moves'],
      ['Session', whose],
    ],
    consequence: 'Whoever uses it has to sign in again.',
  };
}
