import { SYSVAR_CLOCK_PUBKEY } from '@solana/web3.js';
import type { AccountState, Balance, ChainTime } from '#src/chain/port/chain.js';
import { NOBODY, type Occupant } from '#src/chain/port/payable.js';
import { type AccountHead, accountHeads } from './account-heads.js';
import { type RpcEndpoint, toCount } from './rpc-endpoint.js';
import { RpcFailure } from './rpc-failure.js';
import type { RpcCaller } from './rpc-voice.js';

const ACCOUNTS_PER_CALL = 100;
/** Clock sysvar: slot, epoch_start_timestamp, epoch, leader_schedule_epoch, unix_timestamp; 8 bytes each. */
const CLOCK_BYTES = 40;
const UNIX_TIMESTAMP_OFFSET = 32;

export type ReadCommitment = 'confirmed' | 'finalized';

export async function readClock(caller: RpcCaller): Promise<ChainTime> {
  return caller.call('getAccountInfo (Clock)', async ({ connection }) => {
    const { context, value } = await connection.getAccountInfoAndContext(SYSVAR_CLOCK_PUBKEY);
    if (value?.data.length !== CLOCK_BYTES)
      throw new RpcFailure('malformed', 'no Clock sysvar in the answer');
    return {
      slot: toCount(context.slot),
      unixSeconds: Number(value.data.readBigInt64LE(UNIX_TIMESTAMP_OFFSET)),
    };
  });
}

export async function readBalances(
  caller: RpcCaller,
  addresses: readonly string[],
  minSlot?: bigint,
  commitment: ReadCommitment = 'confirmed',
): Promise<Balance[]> {
  const accounts = await readAccounts(caller, addresses, minSlot, commitment);
  return accounts.map(({ slot, info }) => ({
    slot,
    lamports: info?.lamports ?? 0n,
    occupant: occupantOf(info),
  }));
}

export async function readAccount(
  caller: RpcCaller,
  address: string,
  minSlot?: bigint,
): Promise<AccountState> {
  const [account] = await readAccounts(caller, [address], minSlot);
  const info = account?.info ?? null;
  const lamports = info?.lamports ?? 0n;
  return { slot: account?.slot ?? 0n, lamports, ...occupantOf(info) };
}

function occupantOf(info: FoundAccount['info']): Occupant {
  if (info === null) return NOBODY;
  return { exists: true, owner: info.owner, executable: info.executable, dataLength: info.dataLength };
}

interface FoundAccount {
  readonly slot: bigint;
  readonly info: AccountHead | null;
}

async function readAccounts(
  caller: RpcCaller,
  addresses: readonly string[],
  minSlot?: bigint,
  commitment: ReadCommitment = 'confirmed',
): Promise<FoundAccount[]> {
  const found: FoundAccount[] = [];
  for (let start = 0; start < addresses.length; start += ACCOUNTS_PER_CALL) {
    const chunk = addresses.slice(start, start + ACCOUNTS_PER_CALL);
    found.push(
      ...(await caller.call('getMultipleAccounts', (endpoint) =>
        readChunk(endpoint, chunk, minSlot, commitment),
      )),
    );
  }
  return found;
}

/** Without the client library: its checks cost a third of the processor time of a page that shows a balance. */
async function readChunk(
  endpoint: RpcEndpoint,
  addresses: readonly string[],
  minSlot: bigint | undefined,
  commitment: ReadCommitment,
): Promise<FoundAccount[]> {
  const answer = await endpoint.request('getMultipleAccounts', [
    addresses,
    {
      commitment,
      encoding: 'base64',
      dataSlice: { offset: 0, length: 0 },
      ...(minSlot === undefined ? {} : { minContextSlot: Number(minSlot) }),
    },
  ]);
  const { slot, heads } = accountHeads(answer);
  // Not every node heeds minContextSlot.
  if (minSlot !== undefined && slot < minSlot)
    throw new RpcFailure('behind', 'node has not reached the slot asked for');
  if (heads.length !== addresses.length)
    throw new RpcFailure('malformed', 'accounts are missing in the answer');
  return heads.map((info) => ({ slot, info }));
}
