import { Connection, PublicKey, SystemProgram, Transaction } from '@solana/web3.js';
import { pollUntil } from '#src/local/support/poll.js';
import type { LocalWallet } from './local-wallet.js';

/**
 * Sends SOL as a wallet does and waits until it is confirmed.
 * @returns the transaction's signature
 */
export async function transferSol(
  rpcUrl: string,
  from: LocalWallet,
  to: string,
  lamports: bigint,
): Promise<string> {
  const connection = new Connection(rpcUrl, 'confirmed');
  const lease = await connection.getLatestBlockhash();
  const transaction = new Transaction({ ...lease, feePayer: from.keypair.publicKey }).add(
    SystemProgram.transfer({
      fromPubkey: from.keypair.publicKey,
      toPubkey: new PublicKey(to),
      lamports,
    }),
  );
  transaction.sign(from.keypair);
  const signature = await connection.sendRawTransaction(transaction.serialize());
  await untilConfirmed(connection, signature);
  return signature;
}

/** Asks the chain's faucet for SOL and waits until it is there. */
export async function airdrop(rpcUrl: string, address: string, lamports: bigint): Promise<void> {
  const connection = new Connection(rpcUrl, 'confirmed');
  await untilConfirmed(connection, await connection.requestAirdrop(new PublicKey(address), Number(lamports)));
}

/** The balance at `confirmed`, in lamports. */
export async function balanceOf(rpcUrl: string, address: string): Promise<bigint> {
  return BigInt(await new Connection(rpcUrl, 'confirmed').getBalance(new PublicKey(address)));
}

async function untilConfirmed(connection: Connection, signature: string): Promise<void> {
  const failure = await pollUntil(`transaction ${signature} to be confirmed`, async () => {
    const { value } = await connection.getSignatureStatuses([signature]);
    const status = value[0];
    if (status?.err) return { error: JSON.stringify(status.err) };
    const level = status?.confirmationStatus;
    return level === 'confirmed' || level === 'finalized' ? { error: null } : undefined;
  });
  if (failure.error !== null) throw new Error(`transaction ${signature} failed on chain: ${failure.error}`);
}
