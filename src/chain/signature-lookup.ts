import type { SignatureStatus as RpcStatus } from '@solana/web3.js';
import type { SignatureStatus } from './chain.js';
import { type RpcEndpoint, toCount } from './rpc-endpoint.js';
import { RpcFailure } from './rpc-failure.js';
import type { RpcPool } from './rpc-pool.js';

export const SIGNATURES_PER_CALL = 256;
/** The second opinion about unknown signatures is worth this much waiting, not more. */
const SECOND_OPINION_MS = 1_000;

/**
 * Statuses of any number of signatures. What the first endpoint does not know the others are asked as well: a node that
 * lags, pruned its history or lies must not hide a transaction that landed. That second question is best effort.
 * @throws RpcUnavailableError
 */
export async function lookUpStatuses(
  pool: RpcPool,
  signatures: readonly string[],
  history: boolean,
): Promise<SignatureStatus[]> {
  const statuses: SignatureStatus[] = [];
  for (let start = 0; start < signatures.length; start += SIGNATURES_PER_CALL) {
    const chunk = signatures.slice(start, start + SIGNATURES_PER_CALL);
    const first = await pool.call('getSignatureStatuses', async (endpoint) => ({
      endpoint,
      statuses: await statusesFrom(endpoint, chunk, history),
    }));
    const known = await fillIn(pool, first, chunk, history);
    statuses.push(...(history ? await lookForTransactions(pool, chunk, known) : known));
  }
  return statuses;
}

/**
 * One request to one endpoint: at most 256 signatures, one status for each, in order.
 * @throws RpcFailure
 */
export async function statusesFrom(
  { connection }: RpcEndpoint,
  signatures: readonly string[],
  history: boolean,
): Promise<SignatureStatus[]> {
  const { value } = await connection.getSignatureStatuses([...signatures], {
    searchTransactionHistory: history,
  });
  if (value.length !== signatures.length)
    throw new RpcFailure('malformed', 'statuses are missing in the answer');
  return value.map((status) => toStatus(status));
}

function toStatus(status: RpcStatus | null): SignatureStatus {
  if (status === null) return { state: 'absent' };
  // Nodes older than `confirmationStatus` say "rooted" by null confirmations.
  const state = status.confirmationStatus ?? (status.confirmations === null ? 'finalized' : 'processed');
  return {
    state,
    slot: toCount(status.slot),
    error: status.err === null ? null : JSON.stringify(status.err),
  };
}

async function fillIn(
  pool: RpcPool,
  first: { readonly endpoint: RpcEndpoint; readonly statuses: readonly SignatureStatus[] },
  signatures: readonly string[],
  history: boolean,
): Promise<SignatureStatus[]> {
  const missing = signatures.filter((_, index) => first.statuses[index]?.state === 'absent');
  const others = pool.endpoints.filter((endpoint) => endpoint !== first.endpoint && !endpoint.isCooling);
  if (missing.length === 0 || others.length === 0) return [...first.statuses];
  const patience = Math.min(SECOND_OPINION_MS, pool.timeoutMs);
  const opinions = await Promise.all(
    others.map((other) =>
      other.ask((endpoint) => statusesFrom(endpoint, missing, history), patience).catch(() => null),
    ),
  );
  return first.statuses.map((status, index) => {
    const position = missing.indexOf(signatures[index] ?? '');
    if (status.state !== 'absent' || position < 0) return status;
    const known = opinions.map((opinion) => opinion?.[position]).filter((item) => item !== undefined);
    return known.reduce((best, item) => (rank(item) > rank(best) ? item : best), status);
  });
}

/**
 * A node that forgot a status may still show the transaction. Best effort: what cannot be asked stays absent, which proves
 * nothing.
 */
async function lookForTransactions(
  pool: RpcPool,
  signatures: readonly string[],
  statuses: readonly SignatureStatus[],
): Promise<SignatureStatus[]> {
  const [endpoint] = pool.byHealth();
  if (endpoint === undefined || endpoint.isCooling) return [...statuses];
  const patience = Math.min(SECOND_OPINION_MS, pool.timeoutMs);
  return Promise.all(
    statuses.map(async (status, index) => {
      const signature = signatures[index];
      if (status.state !== 'absent' || signature === undefined) return status;
      return endpoint.ask(() => transactionStatus(endpoint, signature), patience).catch(() => status);
    }),
  );
}

/**
 * The status of one signature as its transaction tells it: finalized when its slot is.
 * @throws RpcFailure
 */
export async function transactionStatus(endpoint: RpcEndpoint, signature: string): Promise<SignatureStatus> {
  const options = { commitment: 'confirmed', encoding: 'base64', maxSupportedTransactionVersion: 0 };
  const answer = await endpoint.request('getTransaction', [signature, options]);
  if (answer === null) return { state: 'absent' };
  const { slot, meta } = answer as { slot?: unknown; meta?: { err?: unknown } | null };
  // Without metadata nobody knows whether it succeeded.
  if (meta === null || meta === undefined)
    throw new RpcFailure('malformed', 'a transaction without metadata');
  const landedSlot = toCount(slot);
  const isFinal = landedSlot <= toCount(await endpoint.connection.getSlot('finalized'));
  const error = meta.err === null || meta.err === undefined ? null : JSON.stringify(meta.err);
  return { state: isFinal ? 'finalized' : 'confirmed', slot: landedSlot, error };
}

function rank(status: SignatureStatus): number {
  return ['absent', 'processed', 'confirmed', 'finalized'].indexOf(status.state);
}
