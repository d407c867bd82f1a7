import { ValidationError } from '#src/common/errors/errors.js';

/** Tokens have up to 18 in practice; beyond, one raw unit is worth too little for a weight to mean anything. */
export const MAX_TOKEN_DECIMALS = 18;

/** Extensions of Token-2022 with which a holding says nothing, or not for long; as the program calls them. */
const REFUSED: Readonly<Record<string, string>> = {
  PermanentDelegate: 'a permanent delegate can take the tokens of every holder',
  TransferHook: 'a transfer hook decides who may hold and move it',
  MintCloseAuthority: 'the mint can be closed and made again with other decimals',
  DefaultAccountState: 'new token accounts can be frozen from the start',
  NonTransferable: 'it cannot be moved or sold',
  InterestBearingConfig: 'the amounts that wallets show are not those that the chain holds',
  ScaledUiAmountConfig: 'the amounts that wallets show are not those that the chain holds',
};

export interface RefusedExtension {
  /** As the token program calls it. */
  readonly extension: string;
  readonly why: string;
}

/** The first extension that keeps a token from being weighed, or null. One that we do not know may mean anything. */
export function refusedExtension(extensions: readonly string[]): RefusedExtension | null {
  for (const extension of extensions) {
    const why = REFUSED[extension];
    if (why !== undefined) return { extension, why };
    if (extension.startsWith('Unknown')) return { extension, why: 'this version does not know it' };
  }
  return null;
}

/** @throws ValidationError for a token whose holdings are not weighed */
export function checkDecimals({
  mint,
  decimals,
}: {
  readonly mint: string;
  readonly decimals: number;
}): void {
  if (decimals <= MAX_TOKEN_DECIMALS) return;
  const message = `tokenMint must be a token of at most ${MAX_TOKEN_DECIMALS} decimals; ${mint} has ${decimals}`;
  throw new ValidationError([{ path: 'tokenMint', message }]);
}
