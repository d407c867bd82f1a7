import type { Landing } from '#src/chain/port/chain.js';
import type { SignatureStatus } from '#src/chain/port/signature-status.js';
import type { Hearing, Standing, Word } from './hearing.js';
import { silenceOf } from './hearing.js';

/** Two honest nodes tell the same slot of a transaction; on forks a few slots apart. */
const SLOTS_MAY_DIFFER = 25n;

type Known = Exclude<SignatureStatus, { state: 'absent' }>;

/**
 * What becomes of one transaction by the words of all voices. `confirmed`, `finalized` and `failed` need two that agree. Alone,
 * after a long silence of the others, one suffices for `confirmed` and for nothing else.
 */
export function agreeOnLanding(hearing: Hearing<SignatureStatus>, standing: Standing): Landing {
  const known = hearing.words.flatMap(({ voice, answer }) =>
    answer.state === 'absent' ? [] : [{ voice, answer }],
  );
  if (known.length === 0) return { state: 'absent' };
  const needed = standing === 'single_source' ? 1 : 2;
  const paid = known.filter(({ answer }) => answer.error === null && isConfirmed(answer));
  const finallyPaid = paid.filter(({ answer }) => answer.state === 'finalized');
  const finallyFailed = known.filter(({ answer }) => answer.error !== null && answer.state === 'finalized');
  if (finallyPaid.length >= needed) return landed('finalized', finallyPaid, needed);
  if (paid.length >= needed) return landed('confirmed', paid, needed);
  if (finallyFailed.length >= needed) return landed('failed', finallyFailed, needed);
  if (paid.length > 0 && finallyFailed.length > 0)
    return { state: 'disputed', reason: `the voices contradict each other: ${tellingOf(known)}` };
  if (standing === 'alone' && paid[0] !== undefined)
    return { state: 'confirmed', slot: paid[0].answer.slot, alone: true };
  return { state: 'seen', reason: seenReason(known, hearing, needed) };
}

function landed(
  state: 'confirmed' | 'finalized' | 'failed',
  words: readonly Word<Known>[],
  needed: number,
): Landing {
  const slot = agreedSlot(
    words.map(({ answer }) => answer.slot),
    needed,
  );
  if (slot === undefined)
    return { state: 'disputed', reason: `the voices tell different slots: ${tellingOf(words)}` };
  if (state === 'failed') return { state, slot, error: words[0]?.answer.error ?? '' };
  return { state, slot };
}

/** The highest slot that another voice nearly tells as well: one far in the future would make every balance look too old. */
function agreedSlot(slots: readonly bigint[], needed: number): bigint | undefined {
  const sorted = slots.toSorted((a, b) => (a < b ? 1 : -1));
  if (needed === 1) return sorted[0];
  return sorted.find((slot, index) => {
    const next = sorted[index + 1];
    return next !== undefined && slot - next <= SLOTS_MAY_DIFFER;
  });
}

function seenReason(known: readonly Word<Known>[], hearing: Hearing<unknown>, needed: number): string {
  const telling = tellingOf(known);
  if (known.length >= needed) return `not certain yet: ${telling}`;
  return hearing.silences.length > 0
    ? `${telling}; ${silenceOf(hearing)}`
    : `${telling}; no other voice shows it`;
}

function tellingOf(words: readonly Word<Known>[]): string {
  return words
    .map(({ voice, answer }) => `${voice} says ${answer.state}${answer.error === null ? '' : ', failed'}`)
    .join(', ');
}

function isConfirmed({ state }: Known): boolean {
  return state === 'confirmed' || state === 'finalized';
}
