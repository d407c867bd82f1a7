import { DomainError } from '#src/common/errors/errors.js';

export function cannotShare(wallet: string, commitmentId: string): DomainError {
  return new DomainError(
    'not_eligible',
    `Wallet ${wallet} is the creator, the escrow or an authority of the token at its creation, and has no share of the failure of commitment ${commitmentId}.`,
  );
}

export function heldNothing(wallet: string, mint: string, slot: bigint): DomainError {
  return new DomainError(
    'not_a_holder',
    `Wallet ${wallet} held no token ${mint} when the failure was announced, at slot ${slot}. Name its token accounts if it has moved or closed them since.`,
    { tokenMint: mint },
  );
}
