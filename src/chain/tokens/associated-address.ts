import { getAssociatedTokenAddressSync, TOKEN_2022_PROGRAM_ID, TOKEN_PROGRAM_ID } from '@solana/spl-token';
import { PublicKey } from '@solana/web3.js';
import type { TokenMint } from '#src/chain/port/chain.js';

/** Where a wallet's tokens are unless somebody chose another account; it need not exist. */
export function associatedAddress(
  { mint, program }: Pick<TokenMint, 'mint' | 'program'>,
  owner: string,
): string {
  const programId = program === 'spl-token' ? TOKEN_PROGRAM_ID : TOKEN_2022_PROGRAM_ID;
  return getAssociatedTokenAddressSync(new PublicKey(mint), new PublicKey(owner), true, programId).toBase58();
}
