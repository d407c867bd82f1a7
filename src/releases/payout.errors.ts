import { DomainError } from '../common/errors.js';
import { toJsonLamports, type Lamports } from '../common/lamports.js';

export function payoutNotFound(id: string): DomainError {
  return new DomainError('payout_not_found', `There is no payout ${id}.`);
}

export function escrowUnderfunded(escrow: string, balance: Lamports, required: Lamports): DomainError {
  return new DomainError(
    'escrow_underfunded',
    `Escrow ${escrow} holds ${balance} lamports and this payout needs ${required}. Nothing was changed; fund the escrow and try again.`,
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

export function notStopped(id: string, status: string): DomainError {
  return new DomainError(
    'not_stopped',
    `Payout ${id} is ${status}; only a stopped one can be taken up again. Nothing was changed.`,
  );
}
