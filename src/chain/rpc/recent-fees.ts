import type { PublicKey } from '@solana/web3.js';
import type { RpcCaller } from './rpc-voice.js';

/** What transactions of the last blocks paid that wrote to these accounts, micro-lamports a compute unit. @throws RpcUnavailableError */
export async function readRecentFees(caller: RpcCaller, accounts: readonly PublicKey[]): Promise<number[]> {
  const recent = await caller.call('getRecentPrioritizationFees', ({ connection }) =>
    connection.getRecentPrioritizationFees({ lockedWritableAccounts: [...accounts] }),
  );
  return recent.map(({ prioritizationFee }) => prioritizationFee);
}
