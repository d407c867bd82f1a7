import type { ErrorCode } from '#src/common/errors/error-table.js';
import { DomainError, ValidationError } from '#src/common/errors/errors.js';
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

export function notTheCreator(commitment: Commitment): DomainError {
  return new DomainError(
    'not_the_creator',
    `Only ${commitment.wallet} speaks for the milestones of commitment ${commitment.id}; the request is signed by another wallet.`,
  );
}

export function notTokenAuthority(wallet: string, tokenMint: string): DomainError {
  return new DomainError(
    'not_token_authority',
    `${wallet} is neither the mint authority nor the metadata update authority of token ${tokenMint}, and pump.fun does not name it as the creator. ` +
      'Sign with one of these wallets.',
  );
}

/** @param why a clause, such as `a permanent delegate can take the tokens of every holder` */
export function tokenNotSupported(
  tokenMint: string,
  why: string,
  fields: { readonly extension?: string } = {},
): DomainError {
  return new DomainError('token_not_supported', `Token ${tokenMint} cannot be used: ${why}.`, {
    tokenMint,
    ...fields,
  });
}

export function mintableToken(tokenMint: string, mintAuthority: string): DomainError {
  return new DomainError(
    'mintable_token',
    `Token ${tokenMint} cannot be used: ${mintAuthority} can print more of it, and with it votes. Give its mint authority up first.`,
    { tokenMint, mintAuthority },
  );
}

export function tokenChanged(tokenMint: string, what: string): DomainError {
  return new DomainError(
    'token_changed',
    `Token ${tokenMint} is not the one that was signed for: ${what}. Nothing is counted.`,
    { tokenMint },
  );
}

export function supplyGrown(tokenMint: string, frozen: string, present: bigint): DomainError {
  return new DomainError(
    'supply_grown',
    `There are ${present} raw units of token ${tokenMint}, and ${frozen} when the terms were signed: while there are more, no new approval counts.`,
    { tokenMint, frozenSupply: frozen, presentSupply: present.toString() },
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

export function amountBelowMinimum(amountLamports: number, minimumLamports: number): DomainError {
  return new DomainError(
    'amount_below_minimum',
    `amountLamports is ${amountLamports}, and a personal commitment locks at least ${minimumLamports} lamports.`,
    { amountLamports, minimumLamports },
  );
}

export function tooManyUnfunded(wallet: string, most: number): DomainError {
  return new DomainError(
    'too_many_unfunded',
    `${wallet} has ${most} open commitments whose escrow is empty, which is the most. Fund one of them, or wait until one ends.`,
    { most },
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
    `could be decided until ${windowOf(commitment)} s after its deadline, which is over`,
  deadline_not_passed: ({ deadline }) => `can fail only after its deadline, ${deadline?.toISOString()}`,
  decision_window_open: (commitment) =>
    `was attested in time and ends only ${windowOf(commitment)} s after its deadline`,
  nothing_filed: () =>
    'was attested, and nobody filed a failure in its decision window: it is refunded by the sweep',
  already_failing: ({ failureReason, failureEffectiveAt }) =>
    `has an announced failure, which takes effect ${failureEffectiveAt?.toISOString() ?? 'when its decision window ends'}` +
    (failureReason === null ? '' : ` (${failureReason})`),
  not_failing: () => 'has no announced failure that could be called off or shared in',
  failure_effective: ({ failureEffectiveAt }) =>
    `has a failure that took effect at ${failureEffectiveAt?.toISOString()}, and could be called off until then`,
  nothing_to_fail: () => 'has no milestone that is locked or completed: all of them are earned or released',
};

/** The error for a move that the rules refuse. */
export function refused(refusal: Refusal, commitment: Commitment): DomainError {
  return new DomainError(codeOf(refusal), `Commitment ${commitment.id} ${REFUSALS[refusal](commitment)}.`, {
    commitmentStatus: commitment.status,
  });
}

function codeOf(refusal: Refusal): ErrorCode {
  if (refusal === 'decision_window_open') return 'deadline_not_passed';
  if (refusal === 'failure_effective') return 'decision_window_passed';
  return refusal === 'nothing_filed' ? 'decision_window_passed' : refusal;
}

function windowOf({ terms }: Commitment): number {
  return terms.kind === 'personal' ? terms.decisionWindowSeconds : 0;
}
