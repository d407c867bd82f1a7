import type { HistoryEntry } from '#src/chain/port/chain.js';
import { present } from '#src/common/present.js';
import { type RpcEndpoint, toCount } from './rpc-endpoint.js';
import { RpcFailure } from './rpc-failure.js';

/** As many as a node gives at once: a shorter answer is the last one. */
export const HISTORY_PAGE = 1_000;

export interface PageOf {
  /** The last signature of the page before. */
  readonly before?: string | undefined;
  /** Where to end: this one and what is older is left out. */
  readonly until?: string | undefined;
}

/** Newest first. @throws RpcFailure */
export async function readHistory(
  endpoint: RpcEndpoint,
  address: string,
  page: PageOf = {},
): Promise<HistoryEntry[]> {
  const options = { limit: HISTORY_PAGE, commitment: 'finalized', ...present(page) };
  const answer = await endpoint.request('getSignaturesForAddress', [address, options]);
  if (!Array.isArray(answer)) throw new RpcFailure('malformed', 'no list of signatures in the answer');
  return answer.map(toEntry);
}

function toEntry(entry: unknown): HistoryEntry {
  const { signature, slot, memo, err } = (entry ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof signature !== 'string') throw new RpcFailure('malformed', 'a transaction without signature');
  return {
    signature,
    slot: toCount(slot),
    memos: typeof memo === 'string' ? memo : null,
    failed: (err ?? null) !== null,
  };
}
