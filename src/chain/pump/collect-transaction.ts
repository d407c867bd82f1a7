import { ComputeBudgetProgram, PublicKey, TransactionInstruction, TransactionMessage } from '@solana/web3.js';
import { MEMO_PROGRAM } from '#src/chain/signing/transfer-transaction.js';
import { defaultUnits } from './compute-units.js';
import { type CollectedFees, feeInstructions } from './fee-instructions.js';

/** The collection of an escrow's creator fees by the fee payer. The escrow does not sign: pump.fun's programs never get its signature. */
export interface CollectPlan extends CollectedFees {
  readonly escrow: string;
  readonly feePayer: string;
  /** SPL Memo text: the operation's id. */
  readonly memo: string;
  readonly blockhash: string;
  /** Null: what the runtime allots where nothing is known. */
  readonly computeUnitLimit: number | null;
  readonly computeUnitPriceMicroLamports: bigint;
}

/** One deterministic message for one plan. */
export function compileCollect(plan: CollectPlan): Uint8Array {
  const payer = new PublicKey(plan.feePayer);
  const work = feeInstructions(payer, new PublicKey(plan.escrow), plan);
  return new TransactionMessage({
    payerKey: payer,
    recentBlockhash: plan.blockhash,
    instructions: [
      ComputeBudgetProgram.setComputeUnitLimit({ units: plan.computeUnitLimit ?? defaultUnits(work.length) }),
      ComputeBudgetProgram.setComputeUnitPrice({ microLamports: plan.computeUnitPriceMicroLamports }),
      ...work,
      new TransactionInstruction({
        programId: MEMO_PROGRAM,
        keys: [{ pubkey: payer, isSigner: true, isWritable: false }],
        data: Buffer.from(plan.memo, 'utf8'),
      }),
    ],
  })
    .compileToV0Message()
    .serialize();
}
