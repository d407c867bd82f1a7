import { decodePublicKey } from '#src/common/text/base58.js';
import { toCount } from './rpc-endpoint.js';
import { RpcFailure } from './rpc-failure.js';

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
  if (typeof owner !== 'string' || typeof executable !== 'boolean' || decodePublicKey(owner) === null)
    throw malformed();
  return { lamports: toCount(lamports), owner, executable, dataLength: Number(toCount(space)) };
}

function fieldsOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw malformed();
  return value as Record<string, unknown>;
}

function malformed(): RpcFailure {
  return new RpcFailure('malformed', 'an account in the answer is none');
}
