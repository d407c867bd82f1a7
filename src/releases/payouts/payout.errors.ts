import { DomainError } from '#src/common/errors/errors.js';
import { toJsonLamports, type Lamports } from '#src/common/money/lamports.js';

export function payoutNotFound(id: string): DomainError {
  return new DomainError('payout_not_found', `There is no payout ${id}.`);
}

export function escrowUnderfunded(escrow: string, balance: Lamports, required: Lamports): DomainError {
  return new DomainError(
    'escrow_underfunded',
    `Escrow ${escrow} ${balance === 0n ? 'is empty' : `holds ${balance} lamports`} and this payout needs ${required}. ` +
      'Nothing was changed; fund the escrow and try again.',
    { balanceLamports: toJsonLamports(balance), requiredLamports: toJsonLamports(required) },
  );
}

export function feePayerMissing(payoutId: string): DomainError {
  return new DomainError(
    'fee_payer_missing',
    `The fee of payout ${payoutId} is to be paid by the fee payer, and none is configured. Set ESCROW_FEE_PAYER_SECRET_KEY.`,
  );
}

/** @param required lamports that cover the fee and leave the account rent-exempt */
export function feePayerUnderfunded(feePayer: string, balance: Lamports, required: Lamports): DomainError {
  return new DomainError(
    'fee_payer_underfunded',
    `Fee payer ${feePayer} holds ${balance} lamports and needs ${required}. Nothing was changed; fund it and try again.`,
    { feePayer, balanceLamports: toJsonLamports(balance), requiredLamports: toJsonLamports(required) },
  );
}

export function destinationNotPayable(destination: string, detail: string): DomainError {
  return new DomainError(
    'destination_not_payable',
    `${destination} cannot be paid: ${detail}. Nothing was changed.`,
  );
}

/** @param flaw what stands at the destination now, whatever stood there when it was named */
export function noWallet(destination: string, flaw: string): DomainError {
  return destinationNotPayable(
    destination,
    `it is ${flaw} by now, and money sent there would never reach a person`,
  );
}

/** What two admins may not name instead of a destination that cannot be paid. */
export function destinationBarred(destination: string): DomainError {
  return destinationNotPayable(
    destination,
    'it is an admin, the wallet that has committed, an escrow, or the very address that is to be replaced. Name another wallet',
  );
}

export function destinationPayable(destination: string): DomainError {
  return new DomainError(
    'destination_payable',
    `${destination} is a wallet that can be paid: the signed terms stand, and nothing was changed. ` +
      'Another destination counts only while that one cannot be paid; missing rent is no such reason.',
  );
}

export function simulationFailed(source: string, error: string): DomainError {
  return new DomainError(
    'simulation_failed',
    `A payout out of escrow ${source} would fail on chain: ${error}. Nothing was signed.`,
  );
}

export function notSettled(commitmentId: string, status: string): DomainError {
  return new DomainError(
    'not_settled',
    `Commitment ${commitmentId} is ${status}: what its escrow holds still belongs to it. Settle it first; nothing was changed.`,
    { commitmentStatus: status },
  );
}

export function nothingToResolve(id: string, status: string): DomainError {
  return new DomainError(
    'nothing_to_resolve',
    `Payout ${id} is ${status}, and no transaction of it is in question. Nothing was changed.`,
  );
}

export function oneWitnessTooEarly(id: string, earliest: Date): DomainError {
  return new DomainError(
    'one_witness_too_early',
    `One witness decides about payout ${id} from ${earliest.toISOString()} on: 24 hours after its transaction was signed. Nothing was changed.`,
  );
}

/** Money must not leave for one wallet while a payment to another one may still turn out not to have happened. */
export function notFinal(
  commitmentId: string,
  { id, status }: { readonly id: string; readonly status: string },
) {
  return new DomainError(
    'not_settled',
    `Payout ${id} of commitment ${commitmentId} is ${status} and not finalized yet. Try again when it is; nothing was changed.`,
    { payoutId: id },
  );
}

export function nothingStray(escrow: string, balance: Lamports, promised: Lamports): DomainError {
  const promises = promised === 0n ? 'nobody is promised any of it' : `${promised} of them are promised`;
  return new DomainError(
    'escrow_underfunded',
    balance === 0n
      ? `Escrow ${escrow} is empty: there is nothing to forward.`
      : `Nothing is stray in escrow ${escrow}: it holds ${balance} lamports, and ${promises}.`,
    { balanceLamports: toJsonLamports(balance), requiredLamports: toJsonLamports(promised + 1n) },
  );
}

/** Of a failed reward commitment in which somebody shares. */
export function forHolders(commitmentId: string, stray: Lamports): DomainError {
  return new DomainError(
    'belongs_to_holders',
    `${stray} lamports have reached the escrow of failed commitment ${commitmentId} since its amounts were frozen. They belong ` +
      'to the holders who share in the failure: once they are more than 1 SOL, the job later-money shares them out. Nothing was changed.',
    { strayLamports: toJsonLamports(stray) },
  );
}

export function notStopped(id: string, status: string): DomainError {
  return new DomainError(
    'not_stopped',
    `Payout ${id} is ${status}; only a stopped one can be taken up again. Nothing was changed.`,
  );
}
