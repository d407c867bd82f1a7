import { describe, expect, it } from 'vitest';
import { deriveKey, rootOf } from './derived-key.js';
import { digestOf, isMarkOf, makeMark } from './mark.js';

const root = rootOf('a secret of at least thirty-two characters');
const key = deriveKey(root, 'marks');

describe('deriveKey', () => {
  it('gives each use of a secret another key and another id, the same at every start', () => {
    const uses = (['escrow-keys', 'marks', 'sessions', 'seals'] as const).map((use) => deriveKey(root, use));
    expect(new Set(uses.map(({ id }) => id)).size).toBe(uses.length);
    expect(new Set(uses.map(({ bytes }) => Buffer.from(bytes).toString('hex'))).size).toBe(uses.length);
    expect(deriveKey(rootOf('a secret of at least thirty-two characters'), 'marks')).toEqual(key);
    expect(key.id).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('marks', () => {
  const digest = digestOf({ facts: { amount: '5', wallet: 'A' } });
  const mark = makeMark(key, 'signal', 'one', digest);

  it('T8: a mark holds for its fact and for nothing else', () => {
    expect(isMarkOf(key, mark, 'signal', 'one', digest)).toBe(true);
    expect(isMarkOf(key, mark, 'unlock', 'one', digest)).toBe(false);
    expect(isMarkOf(key, mark, 'signal', 'two', digest)).toBe(false);
    const raised = digestOf({ facts: { amount: '6', wallet: 'A' } });
    expect(isMarkOf(key, mark, 'signal', 'one', raised)).toBe(false);
    const other = deriveKey(rootOf('another secret of at least 32 characters!'), 'marks');
    expect(isMarkOf(other, mark, 'signal', 'one', digest)).toBe(false);
    expect(isMarkOf(key, { ...mark, mac: 'zz' }, 'signal', 'one', digest)).toBe(false);
  });

  it('does not depend on the order in which facts are named', () => {
    expect(digestOf({ facts: { wallet: 'A', amount: '5' } })).toBe(digest);
  });
});
