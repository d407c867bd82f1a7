import { DomainError } from '#src/common/errors/errors.js';
import type { Milestone } from './milestone.entity.js';

export function milestoneNotFound(commitmentId: string, milestoneId: string): DomainError {
  return new DomainError(
    'milestone_not_found',
    `Commitment ${commitmentId} has no milestone ${milestoneId}.`,
  );
}

export function alreadyCompleted({ id, status, completedAt }: Milestone): DomainError {
  return new DomainError(
    'already_completed',
    `Milestone ${id} was completed at ${completedAt?.toISOString() ?? 'an earlier time'} and is ${status} now.`,
    { milestoneStatus: status },
  );
}
