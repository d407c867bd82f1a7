import { messageOf } from '#src/common/errors/errors.js';
import type { BroadcastResult } from '#src/chain/port/chain.js';
import type { RpcEndpoint } from './rpc-endpoint.js';
import { type RpcFailure, toFailure } from './rpc-failure.js';
import type { RpcPool } from './rpc-pool.js';

/** A node says so of bytes whose blockhash it does not know: it may lag, and the leader it sends them to may not. */
const UNKNOWN_BLOCKHASH = /BlockhashNotFound/;

/**
 * Sends stored bytes to every endpoint at once: one that swallows them keeps them from nobody else, and the bytes are the same, so
 * they land at most once. Each sends only what its preflight accepts, so that what would fail costs no fee. Never throws.
 */
export async function broadcast(pool: RpcPool, transaction: Uint8Array): Promise<BroadcastResult> {
  try {
    const candidates = pool.byHealth();
    const ready = candidates.filter((endpoint) => !endpoint.isCooling);
    const sending = (ready.length === 0 ? candidates : ready).map((endpoint) =>
      sendTo(endpoint, transaction, pool.timeoutMs),
    );
    const accepted = sending.map(async (pending) => {
      const result = await pending;
      if (result.outcome !== 'accepted') throw new Error(result.reason);
      return result;
    });
    // One that accepts is enough; a hanging one must not hold up the caller. None of these promises is left unhandled.
    return await Promise.any(accepted).catch(async () => summary(await Promise.all(sending)));
  } catch (error) {
    return { outcome: 'unknown', reason: messageOf(error) };
  }
}

async function sendTo(
  endpoint: RpcEndpoint,
  transaction: Uint8Array,
  timeoutMs: number,
): Promise<BroadcastResult> {
  const failure = await send(endpoint, transaction, timeoutMs, true);
  if (failure === null) return { outcome: 'accepted' };
  if (!UNKNOWN_BLOCKHASH.test(failure.reason)) return resultOf(endpoint, failure);
  const again = await send(endpoint, transaction, timeoutMs, false);
  return again === null ? { outcome: 'accepted' } : resultOf(endpoint, again);
}

async function send(
  endpoint: RpcEndpoint,
  transaction: Uint8Array,
  timeoutMs: number,
  preflight: boolean,
): Promise<RpcFailure | null> {
  const options = { maxRetries: 0, skipPreflight: !preflight, preflightCommitment: 'confirmed' } as const;
  try {
    await endpoint.ask(({ connection }) => connection.sendRawTransaction(transaction, options), timeoutMs);
    return null;
  } catch (error) {
    return toFailure(error);
  }
}

function resultOf(endpoint: RpcEndpoint, failure: RpcFailure): BroadcastResult {
  const reason = `${endpoint.label}: ${failure.reason}`;
  return { outcome: failure.kind === 'rpc' ? 'refused' : 'unknown', reason };
}

/** Refused only when nobody may have taken it. */
function summary(results: readonly BroadcastResult[]): BroadcastResult {
  return (
    results.find((result) => result.outcome === 'accepted') ??
    results.find((result) => result.outcome === 'unknown') ??
    results[0] ?? { outcome: 'unknown', reason: 'no endpoint was asked' }
  );
}
