import { VersionedMessage, VersionedTransaction } from '@solana/web3.js';
import { messageOf } from '../common/errors.js';
import type { BroadcastResult, SimulationResult } from './chain.js';
import type { RpcEndpoint } from './rpc-endpoint.js';
import { RpcFailure, toFailure, transactionError } from './rpc-failure.js';
import type { RpcPool } from './rpc-pool.js';

const LOG_LINES = 20;
const LOG_LINE_CHARACTERS = 300;

interface Sent {
  readonly result: BroadcastResult;
  /** The node judged the transaction itself: another node would say the same. */
  readonly final: boolean;
}

/**
 * Sends stored bytes. The first time to the healthiest endpoint, with preflight, and to the next one where that could
 * not be asked; later to every endpoint at once: the bytes are the same, so they land at most once. Never throws.
 */
export async function broadcast(
  pool: RpcPool,
  transaction: Uint8Array,
  first: boolean,
): Promise<BroadcastResult> {
  try {
    return first ? await sendInTurn(pool, transaction) : await sendToAll(pool, transaction);
  } catch (error) {
    return { outcome: 'unknown', reason: messageOf(error) };
  }
}

async function sendInTurn(pool: RpcPool, transaction: Uint8Array): Promise<BroadcastResult> {
  const candidates = pool.byHealth();
  const until = performance.now() + pool.timeoutMs;
  const results: BroadcastResult[] = [];
  for (const [index, endpoint] of candidates.entries()) {
    const share = (until - performance.now()) / (candidates.length - index);
    if (index > 0 && share <= 0) break;
    const sent = await sendTo(endpoint, transaction, true, share);
    results.push(sent.result);
    if (sent.final) break;
  }
  return summary(results);
}

async function sendToAll(pool: RpcPool, transaction: Uint8Array): Promise<BroadcastResult> {
  const candidates = pool.byHealth();
  const ready = candidates.filter((endpoint) => !endpoint.isCooling);
  const sending = (ready.length === 0 ? candidates : ready).map(async (endpoint) => {
    const { result } = await sendTo(endpoint, transaction, false, pool.timeoutMs);
    return result;
  });
  const accepted = sending.map(async (pending) => {
    const result = await pending;
    if (result.outcome !== 'accepted') throw new Error(result.reason);
    return result;
  });
  // One that accepts is enough; a hanging one must not hold up the caller. None of these promises is left unhandled.
  return Promise.any(accepted).catch(async () => summary(await Promise.all(sending)));
}

async function sendTo(
  endpoint: RpcEndpoint,
  transaction: Uint8Array,
  preflight: boolean,
  timeoutMs: number,
): Promise<Sent> {
  const options = { maxRetries: 0, skipPreflight: !preflight, preflightCommitment: 'confirmed' } as const;
  try {
    await endpoint.ask(({ connection }) => connection.sendRawTransaction(transaction, options), timeoutMs);
    return { result: { outcome: 'accepted' }, final: true };
  } catch (error) {
    const failure = toFailure(error);
    const reason = `${endpoint.label}: ${failure.reason}`;
    const outcome = failure.kind === 'rpc' ? 'refused' : 'unknown';
    return { result: { outcome, reason }, final: outcome === 'refused' && !failure.isOutage };
  }
}

/** Accepted by one is accepted; refused only when nobody may have taken it. */
function summary(results: readonly BroadcastResult[]): BroadcastResult {
  return (
    results.find((result) => result.outcome === 'accepted') ??
    results.find((result) => result.outcome === 'unknown') ??
    results[0] ?? { outcome: 'unknown', reason: 'no endpoint was asked' }
  );
}

/**
 * Runs a message without its signatures.
 * @throws RpcUnavailableError also when every node says that it does not know the blockhash: it lags, or the blockhash is old.
 */
export async function simulate(pool: RpcPool, message: Uint8Array): Promise<SimulationResult> {
  const transaction = new VersionedTransaction(VersionedMessage.deserialize(message));
  return pool.call('simulateTransaction', async ({ connection }) => {
    const { value } = await connection.simulateTransaction(transaction, {
      sigVerify: false,
      replaceRecentBlockhash: false,
      commitment: 'confirmed',
    });
    if (value.err === 'BlockhashNotFound') throw new RpcFailure('behind', 'node does not know the blockhash');
    if (value.err === null) return { ok: true as const, unitsConsumed: value.unitsConsumed ?? 0 };
    const logs = (value.logs ?? []).slice(-LOG_LINES).map((line) => line.slice(0, LOG_LINE_CHARACTERS));
    return { ok: false as const, error: transactionError(value.err), logs };
  });
}
