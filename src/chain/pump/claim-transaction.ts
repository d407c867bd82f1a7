import { ComputeBudgetProgram, PublicKey, TransactionMessage, VersionedTransaction } from '@solana/web3.js';
import { defaultUnits } from './compute-units.js';
import { type CollectedFees, feeInstructions, paysWrapped, unwrapOwn } from './fee-instructions.js';

/** Which creator fees a wallet is to collect, in a transaction of its own. Addresses are base58. */
export interface ClaimPlan extends CollectedFees {
  readonly wallet: string;
  readonly blockhash: string;
  /** Null: what the runtime allots where nothing is known. */
  readonly computeUnitLimit: number | null;
  readonly computeUnitPriceMicroLamports: bigint;
}

/** The message that the wallet signs. */
export function compileClaimMessage(plan: ClaimPlan): Uint8Array {
  return messageOf(plan).serialize();
}

/** The transaction without its one signature, the wallet's, as it goes over the wire. */
export function compileClaim(plan: ClaimPlan): Uint8Array {
  return new VersionedTransaction(messageOf(plan)).serialize();
}

function messageOf(plan: ClaimPlan) {
  const wallet = new PublicKey(plan.wallet);
  const work = [...feeInstructions(wallet, wallet, plan), ...(paysWrapped(plan) ? [unwrapOwn(wallet)] : [])];
  return new TransactionMessage({
    payerKey: wallet,
    recentBlockhash: plan.blockhash,
    instructions: [
      ComputeBudgetProgram.setComputeUnitLimit({ units: plan.computeUnitLimit ?? defaultUnits(work.length) }),
      ComputeBudgetProgram.setComputeUnitPrice({ microLamports: plan.computeUnitPriceMicroLamports }),
      ...work,
    ],
  }).compileToV0Message();
}
