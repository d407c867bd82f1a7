import { DomainError, ValidationError } from '../common/errors.js';
import type { Refusal } from './commitment.js';
import type { Commitment } from './commitment.entity.js';
import type { Milestone } from './milestone.entity.js';

export function commitmentNotFound(id: string): DomainError {
  return new DomainError('commitment_not_found', `There is no commitment ${id}.`);
}

export function notTheAuthority(commitment: Commitment): DomainError {
  return new DomainError(
    'not_the_authority',
    `Only ${commitment.wallet} may attest commitment ${commitment.id}; the request is signed by another wallet.`,
  );
}

export function notTheCreator(commitment: Commitment): DomainError {
  return new DomainError(
    'not_the_creator',
    `Only ${commitment.wallet} may complete milestones of commitment ${commitment.id}; the request is signed by another wallet.`,
  );
}

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

export function notTokenAuthority(wallet: string, tokenMint: string): DomainError {
  return new DomainError(
    'not_token_authority',
    `${wallet} is neither the mint authority nor the metadata update authority of token ${tokenMint}. ` +
      'Sign with one of these wallets.',
  );
}

export function unknownMint(tokenMint: string): ValidationError {
  const message = `tokenMint must be an initialized mint of SPL Token or Token-2022 on this cluster; ${tokenMint} is none`;
  return new ValidationError([{ path: 'tokenMint', message }]);
}

export function wrongKind(commitment: Commitment, action: string): DomainError {
  return new DomainError(
    'wrong_kind',
    `Commitment ${commitment.id} is of kind ${commitment.kind}; ${action} is not for it.`,
  );
}

export function termsChanged(): DomainError {
  return new DomainError(
    'terms_changed',
    'The configured terms have changed since this message was issued. Ask POST /api/signing-messages again and sign the new terms.',
  );
}

export function signatureUsed(commitmentId: string | null): DomainError {
  return new DomainError(
    'signature_used',
    'This signed message has already made a commitment. Sign a new message to make another one.',
    commitmentId === null ? {} : { commitmentId },
  );
}

const REFUSALS: Readonly<Record<Refusal, (commitment: Commitment) => string>> = {
  already_resolved: ({ status }) => `is ${status}, and decided once and for all`,
  deadline_passed: ({ deadline }) => `had its deadline at ${deadline?.toISOString()}, by the chain's clock`,
  not_attested: () => 'was not attested by its authority before the deadline, so it cannot succeed',
  decision_window_passed: (commitment) =>
    `could be resolved as a success until ${windowOf(commitment)} s after its deadline, which is over`,
  deadline_not_passed: ({ deadline }) => `can fail only after its deadline, ${deadline?.toISOString()}`,
  decision_window_open: (commitment) =>
    `was attested in time and can fail only ${windowOf(commitment)} s after its deadline`,
};

/** The error for a move that the rules refuse. */
export function refused(refusal: Refusal, commitment: Commitment): DomainError {
  const code = refusal === 'decision_window_open' ? 'deadline_not_passed' : refusal;
  return new DomainError(code, `Commitment ${commitment.id} ${REFUSALS[refusal](commitment)}.`, {
    commitmentStatus: commitment.status,
  });
}

function windowOf({ terms }: Commitment): number {
  return terms.kind === 'personal' ? terms.decisionWindowSeconds : 0;
}
