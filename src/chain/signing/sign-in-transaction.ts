import { createHash } from 'node:crypto';
import { PublicKey, TransactionInstruction, TransactionMessage } from '@solana/web3.js';
import { decodePublicKey, encodeBase58 } from '#src/common/text/base58.js';
import { verifyStrict } from './strict-ed25519.js';
import { MEMO_PROGRAM } from './transfer-transaction.js';

/** What is signed in the place of a sign-in text, by wallets whose hardware signs transactions alone. */
export interface SignInMemo {
  /** The sign-in text. */
  readonly text: string;
  readonly wallet: string;
  readonly nonce: string;
}

/** A transaction is never longer. */
export const MAX_TRANSACTION_BYTES = 1_232;
const SIGNATURE_BYTES = 64;
const ONE_SIGNATURE = 1;

/**
 * The transaction to sign, with an empty place for the one signature. It holds the text as a memo and nothing else, and its
 * blockhash is a hash of the nonce: no block ever had it, so no network takes the transaction.
 */
export function signInTransaction(memo: SignInMemo): Uint8Array {
  const [legacy] = messagesOf(memo);
  return Buffer.concat([Buffer.of(ONE_SIGNATURE), Buffer.alloc(SIGNATURE_BYTES), legacy]);
}

/**
 * True when the bytes are that transaction, unchanged, with the wallet's strict signature. A wallet may write its message in
 * the newer version, which says the same; whatever else it adds is refused. Never throws.
 */
export function isSignedTransaction(transaction: Uint8Array, memo: SignInMemo): boolean {
  const publicKey = decodePublicKey(memo.wallet);
  const parts = partsOf(transaction);
  if (publicKey === null || parts === null) return false;
  const isOurs = messagesOf(memo).some((message) => message.equals(parts.message));
  return isOurs && verifyStrict(publicKey, parts.message, parts.signature);
}

/** One signature and a message; null for anything else. */
function partsOf(transaction: Uint8Array): { signature: Uint8Array; message: Uint8Array } | null {
  const begin = 1 + SIGNATURE_BYTES;
  if (transaction.length <= begin || transaction.length > MAX_TRANSACTION_BYTES) return null;
  if (transaction[0] !== ONE_SIGNATURE) return null;
  return { signature: transaction.subarray(1, begin), message: transaction.subarray(begin) };
}

/** The same message in the legacy version and in version 0. */
function messagesOf({ text, wallet, nonce }: SignInMemo): [Buffer, Buffer] {
  const payerKey = new PublicKey(wallet);
  const message = new TransactionMessage({
    payerKey,
    recentBlockhash: encodeBase58(createHash('sha256').update(`cts-sign-in/${nonce}`).digest()),
    instructions: [
      new TransactionInstruction({
        programId: MEMO_PROGRAM,
        keys: [{ pubkey: payerKey, isSigner: true, isWritable: false }],
        data: Buffer.from(text, 'utf8'),
      }),
    ],
  });
  return [
    Buffer.from(message.compileToLegacyMessage().serialize()),
    Buffer.from(message.compileToV0Message().serialize()),
  ];
}
