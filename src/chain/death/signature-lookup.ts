import type { SignatureStatus as RpcStatus } from '@solana/web3.js';
import type { SignatureStatus } from '#src/chain/port/signature-status.js';
import { type RpcEndpoint, toCount } from '#src/chain/rpc/rpc-endpoint.js';
import { RpcFailure } from '#src/chain/rpc/rpc-failure.js';
import type { RpcCaller } from '#src/chain/rpc/rpc-voice.js';

export const SIGNATURES_PER_CALL = 256;

/**
 * Statuses of any number of signatures, by one voice. Recent ones are asked first. With `history` the whole ledger is searched for
 * what is not among them; a node that has no history, or refuses it, leaves that absent, which proves nothing.
 * @throws RpcUnavailableError
 */
export async function lookUpStatuses(
  voice: RpcCaller,
  signatures: readonly string[],
  history: boolean,
): Promise<SignatureStatus[]> {
  const statuses: SignatureStatus[] = [];
  for (let start = 0; start < signatures.length; start += SIGNATURES_PER_CALL) {
    const chunk = signatures.slice(start, start + SIGNATURES_PER_CALL);
    const recent = await voice.call(
      'getSignatureStatuses',
      async (endpoint) => (await statusesFrom(endpoint, chunk, false)).statuses,
    );
    statuses.push(...(history ? await searchHistory(voice, chunk, recent) : recent));
  }
  return statuses;
}

async function searchHistory(
  voice: RpcCaller,
  signatures: readonly string[],
  recent: readonly SignatureStatus[],
): Promise<SignatureStatus[]> {
  const missing = signatures.filter((_, index) => recent[index]?.state === 'absent');
  if (missing.length === 0) return [...recent];
  const found = new Map<string, SignatureStatus>();
  const older = await voice
    .call('getSignatureStatuses', async (endpoint) => (await statusesFrom(endpoint, missing, true)).statuses)
    .catch((): SignatureStatus[] => []);
  for (const [index, signature] of missing.entries()) {
    const status = older[index] ?? { state: 'absent' as const };
    found.set(signature, status.state === 'absent' ? await lookForTransaction(voice, signature) : status);
  }
  return signatures.map((signature, index) => found.get(signature) ?? recent[index] ?? { state: 'absent' });
}

/** A node that forgot a status may still show the transaction. */
async function lookForTransaction(voice: RpcCaller, signature: string): Promise<SignatureStatus> {
  return voice
    .call('getTransaction', (endpoint) => transactionStatus(endpoint, signature))
    .catch((): SignatureStatus => ({ state: 'absent' }));
}

export interface StatusAnswer {
  readonly statuses: SignatureStatus[];
  /** Slot of the bank that answered. */
  readonly slot: bigint;
}

/**
 * One request to one endpoint: at most 256 signatures, one status for each, in order.
 * @throws RpcFailure
 */
export async function statusesFrom(
  { connection }: RpcEndpoint,
  signatures: readonly string[],
  history: boolean,
): Promise<StatusAnswer> {
  const { context, value } = await connection.getSignatureStatuses([...signatures], {
    searchTransactionHistory: history,
  });
  if (value.length !== signatures.length)
    throw new RpcFailure('malformed', 'statuses are missing in the answer');
  return { statuses: value.map((status) => toStatus(status)), slot: toCount(context.slot) };
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
