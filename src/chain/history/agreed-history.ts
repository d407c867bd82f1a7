/** Pure rules of one history told by several voices. */
import type { HistoryCursor, HistoryEntry, HistoryPart } from '#src/chain/port/chain.js';
import {
  type Agreement,
  type Hearing,
  silence,
  type Standing,
  type Word,
} from '#src/chain/voices/hearing.js';

/** What one voice tells: newest first, down to the cursor where there is one, the cursor included. */
export interface ToldHistory {
  readonly entries: readonly HistoryEntry[];
  /** Why it does not reach the cursor, or the making of the address; null when it does. */
  readonly gap: string | null;
}

/** What any voice shows is part of it: one that hides a payment is overruled, one that invents one is found out later. */
export function agreeOnHistory(
  hearing: Hearing<ToldHistory>,
  standing: Standing,
  cursor: HistoryCursor | null,
): Agreement<HistoryPart> {
  if (standing === 'none' || standing === 'too_early') return silence(hearing);
  const told = hearing.words.map(({ answer }) => answer.entries);
  return { agreed: { entries: union(told, cursor), cursor: newestOfAll(told, cursor) } };
}

/** The voice whose history does not reach back far enough, and why; null when all do. */
export function gapIn(words: readonly Word<ToldHistory>[]): string | null {
  const found = words.find(({ answer }) => answer.gap !== null);
  return found === undefined ? null : `${found.voice}: ${found.answer.gap}`;
}

function union(told: readonly (readonly HistoryEntry[])[], cursor: HistoryCursor | null): HistoryEntry[] {
  const found = new Map<string, HistoryEntry>();
  for (const entry of told.flat())
    if (entry.signature !== cursor?.signature) found.set(entry.signature, entry);
  return [...found.values()].toSorted((a, b) => (a.slot === b.slot ? 0 : a.slot > b.slot ? -1 : 1));
}

/** A voice that is behind must be able to reach it at the next look as well. */
function newestOfAll(
  told: readonly (readonly HistoryEntry[])[],
  cursor: HistoryCursor | null,
): HistoryCursor | null {
  const [first = [], ...others] = told.map((entries) => entries);
  const known = others.map((entries) => new Set(entries.map(({ signature }) => signature)));
  const common = first.filter(({ signature }) => known.every((signatures) => signatures.has(signature)));
  const [newest, second] = common;
  if (newest === undefined || newest.signature === cursor?.signature) return cursor;
  return { signature: newest.signature, before: second?.signature ?? null, slot: newest.slot };
}
