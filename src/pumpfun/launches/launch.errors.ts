import { DomainError } from '#src/common/errors/errors.js';

export function mintNotReserved(mint: string, wallet: string): DomainError {
  return new DomainError(
    'mint_not_reserved',
    `Token ${mint} is not kept here for ${wallet}: a coin is launched at a mint of \`ops pumpfun reserve\` only.`,
    { tokenMint: mint },
  );
}

export function alreadyLaunched(commitmentId: string): DomainError {
  return new DomainError(
    'already_launched',
    `The coin of commitment ${commitmentId} is launched already, or is being launched. See GET /api/commitments/${commitmentId}/launch.`,
  );
}

export function launchNotFound(commitmentId: string): DomainError {
  return new DomainError(
    'launch_not_found',
    `This service has launched no coin for commitment ${commitmentId}.`,
  );
}

export function noLaunchPayer(): DomainError {
  return new DomainError(
    'fee_payer_missing',
    'A launch is paid and signed by the fee payer, and none is configured. Set ESCROW_FEE_PAYER_SECRET_KEY.',
  );
}
