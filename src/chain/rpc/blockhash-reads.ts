import { type RpcEndpoint, toCount } from './rpc-endpoint.js';
import { RpcFailure } from './rpc-failure.js';

/** @param slot a node that has not reached it cannot say; without it, whatever bank it has */
export async function isBlockhashValid(
  endpoint: RpcEndpoint,
  blockhash: string,
  slot?: bigint,
): Promise<boolean> {
  const options = {
    commitment: 'confirmed',
    ...(slot === undefined ? {} : { minContextSlot: Number(slot) }),
  };
  const answer = await endpoint.request('isBlockhashValid', [blockhash, options]);
  const { context, value } = (answer ?? {}) as { context?: { slot?: unknown }; value?: unknown };
  if (typeof value !== 'boolean') throw new RpcFailure('malformed', 'no word about the blockhash');
  // Not every node heeds minContextSlot.
  if (slot !== undefined && toCount(context?.slot) < slot)
    throw new RpcFailure('behind', 'node has not reached the slot asked for');
  return value;
}

/**
 * The confirmed block height. Asked for after the node knew a blockhash, it is at least that of the blockhash; a node behind a load
 * balancer may be some blocks lower, which the margin of a death proof covers. (Some nodes refuse minContextSlot here.)
 */
export async function confirmedHeight(endpoint: RpcEndpoint): Promise<bigint> {
  return toCount(await endpoint.request('getBlockHeight', [{ commitment: 'confirmed' }]));
}
