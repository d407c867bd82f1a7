/** Pure: slots that cannot be undone, and amounts of the past, by the words of several voices. */
import { type Agreement, contradiction, type Hearing, silence, type Standing } from './hearing.js';

/** A minute of slots: voices that are farther apart do not see the same chain. */
const MOST_APART = 150n;

export function lowerSlot(hearing: Hearing<bigint>, standing: Standing): Agreement<bigint> {
  if (standing !== 'many' && standing !== 'single_source') return silence(hearing);
  const told = hearing.words.map(({ answer }) => answer).toSorted((a, b) => (a < b ? -1 : 1));
  const [lowest = 0n, highest = 0n] = [told[0], told.at(-1)];
  if (highest - lowest <= MOST_APART) return { agreed: lowest };
  return contradiction(`the voices call slots from ${lowest} to ${highest} finalized`);
}

/** Each amount as two voices tell it: what was, cannot change, so a third voice may decide between two. */
export function equalAmounts(
  hearing: Hearing<readonly bigint[]>,
  standing: Standing,
): Agreement<readonly bigint[]> {
  if (standing !== 'many' && standing !== 'single_source') return silence(hearing);
  const answers = hearing.words.map(({ answer }) => answer);
  const needed = standing === 'many' ? 2 : 1;
  const agreed: bigint[] = [];
  for (const [index] of (answers[0] ?? []).entries()) {
    const told = answers.map((answer) => answer[index] ?? 0n);
    const supported = [...new Set(told)].filter((amount) => countOf(told, amount) >= needed);
    const [amount] = supported;
    if (amount === undefined || supported.length > 1)
      return contradiction(`the voices tell different token balances of the past: ${told.join(', ')}`);
    agreed.push(amount);
  }
  return { agreed };
}

function countOf(told: readonly bigint[], amount: bigint): number {
  return told.filter((one) => one === amount).length;
}
