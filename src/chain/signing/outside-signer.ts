import { createHash } from 'node:crypto';
import {
  PublicKey,
  SystemProgram,
  TransactionMessage,
  VersionedMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import { decodePublicKey, encodeBase58 } from '#src/common/text/base58.js';
import { verifyStrict } from './strict-ed25519.js';
import { requiredSigners } from './transfer-transaction.js';

/** A transaction on its way to, or back from, a signer outside of this process. */
export type OutsideTransaction = VersionedTransaction;

/** The SHA-256 of a sentence is the hash of no block of any chain, so nothing that names it can ever land. */
const NO_BLOCK = encodeBase58(createHash('sha256').update('no block has this hash').digest());

/** A message with zeros where the signatures belong: the same bytes however often it is made. */
export function unsignedTransaction(message: Uint8Array): OutsideTransaction {
  return new VersionedTransaction(VersionedMessage.deserialize(message));
}

/** `other_message`: another transaction came back. `wrong_signature`: ours, and the wallet has not signed it. */
export type OutsideAnswer =
  | { readonly ok: true; readonly signature: Uint8Array }
  | { readonly ok: false; readonly problem: 'other_message' | 'wrong_signature' };

/** Takes a wallet's signature of a message out of what an outside signer gave back, which may be anything. */
export function signatureIn(answer: OutsideTransaction, message: Uint8Array, wallet: string): OutsideAnswer {
  if (Buffer.compare(serialized(answer), message) !== 0) return { ok: false, problem: 'other_message' };
  const signature = answer.signatures[requiredSigners(message).indexOf(wallet)];
  const publicKey = decodePublicKey(wallet);
  const isSound = signature && publicKey && verifyStrict(publicKey, message, signature);
  return isSound ? { ok: true, signature } : { ok: false, problem: 'wrong_signature' };
}

/** A transaction that moves nothing and cannot land: for asking a signer to prove that it signs. */
export function deadTransaction(wallet: string): Uint8Array {
  const key = new PublicKey(wallet);
  return new TransactionMessage({
    payerKey: key,
    recentBlockhash: NO_BLOCK,
    instructions: [SystemProgram.transfer({ fromPubkey: key, toPubkey: key, lamports: 0 })],
  })
    .compileToV0Message()
    .serialize();
}

function serialized({ message }: OutsideTransaction): Uint8Array {
  try {
    return message.serialize();
  } catch {
    // Lists too long to be written: no message of ours.
    return new Uint8Array();
  }
}
