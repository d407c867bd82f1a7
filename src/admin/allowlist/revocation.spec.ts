import { describe, expect, it } from 'vitest';
import { isRevoked, isVoided, remaining, type Revocation } from './revocation.js';

const at = (seconds: number) => new Date(seconds * 1000);
const of = (admin: string, voidFrom: Date | null = null): Revocation => ({ id: admin, admin, voidFrom });

describe('T16: revocations', () => {
  it('shut their wallet out, and no other', () => {
    expect(isRevoked('a', [of('a'), of('b')])).toBe(true);
    expect(isRevoked('c', [of('a'), of('b')])).toBe(false);
    expect(remaining(['a', 'c', 'd'], [of('a'), of('b')])).toEqual(['c', 'd']);
  });

  it.each([
    [9, 'a', false],
    [10, 'a', true],
    [11, 'a', true],
    [11, 'b', false],
  ] as const)('voided from 10 on: an act accepted at %s by %s: %s', (second, wallet, expected) => {
    expect(isVoided({ wallet, acceptedAt: at(second) }, [of('a', at(10))])).toBe(expected);
  });

  it('without a time nothing that was signed is undone, and of several times the earliest counts', () => {
    expect(isVoided({ wallet: 'a', acceptedAt: at(99) }, [of('a')])).toBe(false);
    expect(isVoided({ wallet: 'a', acceptedAt: at(6) }, [of('a', at(10)), of('a', at(5)), of('a')])).toBe(
      true,
    );
  });
});
