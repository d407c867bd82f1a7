import { describe, expect, it } from 'vitest';
import { genesisOf, isForeign } from './cluster.js';
import { bestOf, isLagging, type Measured, UNMEASURED, measure, redReason } from './endpoint-standing.js';

/** Slots told one second after the other. */
function told(slots: readonly bigint[], best: (second: number) => bigint): Measured {
  return slots.reduce(
    (before, slot, second) => measure(before, slot, best(second), second * 1_000),
    UNMEASURED,
  );
}

const rising = (from: bigint, seconds: number) => Array.from({ length: seconds }, (_, i) => from + BigInt(i));

describe('T4: an endpoint', () => {
  it('that keeps up is not red', () => {
    const measured = told(rising(100n, 60), (second) => 125n + BigInt(second));
    expect(redReason(measured, 184n)).toBeNull();
  });

  it('that is 26 slots behind is red after ten seconds, not before', () => {
    const best = (second: number) => 126n + BigInt(second);
    expect(redReason(told(rising(100n, 10), best), 135n)).toBeNull();
    expect(redReason(told(rising(100n, 11), best), 136n)).toContain('26 slots behind');
  });

  it('that catches up once begins anew', () => {
    const best = (second: number) => (second === 9 ? 100n : 126n) + BigInt(second);
    expect(redReason(told(rising(100n, 15), best), 140n)).toBeNull();
  });

  it('that stands still is red after ten seconds, also alone', () => {
    const still = (seconds: number) =>
      told(
        Array.from({ length: seconds }, () => 100n),
        () => 100n,
      );
    expect(redReason(still(10), 100n)).toBeNull();
    expect(redReason(still(11), 100n)).toContain('stands still');
  });

  it('that nobody has asked yet is not red', () => {
    expect(redReason(UNMEASURED, 100n)).toBeNull();
  });
});

describe('T4: how far the chain has come', () => {
  const at = (voice: string, slot: bigint) => ({ voice, slot });

  it('is told by two voices that are near each other', () => {
    expect(bestOf([at('a', 100n), at('b', 75n)])).toEqual({ slot: 100n, isSupported: true });
    expect(bestOf([at('a', 100n), at('b', 90n), at('c', 5_000n)])).toEqual({ slot: 100n, isSupported: true });
    expect(redReason({ ...told([5_000n], () => 100n) }, 100n)).toContain('4900 slots ahead of all others');
  });

  it('by one of two that are far apart is not certain: either may be wrong', () => {
    expect(bestOf([at('a', 100n), at('b', 74n)])).toEqual({ slot: 100n, isSupported: false });
    expect(bestOf([at('a', 100n), at('a', 100n), at('b', 1n)])).toMatchObject({ isSupported: false });
    const behind = (seconds: number) => told(rising(100n, seconds), (second) => 1_000n + BigInt(second));
    expect(isLagging(behind(30))).toBe(true);
    const still = Array.from({ length: 30 }, () => 100n);
    expect(isLagging(told(still, (second) => 1_000n + BigInt(second)))).toBe(false);
  });

  it('is what the only voice tells', () => {
    expect(bestOf([at('a', 100n), at('a', 1n)])).toEqual({ slot: 100n, isSupported: true });
    expect(bestOf([])).toEqual({ slot: 0n, isSupported: true });
  });
});

describe('T6: an endpoint of another cluster', () => {
  it('is red at once, wherever it stands', () => {
    const measured = { ...told(rising(100n, 2), () => 101n), isForeign: true };
    expect(redReason(measured, 101n)).toContain('another cluster');
    expect(redReason({ ...measured, isForeign: false }, 101n)).toBeNull();
  });

  it.each([
    ['devnet', 'mainnet', false, true],
    ['devnet', 'mainnet', true, true],
    ['mainnet', 'mainnet', false, false],
  ] as const)('%s behind %s (loopback: %s) is foreign: %s', (found, expected, isLoopback, foreign) => {
    expect(isForeign(genesisOf(found) ?? '', genesisOf(expected) ?? '', isLoopback)).toBe(foreign);
  });

  it("a chain of somebody's own may stand for any on loopback, and nowhere else", () => {
    expect(isForeign('own', genesisOf('mainnet') ?? '', true)).toBe(false);
    expect(isForeign('own', genesisOf('mainnet') ?? '', false)).toBe(true);
  });
});
