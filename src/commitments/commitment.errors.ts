import { DomainError } from '../common/errors.js';
import type { Refusal } from './commitment.js';
import type { Commitment } from './commitment.entity.js';

export function commitmentNotFound(id: string): DomainError {
  return new DomainError('commitment_not_found', `There is no commitment ${id}.`);
}

export function notTheAuthority(commitment: Commitment): DomainError {
  return new DomainError(
    'not_the_authority',
    `Only ${commitment.wallet} may attest commitment ${commitment.id}; the request is signed by another wallet.`,
  );
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
  decision_window_passed: ({ terms }) =>
    `could be resolved as a success until ${terms.decisionWindowSeconds} s after its deadline, which is over`,
  deadline_not_passed: ({ deadline }) => `can fail only after its deadline, ${deadline?.toISOString()}`,
  decision_window_open: ({ terms }) =>
    `was attested in time and can fail only ${terms.decisionWindowSeconds} s after its deadline`,
};

/** The error for a move that the rules refuse. */
export function refused(refusal: Refusal, commitment: Commitment): DomainError {
  const code = refusal === 'decision_window_open' ? 'deadline_not_passed' : refusal;
  return new DomainError(code, `Commitment ${commitment.id} ${REFUSALS[refusal](commitment)}.`, {
    commitmentStatus: commitment.status,
  });
}
