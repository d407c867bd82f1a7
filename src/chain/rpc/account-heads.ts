import { PublicKey } from '@solana/web3.js';
import { toCount } from './rpc-endpoint.js';
import { RpcFailure } from './rpc-failure.js';

const SYSTEM_PROGRAM = '11111111111111111111111111111111';

/** What an account is, without its data. */
export interface AccountHead {
  readonly lamports: bigint;
  /** base58 */
  readonly owner: string;
  readonly executable: boolean;
  /** Bytes. */
  readonly dataLength: number;
}

/**
 * The result of getMultipleAccounts, of which no data was asked for.
 * @throws RpcFailure `malformed` when a node sent something else
 */
export function accountHeads(result: unknown): {
  readonly slot: bigint;
  readonly heads: readonly (AccountHead | null)[];
} {
  const { context, value } = fieldsOf(result);
  if (!Array.isArray(value)) throw malformed();
  return { slot: toCount(fieldsOf(context)['slot']), heads: value.map(headOf) };
}

function headOf(account: unknown): AccountHead | null {
  if (account === null) return null;
  const { lamports, owner, executable, space } = fieldsOf(account);
  if (typeof owner !== 'string' || typeof executable !== 'boolean' || !isAddress(owner)) throw malformed();
  return { lamports: toCount(lamports), owner, executable, dataLength: Number(toCount(space)) };
}

function isAddress(text: string): boolean {
  if (text === SYSTEM_PROGRAM) return true;
  try {
    return new PublicKey(text).toBase58() === text;
  } catch {
    return false;
  }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw malformed();
  return value as Record<string, unknown>;
}

function malformed(): RpcFailure {
  return new RpcFailure('malformed', 'an account in the answer is none');
}
