/** What token accounts held at the end of an earlier slot, as one voice tells it. */
import { PublicKey } from '@solana/web3.js';
import type { TokenAccountRef } from '#src/chain/port/chain.js';
import { readHistory } from '#src/chain/rpc/history-reads.js';
import { type RpcEndpoint, toCount } from '#src/chain/rpc/rpc-endpoint.js';
import { RpcFailure } from '#src/chain/rpc/rpc-failure.js';
import type { RpcCaller } from '#src/chain/rpc/rpc-voice.js';
import { type PastTransaction, balanceBefore } from './balance-before.js';
import { decodeTokenAccount } from './token-mint.js';

const TOKEN_ACCOUNT_BYTES = 1_024;

/**
 * In the order asked; 0 for an account that was not there, was another one's or holds another token. Few accounts a call: all of
 * it is asked of one endpoint, within one deadline.
 */
export function readPastAmounts(
  caller: RpcCaller,
  mint: string,
  accounts: readonly TokenAccountRef[],
  slot: bigint,
): Promise<bigint[]> {
  return caller.call('the history of token accounts', async (endpoint) => {
    const first = toCount(await endpoint.connection.getFirstAvailableBlock());
    if (first > slot)
      throw new RpcFailure('behind', `its history begins at slot ${first}, and slot ${slot} is asked for`);
    // Before their histories: what changes an account in between then shows there.
    const present = await readPresent(endpoint, mint, accounts);
    return Promise.all(
      accounts.map(async (account, index) => {
        const since = await firstSince(endpoint, account.address, slot);
        return since === null ? (present[index] ?? 0n) : balanceBefore(since, mint, account);
      }),
    );
  });
}

async function readPresent(
  { connection }: RpcEndpoint,
  mint: string,
  accounts: readonly TokenAccountRef[],
): Promise<bigint[]> {
  const keys = accounts.map(({ address }) => new PublicKey(address));
  const { value } = await connection.getMultipleAccountsInfoAndContext(keys, {
    commitment: 'finalized',
    dataSlice: { offset: 0, length: TOKEN_ACCOUNT_BYTES },
  });
  if (value.length !== keys.length) throw new RpcFailure('malformed', 'accounts are missing in the answer');
  return accounts.map(({ owner }, index) => {
    const [key, account] = [keys[index], value[index]];
    const found = key && account ? decodeTokenAccount(key, account) : null;
    return found?.mint.toBase58() === mint && found.owner.toBase58() === owner ? found.rawAmount : 0n;
  });
}

/** The oldest transaction after the slot that names the account; null where there is none. */
async function firstSince(
  endpoint: RpcEndpoint,
  address: string,
  slot: bigint,
): Promise<PastTransaction | null> {
  let oldest: string | undefined;
  for (;;) {
    const page = await readHistory(endpoint, address, { before: oldest });
    const since = page.filter((entry) => entry.slot > slot);
    oldest = since.at(-1)?.signature ?? oldest;
    if (page.length === 0 || since.length < page.length) break;
  }
  return oldest === undefined ? null : readTransaction(endpoint, oldest);
}

async function readTransaction(endpoint: RpcEndpoint, signature: string): Promise<PastTransaction> {
  const options = { commitment: 'confirmed', encoding: 'json', maxSupportedTransactionVersion: 0 };
  const found = await endpoint.request('getTransaction', [signature, options]);
  if (found === null || found === undefined)
    throw new RpcFailure('behind', 'it lists a transaction of a token account and does not have it');
  return found;
}
