import { describe, expect, it } from 'vitest';
import type { Landing } from '#src/chain/port/chain.js';
import { LandingRounds } from './landing-rounds.js';

const seen = (reason: string): Landing => ({ state: 'seen', reason });

function rounds(fails = false) {
  const asked: string[] = [];
  const reading = new LandingRounds(async (signatures, history) => {
    asked.push(`${signatures.join()} ${history}`);
    if (fails) throw new Error('no voice answers');
    return signatures.map((signature) => seen(`${signature} ${history}`));
  });
  return { asked, reading };
}

describe('the statuses of payouts in flight', () => {
  it('are one question, and each gets its own answers', async () => {
    const { asked, reading } = rounds();
    const answers = await Promise.all([
      reading.ask(['a', 'b'], false),
      reading.ask([], false),
      reading.ask(['c'], false),
      reading.ask(['a'], true),
    ]);
    expect(answers).toEqual([[seen('a false'), seen('b false')], [], [seen('c false')], [seen('a true')]]);
    expect(asked.toSorted()).toEqual(['a true', 'a,b,c false']);
  });

  it('that are asked for later are never an earlier answer', async () => {
    const { asked, reading } = rounds();
    await reading.ask(['a'], false);
    await reading.ask(['a'], false);
    expect(asked).toEqual(['a false', 'a false']);
  });

  it('that nobody can tell are told to nobody', async () => {
    const { reading } = rounds(true);
    const answers = await Promise.allSettled([reading.ask(['a'], false), reading.ask(['b'], false)]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(reading.ask(['c'], false)).rejects.toThrow('no voice answers');
  });
});
