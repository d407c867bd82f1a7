import {
  ComputeBudgetProgram,
  PublicKey,
  SystemProgram,
  TransactionInstruction,
  TransactionMessage,
  VersionedMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import { encodeBase58 } from '#src/common/text/base58.js';
import type { Lamports } from '#src/common/money/lamports.js';
import type { TransferPlan } from '#src/chain/port/chain.js';

export const MEMO_PROGRAM = new PublicKey('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr');
const LAMPORTS_PER_SIGNATURE = 5_000n;
const MICRO_LAMPORTS = 1_000_000n;

/**
 * A transfer with a payout id as memo uses 963 units where the memo program is the present build (513 of them its own;
 * measured), but the older build needs some 25,000 to check and log the text and the signer. The limit leaves room for
 * that one: it is what the priority fee is charged on, used or not.
 */
export const TRANSFER_COMPUTE_UNIT_LIMIT = 60_000;

/** Compiles the transfer: one deterministic message for one plan. */
export function compileTransfer(plan: TransferPlan): Uint8Array {
  const source = new PublicKey(plan.source);
  return new TransactionMessage({
    payerKey: new PublicKey(plan.feePayer),
    recentBlockhash: plan.blockhash,
    instructions: [
      ComputeBudgetProgram.setComputeUnitLimit({ units: plan.computeUnitLimit }),
      ComputeBudgetProgram.setComputeUnitPrice({ microLamports: plan.computeUnitPriceMicroLamports }),
      SystemProgram.transfer({
        fromPubkey: source,
        toPubkey: new PublicKey(plan.destination),
        lamports: plan.lamports,
      }),
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

/** Fee of a compiled transfer in lamports: 5,000 a signature plus price x limit, rounded up. */
export function transferFee(signers: number, price: bigint, limit = TRANSFER_COMPUTE_UNIT_LIMIT): Lamports {
  return (
    BigInt(signers) * LAMPORTS_PER_SIGNATURE + (price * BigInt(limit) + MICRO_LAMPORTS - 1n) / MICRO_LAMPORTS
  );
}

/** The price that makes `transferFee` exactly `fee`; 0 for a fee that covers no more than the signatures. */
export function priceOfFee(signers: number, fee: Lamports, limit = TRANSFER_COMPUTE_UNIT_LIMIT): bigint {
  const offered = fee - BigInt(signers) * LAMPORTS_PER_SIGNATURE;
  return offered > 0n ? (offered * MICRO_LAMPORTS) / BigInt(limit) : 0n;
}

/** The wallets that have to sign a message, the fee payer first. */
export function requiredSigners(message: Uint8Array): string[] {
  const decoded = VersionedMessage.deserialize(message);
  return decoded.staticAccountKeys
    .slice(0, decoded.header.numRequiredSignatures)
    .map((key) => key.toBase58());
}

/** A signed transaction as it goes over the wire, and its id (the fee payer's signature, base58). */
export interface SignedTransaction {
  readonly bytes: Uint8Array;
  readonly signature: string;
}

/**
 * Puts the signatures (64 bytes each, by wallet) under a message.
 * @throws Error when a required signature is missing.
 */
export function assembleTransaction(
  message: Uint8Array,
  signatures: ReadonlyMap<string, Uint8Array>,
): SignedTransaction {
  const ordered = requiredSigners(message).map((wallet) => {
    const signature = signatures.get(wallet);
    if (signature?.length !== 64) throw new Error(`signature of ${wallet} is missing`);
    return signature;
  });
  const transaction = new VersionedTransaction(VersionedMessage.deserialize(message), ordered);
  const [first] = ordered;
  if (!first) throw new Error('a transaction needs a signer');
  return { bytes: transaction.serialize(), signature: encodeBase58(first) };
}
