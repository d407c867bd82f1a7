import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '#src/chain/port/chain.js';
import { agreeOnHistory, gapIn, type ToldHistory } from './agreed-history.js';

const entry = (nth: number): HistoryEntry => ({
  signature: `s${nth}`,
  slot: BigInt(nth),
  memos: null,
  failed: false,
});
/** Newest first. */
const told = (...nths: readonly number[]): ToldHistory => ({ entries: nths.map(entry), gap: null });
const heard = (...answers: readonly ToldHistory[]) => ({
  words: answers.map((answer, nth) => ({ voice: `v${nth}`, answer })),
  silences: [],
});
const CURSOR = { signature: 's1', before: null, slot: 1n };

function agreed(standing: 'many' | 'single_source' | 'alone', ...answers: readonly ToldHistory[]) {
  const agreement = agreeOnHistory(heard(...answers), standing, CURSOR);
  if (!('agreed' in agreement)) throw new Error(agreement.doubt.reason);
  return agreement.agreed;
}

describe('agreeOnHistory', () => {
  it('takes what any voice shows, each transaction once, newest first, without the cursor', () => {
    const { entries } = agreed('many', told(4, 2, 1), told(3, 2, 1));
    expect(entries.map(({ signature }) => signature)).toEqual(['s4', 's3', 's2']);
  });

  it('moves the cursor only to what every voice has shown, so that one that is behind reaches it again', () => {
    expect(agreed('many', told(4, 3, 2, 1), told(2, 1)).cursor).toEqual({
      signature: 's2',
      before: 's1',
      slot: 2n,
    });
    expect(agreed('many', told(2, 1), told(1)).cursor).toBe(CURSOR);
    expect(agreed('single_source', told(1)).cursor).toBe(CURSOR);
  });

  it('has no cursor while there is no transaction, and none before the first', () => {
    const agreement = (answer: ToldHistory) => agreeOnHistory(heard(answer), 'single_source', null);
    expect(agreement(told())).toEqual({ agreed: { entries: [], cursor: null } });
    expect(agreement(told(5))).toMatchObject({ agreed: { cursor: { signature: 's5', before: null } } });
  });

  it('goes on with one voice only when the others have been silent for long', () => {
    const silent = { ...heard(told(2, 1)), silences: [{ voice: 'w', reason: 'away', forMs: 5 }] };
    expect(agreeOnHistory(silent, 'too_early', CURSOR)).toMatchObject({ doubt: { kind: 'silent' } });
    expect(agreeOnHistory(silent, 'alone', CURSOR)).toMatchObject({
      agreed: { cursor: { signature: 's2' } },
    });
  });

  it('T5: names the voice whose history does not reach back', () => {
    const gap = { entries: [], gap: 'it does not show transaction s1' };
    expect(gapIn(heard(told(1), gap).words)).toBe('v1: it does not show transaction s1');
    expect(gapIn(heard(told(1), told(1)).words)).toBeNull();
  });

  it('T9: loses nothing that one voice has shown since the cursor, whatever the other one hides', () => {
    fc.assert(
      fc.property(fc.subarray([7, 6, 5, 4, 3, 2]), fc.subarray([7, 6, 5, 4, 3, 2]), (a, b) => {
        const { entries, cursor } = agreed('many', told(...a, 1), told(...b, 1));
        const shown = new Set([...a, ...b].map((nth) => `s${nth}`));
        expect(new Set(entries.map(({ signature }) => signature))).toEqual(shown);
        expect(
          cursor === CURSOR || (a.includes(Number(cursor?.slot)) && b.includes(Number(cursor?.slot))),
        ).toBe(true);
      }),
    );
  });
});
