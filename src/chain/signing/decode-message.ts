import {
  ComputeBudgetInstruction,
  type MessageCompiledInstruction,
  PublicKey,
  SystemInstruction,
  TransactionInstruction,
  VersionedMessage,
} from '@solana/web3.js';
import type { MemoPlan, TransferPlan, UnwrapPlan } from '#src/chain/port/chain.js';
import { compileMemo } from './memo-transaction.js';
import { compileTransfer, MEMO_PROGRAM } from './transfer-transaction.js';
import { compileUnwrap } from './unwrap-transaction.js';

/**
 * Reads a message that is one transfer with a memo and nothing else, and builds it again from what was read: only bytes that
 * `compileTransfer` makes are taken, so nothing can hide in another encoding.
 * @returns null for everything else
 */
export function decodeTransfer(message: Uint8Array): TransferPlan | null {
  return exactly(message, readTransfer, compileTransfer);
}

/** The same for the closing of an escrow's own wrapped-SOL account into the escrow, with a memo. */
export function decodeUnwrap(message: Uint8Array): UnwrapPlan | null {
  return exactly(message, readUnwrap, compileUnwrap);
}

/** The same for a text and nothing else. */
export function decodeMemo(message: Uint8Array): MemoPlan | null {
  return exactly(message, readMemo, compileMemo);
}

function exactly<P>(
  message: Uint8Array,
  read: (instructions: readonly TransactionInstruction[], head: Head) => P | null,
  compile: (plan: P) => Uint8Array,
): P | null {
  try {
    const decoded = VersionedMessage.deserialize(message);
    if (decoded.version !== 0 || decoded.addressTableLookups.length > 0) return null;
    const { staticAccountKeys: keys, recentBlockhash: blockhash } = decoded;
    const isSigner = (index: number) => decoded.isAccountSigner(index);
    const instructions = decoded.compiledInstructions.map((one) => instructionOf(one, keys, isSigner));
    const [payer] = keys;
    const plan = payer && read(instructions, { blockhash, feePayer: payer.toBase58() });
    if (!plan) return null;
    return Buffer.from(compile(plan)).equals(message) ? plan : null;
  } catch {
    // Bytes that are no message, or an instruction that is not the one expected at its place.
    return null;
  }
}

interface Head {
  readonly blockhash: string;
  readonly feePayer: string;
}

function readTransfer(
  [limit, price, transfer, memo, ...more]: readonly TransactionInstruction[],
  head: Head,
): TransferPlan | null {
  if (!limit || !price || !transfer || !memo || more.length > 0) return null;
  const { fromPubkey, toPubkey, lamports } = SystemInstruction.decodeTransfer(transfer);
  const text = memoOf(memo);
  if (text === null) return null;
  return {
    ...head,
    source: fromPubkey.toBase58(),
    destination: toPubkey.toBase58(),
    lamports,
    memo: text,
    ...budgetOf(limit, price),
  };
}

function readUnwrap(
  [limit, price, close, memo, ...more]: readonly TransactionInstruction[],
  head: Head,
): UnwrapPlan | null {
  if (!limit || !price || !close || !memo || more.length > 0) return null;
  // The account, who gets what it holds, and its owner: compiled again, the last two have to be one wallet.
  const [, source] = close.keys;
  const text = memoOf(memo);
  if (source === undefined || text === null) return null;
  return { ...head, source: source.pubkey.toBase58(), memo: text, ...budgetOf(limit, price) };
}

function readMemo(
  [limit, price, memo, ...more]: readonly TransactionInstruction[],
  head: Head,
): MemoPlan | null {
  if (!limit || !price || !memo || more.length > 0) return null;
  const text = memoOf(memo);
  return text === null ? null : { ...head, memo: text, ...budgetOf(limit, price) };
}

function budgetOf(limit: TransactionInstruction, price: TransactionInstruction) {
  const { units } = ComputeBudgetInstruction.decodeSetComputeUnitLimit(limit);
  const { microLamports } = ComputeBudgetInstruction.decodeSetComputeUnitPrice(price);
  return { computeUnitLimit: units, computeUnitPriceMicroLamports: BigInt(microLamports) };
}

function memoOf({ programId, data }: TransactionInstruction): string | null {
  return programId.equals(MEMO_PROGRAM) ? Buffer.from(data).toString('utf8') : null;
}

function instructionOf(
  { programIdIndex, accountKeyIndexes, data }: MessageCompiledInstruction,
  keys: readonly PublicKey[],
  isSigner: (index: number) => boolean,
): TransactionInstruction {
  return new TransactionInstruction({
    programId: keyAt(keys, programIdIndex),
    keys: accountKeyIndexes.map((index) => ({
      pubkey: keyAt(keys, index),
      isSigner: isSigner(index),
      isWritable: true,
    })),
    data: Buffer.from(data),
  });
}

function keyAt(keys: readonly PublicKey[], index: number): PublicKey {
  const key = keys[index];
  if (key === undefined) throw new Error('the message names an account that it does not list');
  return key;
}
