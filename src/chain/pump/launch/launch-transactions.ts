import {
  createAssociatedTokenAccountIdempotentInstruction,
  getAssociatedTokenAddressSync,
  TOKEN_2022_PROGRAM_ID,
} from '@solana/spl-token';
import {
  ComputeBudgetProgram,
  PublicKey,
  type TransactionInstruction,
  TransactionMessage,
} from '@solana/web3.js';
import { type Purchase, buyCoin } from './buy-instruction.js';
import { createCoin, type NewCoin } from './create-instruction.js';
import { defaultUnits } from '#src/chain/pump/compute-units.js';

/** What a packet of the network holds. */
export const MAX_TRANSACTION_BYTES = 1_232;

export interface Paid {
  /** The user, or another wallet. */
  readonly feePayer: PublicKey;
  readonly blockhash: string;
  /** Null: what the runtime allots where nothing is known. */
  readonly computeUnitLimit: number | null;
  readonly computeUnitPriceMicroLamports: bigint;
}

/** The creation of a coin, alone: with a purchase behind it, it would not fit a packet where another wallet pays. */
export function compileCreation(coin: NewCoin, paid: Paid): Uint8Array {
  return compile([createCoin(coin)], paid);
}

/** A purchase from the curve, into an account that is opened where there is none. */
export function compilePurchase(purchase: Purchase, paid: Paid): Uint8Array {
  const { mint, user } = purchase;
  const own = getAssociatedTokenAddressSync(mint, user, false, TOKEN_2022_PROGRAM_ID);
  const open = createAssociatedTokenAccountIdempotentInstruction(
    user,
    own,
    user,
    mint,
    TOKEN_2022_PROGRAM_ID,
  );
  return compile([open, buyCoin(purchase)], paid);
}

/** Of the transaction with all of its signatures. */
export function transactionBytes(message: Uint8Array): number {
  const signatures = message[1] ?? 0;
  return 1 + 64 * signatures + message.length;
}

function compile(work: readonly TransactionInstruction[], paid: Paid): Uint8Array {
  return new TransactionMessage({
    payerKey: paid.feePayer,
    recentBlockhash: paid.blockhash,
    instructions: [
      ComputeBudgetProgram.setComputeUnitLimit({ units: paid.computeUnitLimit ?? defaultUnits(work.length) }),
      ComputeBudgetProgram.setComputeUnitPrice({ microLamports: paid.computeUnitPriceMicroLamports }),
      ...work,
    ],
  })
    .compileToV0Message()
    .serialize();
}
