import { type AccountInfo, PublicKey, SYSVAR_CLOCK_PUBKEY } from '@solana/web3.js';
import type { AccountState, Balance, ChainTime } from '#src/chain/port/chain.js';
import { NOBODY, type Occupant } from '#src/chain/port/payable.js';
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
    lamports: info === null ? 0n : toCount(info.lamports),
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
  const lamports = info === null ? 0n : toCount(info.lamports);
  return { slot: account?.slot ?? 0n, lamports, ...occupantOf(info) };
}

function occupantOf(info: FoundAccount['info']): Occupant {
  if (info === null) return NOBODY;
  return { exists: true, owner: info.owner.toBase58(), executable: info.executable, dataLength: info.space };
}

/** `space`: bytes of the account's data, of which none is fetched; the client library hands it through untyped. */
interface FoundAccount {
  readonly slot: bigint;
  readonly info: (AccountInfo<Buffer> & { readonly space: number }) | null;
}

async function readAccounts(
  caller: RpcCaller,
  addresses: readonly string[],
  minSlot?: bigint,
  commitment: ReadCommitment = 'confirmed',
): Promise<FoundAccount[]> {
  const keys = addresses.map((address) => new PublicKey(address));
  const found: FoundAccount[] = [];
  for (let start = 0; start < keys.length; start += ACCOUNTS_PER_CALL) {
    const chunk = keys.slice(start, start + ACCOUNTS_PER_CALL);
    found.push(
      ...(await caller.call('getMultipleAccounts', (endpoint) =>
        readChunk(endpoint, chunk, minSlot, commitment),
      )),
    );
  }
  return found;
}

async function readChunk(
  { connection }: RpcEndpoint,
  keys: PublicKey[],
  minSlot: bigint | undefined,
  commitment: ReadCommitment,
): Promise<FoundAccount[]> {
  const { context, value } = await connection.getMultipleAccountsInfoAndContext(keys, {
    commitment,
    dataSlice: { offset: 0, length: 0 },
    ...(minSlot === undefined ? {} : { minContextSlot: Number(minSlot) }),
  });
  const slot = toCount(context.slot);
  // Not every node heeds minContextSlot.
  if (minSlot !== undefined && slot < minSlot)
    throw new RpcFailure('behind', 'node has not reached the slot asked for');
  if (value.length !== keys.length) throw new RpcFailure('malformed', 'accounts are missing in the answer');
  return value.map((info) => ({ slot, info: checkedAccount(info) }));
}

function checkedAccount(info: AccountInfo<Buffer> | null): FoundAccount['info'] {
  if (info === null) return null;
  const { space } = info as { space?: unknown };
  return { ...info, lamports: Number(toCount(info.lamports)), space: Number(toCount(space)) };
}
