import { VersionedMessage, VersionedTransaction } from '@solana/web3.js';
import type { SimulationResult } from '#src/chain/port/chain.js';
import { RpcFailure, transactionError } from './rpc-failure.js';
import type { RpcCaller } from './rpc-voice.js';

const LOG_LINES = 20;
const LOG_LINE_CHARACTERS = 300;

/**
 * Runs a message without its signatures.
 * @param onLatest on whatever blockhash the node has, in place of the message's own
 * @throws RpcUnavailableError also when every node says that it does not know the blockhash: it lags, or the blockhash is old.
 */
export async function simulate(
  caller: RpcCaller,
  message: Uint8Array,
  onLatest = false,
): Promise<SimulationResult> {
  const transaction = new VersionedTransaction(VersionedMessage.deserialize(message));
  return caller.call('simulateTransaction', async ({ connection }) => {
    const { value } = await connection.simulateTransaction(transaction, {
      sigVerify: false,
      replaceRecentBlockhash: onLatest,
      commitment: 'confirmed',
    });
    if (value.err === 'BlockhashNotFound') throw new RpcFailure('behind', 'node does not know the blockhash');
    if (value.err === null) return { ok: true as const, unitsConsumed: value.unitsConsumed ?? 0 };
    const logs = (value.logs ?? []).slice(-LOG_LINES).map((line) => line.slice(0, LOG_LINE_CHARACTERS));
    return { ok: false as const, error: transactionError(value.err), logs };
  });
}
