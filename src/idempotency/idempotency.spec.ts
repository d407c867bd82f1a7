import { describe, expect, it } from 'vitest';
import { isFinal, type KeyScope, parseKey, requestHash, scopeHash } from './idempotency.js';

describe('the header Idempotency-Key', () => {
  it.each([
    ['abc-123', 'abc-123'],
    ['"abc-123"', 'abc-123'],
    [' "with space" ', 'with space'],
    [String.raw`"a\"b\\c"`, String.raw`a"b\c`],
    ['x'.repeat(255), 'x'.repeat(255)],
    [`"${'x'.repeat(255)}"`, 'x'.repeat(255)],
  ])('%j holds a key', (header, key) => expect(parseKey(header)).toBe(key));

  it.each([
    '',
    ' ',
    '""',
    '"',
    '"open',
    'with space',
    'a, b',
    '"a", "b"',
    '"a";p=1',
    String.raw`"a\x"`,
    'x'.repeat(256),
    `"${'x'.repeat(256)}"`,
    'ключ',
    'a\u0007b',
    undefined,
    ['a'],
  ])('%j holds none', (header) => expect(parseKey(header)).toBeNull());
});

describe('what a key stands for', () => {
  const scope: KeyScope = { method: 'POST', path: '/api/a', caller: 'wallet:x', key: 'k' };

  it('is another one for another method, path, caller or key, however they are cut', () => {
    const others: Partial<KeyScope>[] = [
      {},
      { method: 'PUT' },
      { path: '/api/b' },
      { caller: 'wallet:y' },
      { key: 'K' },
      { caller: 'wallet:xk', key: '' },
      { path: '/api/awallet:x', caller: '' },
    ];
    expect(new Set(others.map((other) => scopeHash({ ...scope, ...other }))).size).toBe(others.length);
  });

  it('is the same request in whatever order its members stand', () => {
    expect(requestHash({ a: 1, b: { c: [1, 2], d: null } })).toBe(
      requestHash({ b: { d: null, c: [1, 2] }, a: 1 }),
    );
    expect(requestHash({ a: [1, 2] })).not.toBe(requestHash({ a: [2, 1] }));
    expect(requestHash(undefined)).toBe(requestHash({}));
  });

  it('is kept of refusals that stand, and not of those that may be different next time', () => {
    const kept = [
      'validation_failed',
      'not_token_authority',
      'already_released',
      'escrow_underfunded',
    ] as const;
    expect(kept.filter((code) => !isFinal(code))).toEqual([]);
    const passing = [
      'invalid_signature',
      'not_signed_in',
      'too_many_requests',
      'release_in_progress',
      'request_in_progress',
      'rpc_unavailable',
      'database_unavailable',
      'internal_error',
    ] as const;
    expect(passing.filter((code) => isFinal(code))).toEqual([]);
  });
});
