import { DomainError } from '#src/common/errors/errors.js';
import type { ReleaseLockDto } from './release-locks.dto.js';

/** @param lock null when the release began or ended between two looks, or its lock was removed by force */
export function releaseInProgress(milestoneId: string, lock: ReleaseLockDto | null): DomainError {
  const follow = lock === null ? 'the payouts of its commitment' : `payout ${lock.payoutId}`;
  return new DomainError(
    'release_in_progress',
    `Milestone ${milestoneId} is being released${lock === null ? '' : ` since ${lock.createdAt}`}` +
      `${lock?.txSig ? `, transaction ${lock.txSig}` : ''}. It is paid once; follow ${follow}.`,
    { lock },
  );
}

export function alreadyReleased(milestoneId: string, signature: string | null): DomainError {
  return new DomainError(
    'already_released',
    `Milestone ${milestoneId} has been released and paid.`,
    signature === null ? {} : { signature },
  );
}

export function notClaimable(
  milestoneId: string,
  status: string,
  waitingFor: readonly unknown[],
): DomainError {
  return new DomainError(
    'not_claimable',
    `Milestone ${milestoneId} is ${status} and cannot be released; waitingFor shows what it waits for.`,
    { milestoneStatus: status, waitingFor },
  );
}

/** @param selfReleaseAt seconds of the chain's clock */
export function notYet(milestoneId: string, selfReleaseAt: number): DomainError {
  const time = new Date(selfReleaseAt * 1000).toISOString();
  return new DomainError(
    'not_yet',
    `Milestone ${milestoneId} can be released by its creator from ${time} on, by the chain's clock. Until then an admin releases it.`,
    { selfReleaseAt: time },
  );
}

export function releaseLockNotFound(commitmentId: string, milestoneId: string): DomainError {
  return new DomainError(
    'release_lock_not_found',
    `Milestone ${milestoneId} of commitment ${commitmentId} holds no release lock.`,
  );
}

export function attemptMayStillLand(lock: ReleaseLockDto): DomainError {
  return new DomainError(
    'attempt_may_still_land',
    `The lock of milestone ${lock.milestoneId} stays: ${lock.reason}.`,
    {
      lock,
    },
  );
}
