import type { HistoryCursor, HistoryEntry, HistoryPart } from '#src/chain/port/chain.js';
import { HistoryIncompleteError } from '#src/chain/port/chain.errors.js';
import { HISTORY_PAGE, readHistory } from '#src/chain/rpc/history-reads.js';
import { type RpcEndpoint, toCount } from '#src/chain/rpc/rpc-endpoint.js';
import type { RpcCaller } from '#src/chain/rpc/rpc-voice.js';
import type { Voices } from '#src/chain/voices/voices.js';
import { agreeOnHistory, gapIn, type ToldHistory } from './agreed-history.js';

/** How long before the making of an address a history may begin later than it, by the difference of two clocks. */
const CLOCKS_DIFFER_SECONDS = 60n;

/**
 * What all voices show of an address since a cursor.
 * @param made when the address was made, for the first look; null: a history that ends is believed to be whole
 * @throws HistoryIncompleteError, SingleSourceError, RpcUnavailableError
 */
export async function readHistorySince(
  voices: Voices,
  address: string,
  cursor: HistoryCursor | null,
  made: Date | null,
): Promise<HistoryPart> {
  const heard = await voices.hear('getSignaturesForAddress', (voice) => tell(voice, address, cursor, made));
  const gap = gapIn(heard.hearing.words);
  if (gap !== null) throw new HistoryIncompleteError(address, gap);
  const agreement = agreeOnHistory(heard.hearing, heard.standing, cursor);
  return voices.decided(`the transactions of ${address}`, heard, agreement);
}

async function tell(
  voice: RpcCaller,
  address: string,
  cursor: HistoryCursor | null,
  made: Date | null,
): Promise<ToldHistory> {
  const entries: HistoryEntry[] = [];
  // The cursor itself has to be in the answer: that shows that nothing between is left out.
  const until = cursor?.before ?? undefined;
  for (;;) {
    const before = entries.at(-1)?.signature;
    const page = await voice.call('getSignaturesForAddress', (endpoint) =>
      readHistory(endpoint, address, { before, until }),
    );
    entries.push(...page);
    const at = entries.findIndex(({ signature }) => signature === cursor?.signature);
    if (at !== -1) return { entries: entries.slice(0, at + 1), gap: null };
    if (page.length === HISTORY_PAGE) continue;
    if (cursor !== null) return { entries, gap: `it does not show transaction ${cursor.signature}` };
    return { entries, gap: await beginningGap(voice, made) };
  }
}

/** A node that has thrown older blocks away shows the end of a history as if it were all. */
async function beginningGap(voice: RpcCaller, made: Date | null): Promise<string | null> {
  if (made === null) return null;
  const begins = await voice.call('getBlockTime', firstBlockTime);
  const limit = BigInt(Math.floor(made.getTime() / 1000)) + CLOCKS_DIFFER_SECONDS;
  if (begins <= limit) return null;
  return `its history begins at ${new Date(Number(begins) * 1000).toISOString()}, and the escrow is older`;
}

/** Nodes throw old blocks away slowly: asked for this seldom, a first look costs one call. */
const ASKED_EVERY_MS = 600_000;
const beginnings = new WeakMap<RpcEndpoint, { readonly time: bigint; readonly askedAt: number }>();

async function firstBlockTime(endpoint: RpcEndpoint): Promise<bigint> {
  const known = beginnings.get(endpoint);
  if (known !== undefined && performance.now() - known.askedAt < ASKED_EVERY_MS) return known.time;
  const slot = await endpoint.request('getFirstAvailableBlock', []);
  const time = toCount(await endpoint.request('getBlockTime', [slot]));
  beginnings.set(endpoint, { time, askedAt: performance.now() });
  return time;
}
