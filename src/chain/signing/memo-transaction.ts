import {
  ComputeBudgetProgram,
  PublicKey,
  TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import type { FinalizedMemo, MemoPlan } from '#src/chain/port/chain.js';
import type { RpcEndpoint } from '#src/chain/rpc/rpc-endpoint.js';
import { RpcFailure } from '#src/chain/rpc/rpc-failure.js';
import { MEMO_PROGRAM } from './transfer-transaction.js';

/** Compiles the text into a message that its payer has to sign. */
export function compileMemo(plan: MemoPlan): Uint8Array {
  const payer = new PublicKey(plan.feePayer);
  return new TransactionMessage({
    payerKey: payer,
    recentBlockhash: plan.blockhash,
    instructions: [
      ComputeBudgetProgram.setComputeUnitLimit({ units: plan.computeUnitLimit }),
      ComputeBudgetProgram.setComputeUnitPrice({ microLamports: plan.computeUnitPriceMicroLamports }),
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

/**
 * The memo of a finalized, successful transaction; null where there is none.
 * @throws RpcFailure
 */
export async function readFinalizedMemo(
  endpoint: RpcEndpoint,
  signature: string,
): Promise<FinalizedMemo | null> {
  const options = { commitment: 'finalized', encoding: 'base64', maxSupportedTransactionVersion: 0 };
  const answer = await endpoint.request('getTransaction', [signature, options]);
  if (answer === null) return null;
  const { transaction, meta } = answer as { transaction?: unknown; meta?: { err?: unknown } | null };
  const [bytes] = Array.isArray(transaction) ? (transaction as unknown[]) : [];
  if (typeof bytes !== 'string' || meta === null || meta === undefined)
    throw new RpcFailure('malformed', 'a transaction without its bytes or metadata');
  return (meta.err ?? null) === null ? memoIn(bytes) : null;
}

function memoIn(base64: string): FinalizedMemo | null {
  const { message } = VersionedTransaction.deserialize(Uint8Array.from(Buffer.from(base64, 'base64')));
  const keys = message.staticAccountKeys;
  const found = message.compiledInstructions.find(({ programIdIndex }) =>
    keys[programIdIndex]?.equals(MEMO_PROGRAM),
  );
  const [payer] = keys;
  if (found === undefined || payer === undefined) return null;
  return { memo: Buffer.from(found.data).toString('utf8'), feePayer: payer.toBase58() };
}
