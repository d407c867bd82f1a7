import type { AccountMeta, PublicKey } from '@solana/web3.js';

/** How an instruction uses an account. */
export function read(pubkey: PublicKey): AccountMeta {
  return { pubkey, isSigner: false, isWritable: false };
}

export function written(pubkey: PublicKey): AccountMeta {
  return { pubkey, isSigner: false, isWritable: true };
}

/** Signs, and pays or is made. */
export function signing(pubkey: PublicKey): AccountMeta {
  return { pubkey, isSigner: true, isWritable: true };
}
