import { Connection, type Keypair, Transaction, type TransactionInstruction } from '@solana/web3.js';
import { pollUntil } from '#src/local/support/poll.js';
import type { LocalWallet } from './local-wallet.js';

/**
 * Sends instructions in one transaction, paid by the wallet, and waits until it is confirmed.
 * @param signers keys that sign beside the wallet, such as a new account's
 * @returns the transaction's signature
 * @throws Error when the chain refuses it or it fails there.
 */
export async function sendInstructions(
  rpcUrl: string,
  payer: LocalWallet,
  instructions: readonly TransactionInstruction[],
  signers: readonly Keypair[] = [],
): Promise<string> {
  const connection = new Connection(rpcUrl, 'confirmed');
  const lease = await connection.getLatestBlockhash();
  const transaction = new Transaction({ ...lease, feePayer: payer.keypair.publicKey }).add(...instructions);
  transaction.sign(payer.keypair, ...signers);
  const signature = await connection.sendRawTransaction(transaction.serialize());
  const failure = await pollUntil(`transaction ${signature} to be confirmed`, async () => {
    const [status] = (await connection.getSignatureStatuses([signature])).value;
    if (status?.err) return { error: JSON.stringify(status.err) };
    const level = status?.confirmationStatus;
    return level === 'confirmed' || level === 'finalized' ? { error: null } : undefined;
  });
  if (failure.error !== null) throw new Error(`transaction ${signature} failed on chain: ${failure.error}`);
  return signature;
}
