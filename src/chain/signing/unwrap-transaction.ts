import { createCloseAccountInstruction, getAssociatedTokenAddressSync, NATIVE_MINT } from '@solana/spl-token';
import { ComputeBudgetProgram, PublicKey, TransactionInstruction, TransactionMessage } from '@solana/web3.js';
import type { UnwrapPlan } from '#src/chain/port/chain.js';
import { MEMO_PROGRAM } from './transfer-transaction.js';

/** Base58 address of the account in which a wallet holds wrapped SOL. */
export function wrappedSolAccountOf(wallet: string): string {
  return wrappedAccount(new PublicKey(wallet)).toBase58();
}

/** Compiles the closing of an escrow's own wrapped-SOL account into the escrow: one deterministic message for one plan. */
export function compileUnwrap(plan: UnwrapPlan): Uint8Array {
  const source = new PublicKey(plan.source);
  return new TransactionMessage({
    payerKey: new PublicKey(plan.feePayer),
    recentBlockhash: plan.blockhash,
    instructions: [
      ComputeBudgetProgram.setComputeUnitLimit({ units: plan.computeUnitLimit }),
      ComputeBudgetProgram.setComputeUnitPrice({ microLamports: plan.computeUnitPriceMicroLamports }),
      createCloseAccountInstruction(wrappedAccount(source), source, source),
      new TransactionInstruction({
        programId: MEMO_PROGRAM,
        keys: [{ pubkey: source, isSigner: true, isWritable: false }],
        data: Buffer.from(plan.memo, 'utf8'),
      }),
    ],
  })
    .compileToV0Message()
    .serialize();
}

function wrappedAccount(wallet: PublicKey): PublicKey {
  return getAssociatedTokenAddressSync(NATIVE_MINT, wallet);
}
