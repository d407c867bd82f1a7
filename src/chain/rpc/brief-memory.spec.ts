import { describe, expect, it } from 'vitest';
import { BriefMemory } from './brief-memory.js';

function memory() {
  let now = 0;
  const asked: string[] = [];
  const kept = new BriefMemory<string>({ now: () => new Date(now) }, 1_000);
  const ask = (key: string, answer = key) =>
    kept.of(key, async () => {
      asked.push(key);
      if (answer === 'fails') throw new Error(answer);
      return answer;
    });
  return { asked, ask, pass: (ms: number) => (now += ms) };
}

describe('what is asked again within a moment', () => {
  it('has the answer of the first who asked, also while that is under way', async () => {
    const { ask, asked, pass } = memory();
    expect(await Promise.all([ask('a'), ask('a', 'another'), ask('b')])).toEqual(['a', 'a', 'b']);
    pass(999);
    expect(await ask('a', 'another')).toBe('a');
    expect(asked).toEqual(['a', 'b']);
  });

  it('is asked anew when the moment is over, and after a failure', async () => {
    const { ask, asked, pass } = memory();
    await ask('a');
    pass(1_000);
    expect(await ask('a', 'newer')).toBe('newer');
    await expect(ask('b', 'fails')).rejects.toThrow('fails');
    expect(await ask('b')).toBe('b');
    expect(asked).toEqual(['a', 'a', 'b', 'b']);
  });
});
