import { PublicKey } from '@solana/web3.js';
import type { RpcCaller } from './rpc-voice.js';

/** As many accounts as `getRecentPrioritizationFees` takes. */
const MAX_ACCOUNTS = 128;

/** What transactions of the last blocks paid that wrote to these accounts, micro-lamports a compute unit. @throws RpcUnavailableError */
export async function readRecentFees(caller: RpcCaller, accounts: readonly string[]): Promise<number[]> {
  const lockedWritableAccounts = accounts.slice(0, MAX_ACCOUNTS).map((address) => new PublicKey(address));
  const recent = await caller.call('getRecentPrioritizationFees', ({ connection }) =>
    connection.getRecentPrioritizationFees({ lockedWritableAccounts }),
  );
  return recent.map(({ prioritizationFee }) => prioritizationFee);
}
