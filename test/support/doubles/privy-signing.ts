import { VersionedTransaction } from '@solana/web3.js';
import { TestWallet } from '../builders/wallets.js';

/** The transaction with the wallet's signature in its place; null when the wallet is not asked to sign it. */
export function signInside(bytes: Uint8Array, wallet: TestWallet): Uint8Array | null {
  const transaction = VersionedTransaction.deserialize(bytes);
  const { message } = transaction;
  const index = message.staticAccountKeys.findIndex((key) => key.toBase58() === wallet.address);
  if (index < 0 || index >= message.header.numRequiredSignatures) return null;
  transaction.signatures[index] = wallet.sign(message.serialize());
  return transaction.serialize();
}

/** The same transfer over another blockhash: nothing that anybody asked for. */
export function otherMessage(bytes: Uint8Array): Uint8Array {
  const transaction = VersionedTransaction.deserialize(bytes);
  transaction.message.recentBlockhash = TestWallet.generate().address;
  return transaction.serialize();
}

/** Every signature is one of a key that nobody knows. */
export function corrupt(bytes: Uint8Array): Uint8Array {
  const transaction = VersionedTransaction.deserialize(bytes);
  const stranger = TestWallet.generate();
  const message = transaction.message.serialize();
  transaction.signatures = transaction.signatures.map(() => stranger.sign(message));
  return transaction.serialize();
}
