import {
  createAssociatedTokenAccountIdempotentInstruction,
  createSyncNativeInstruction,
  getAssociatedTokenAddressSync,
  NATIVE_MINT,
} from '@solana/spl-token';
import { PublicKey, SystemProgram } from '@solana/web3.js';
import { sendInstructions } from '#src/local/chain/send-transaction.js';
import type { TestWallet } from './wallets.js';

/** A stranger gives wrapped SOL to somebody. @returns the token account that holds it */
export async function wrapSolFor(
  rpcUrl: string,
  from: TestWallet,
  owner: string,
  lamports: bigint,
): Promise<string> {
  const wallet = new PublicKey(owner);
  const account = getAssociatedTokenAddressSync(NATIVE_MINT, wallet);
  const payer = from.keypair.publicKey;
  await sendInstructions(rpcUrl, from, [
    createAssociatedTokenAccountIdempotentInstruction(payer, account, wallet, NATIVE_MINT),
    SystemProgram.transfer({ fromPubkey: payer, toPubkey: account, lamports }),
    createSyncNativeInstruction(account),
  ]);
  return account.toBase58();
}
