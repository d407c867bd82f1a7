import { DomainError } from '#src/common/errors/errors.js';

export function distributionNotFound(commitmentId: string): DomainError {
  return new DomainError(
    'distribution_not_found',
    `Commitment ${commitmentId} has no failure distribution: it is no reward commitment that has failed.`,
  );
}

export function notResolvedAsFailure(commitmentId: string, status: string): DomainError {
  return new DomainError(
    'not_resolved_as_failure',
    `Commitment ${commitmentId} is ${status} and shares out nothing. Only a failed reward commitment has shares.`,
    { commitmentStatus: status },
  );
}

export function noShare(wallet: string, commitmentId: string): DomainError {
  return new DomainError(
    'no_share',
    `${wallet} has no share of commitment ${commitmentId}. A wallet has one when it held the token at the announcement of the ` +
      'failure, and either enrolled before it took effect or approved a milestone in its vote window.',
  );
}

export function alreadyClaimed(wallet: string, payoutId: string, signature: string | undefined): DomainError {
  return new DomainError(
    'already_claimed',
    `The share of ${wallet} was paid by payout ${payoutId}, transaction ${signature ?? 'unknown'}.`,
    { payoutId, ...(signature === undefined ? {} : { signature }) },
  );
}
