import { describe, expect, it } from 'vitest';
import { equalAmounts, lowerSlot } from './agreed-past.js';
import type { Standing } from './hearing.js';

function heard<T>(...answers: T[]) {
  return { words: answers.map((answer, index) => ({ voice: `v${index}`, answer })), silences: [] };
}
const slot = (standing: Standing, ...slots: bigint[]) => lowerSlot(heard(...slots), standing);
const amounts = (standing: Standing, ...told: bigint[][]) => equalAmounts(heard(...told), standing);
const doubt = (kind: string) => ({ doubt: expect.objectContaining({ kind }) });

describe('a slot that cannot be undone', () => {
  it('is the lower of two that are close', () => {
    expect(slot('many', 1_000n, 1_150n)).toEqual({ agreed: 1_000n });
    expect(slot('single_source', 1_000n)).toEqual({ agreed: 1_000n });
  });

  it('is told by no voice alone, and by none that sees another chain', () => {
    expect(slot('many', 1_000n, 1_151n)).toEqual(doubt('contradiction'));
    for (const standing of ['alone', 'too_early'] as const)
      expect(slot(standing, 1_000n)).toEqual(doubt('silent'));
    expect(slot('none')).toEqual(doubt('silent'));
  });
});

describe('amounts of the past', () => {
  it('are those that two voices tell; a third one decides between two', () => {
    expect(amounts('many', [1n, 2n], [1n, 2n])).toEqual({ agreed: [1n, 2n] });
    expect(amounts('many', [1n, 2n], [1n, 3n], [9n, 3n])).toEqual({ agreed: [1n, 3n] });
    expect(amounts('single_source', [5n])).toEqual({ agreed: [5n] });
  });

  it('T1: are no voice’s alone, and nobody’s where two contradict each other', () => {
    expect(amounts('many', [1n], [2n])).toEqual(doubt('contradiction'));
    expect(amounts('many', [1n], [1n], [2n], [2n])).toEqual(doubt('contradiction'));
    expect(amounts('alone', [1n])).toEqual(doubt('silent'));
  });
});
