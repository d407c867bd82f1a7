/** Pure: what a token account held before a transaction, out of what a node tells of that. */
import type { TokenAccountRef } from '#src/chain/port/chain.js';
import { RpcFailure } from '#src/chain/rpc/rpc-failure.js';

/** As `getTransaction` answers it; nothing in it is believed. */
export interface PastTransaction {
  readonly transaction?: { readonly message?: { readonly accountKeys?: unknown } };
  readonly meta?: {
    readonly loadedAddresses?: { readonly writable?: unknown; readonly readonly?: unknown } | null;
    readonly preTokenBalances?: unknown;
  } | null;
}

interface TokenBalance {
  readonly accountIndex?: unknown;
  readonly mint?: unknown;
  readonly owner?: unknown;
  readonly uiTokenAmount?: { readonly amount?: unknown };
}

/**
 * Raw units; 0 where the account was not there yet, was another wallet's, or held another token.
 * @throws RpcFailure for an answer that does not say it
 */
export function balanceBefore(
  { transaction, meta }: PastTransaction,
  mint: string,
  { address, owner }: TokenAccountRef,
): bigint {
  const keys = [
    ...textsOf(transaction?.message?.accountKeys),
    ...textsOf(meta?.loadedAddresses?.writable ?? []),
    ...textsOf(meta?.loadedAddresses?.readonly ?? []),
  ];
  const index = keys.indexOf(address);
  const balances = meta?.preTokenBalances;
  if (index === -1 || !Array.isArray(balances)) throw unreadable();
  const balance = (balances as TokenBalance[]).find(({ accountIndex }) => accountIndex === index);
  if (balance === undefined) return 0n;
  const amount = balance.uiTokenAmount?.amount;
  if (typeof balance.owner !== 'string' || typeof amount !== 'string' || !/^\d{1,20}$/.test(amount))
    throw unreadable();
  return balance.mint === mint && balance.owner === owner ? BigInt(amount) : 0n;
}

function textsOf(value: unknown): string[] {
  if (!Array.isArray(value) || value.some((one) => typeof one !== 'string')) throw unreadable();
  return value as string[];
}

function unreadable(): RpcFailure {
  return new RpcFailure('malformed', 'a transaction without the token balances before it');
}
