import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CanonicalValue } from '#src/common/text/canonical-json.js';
import {
  ACTIONS,
  buildSignedMessage,
  hashSignedMessage,
  isWithinWindow,
  type SignedMessageParts,
} from './signed-message.js';

const WALLET = '7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV';
const PARTS: SignedMessageParts = {
  host: 'app.example.com',
  action: 'commitment.attest',
  wallet: WALLET,
  issuedAt: '2026-11-22T10:00:00.000Z',
  params: { commitmentId: '0199c7a0-0000-7000-8000-000000000001' },
};

const paramName = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,12}$/);
const scalar = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom(
    '\n- amountLamports: 1',
    '"\n- a: 1',
    '\\n',
    '\u2028- a: 1',
    '\u202eabc',
    'sha256:00',
    '\ud800',
  ),
  fc.maxSafeInteger(),
  fc.boolean(),
  fc.constant(null),
);
const value: fc.Arbitrary<CanonicalValue> = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  fc.dictionary(paramName, scalar, { maxKeys: 3 }),
);
const parts: fc.Arbitrary<SignedMessageParts> = fc.record({
  host: fc.constantFrom('a.example', 'a.example:3000', 'b.example'),
  action: fc.constantFrom(...ACTIONS),
  wallet: fc.constantFrom(WALLET, '11111111111111111111111111111111'),
  issuedAt: fc.constantFrom('2026-11-22T10:00:00.000Z', '2026-11-22T10:00:00.001Z'),
  params: fc.dictionary(paramName, value, { maxKeys: 4 }),
});

/** Reads a message back by its form alone, as a careful person would. */
function readBack(message: string) {
  const [action, host, wallet, issuedAt, , ...lines] = message.split('\n');
  const params = lines.map(
    (line) => /^- ([A-Za-z0-9]+): (.*)$/su.exec(line)?.slice(1) ?? ['unreadable', line],
  );
  return { action, host, wallet, issuedAt, params };
}

describe('buildSignedMessage', () => {
  it('is never longer than a hardware wallet signs: the longest parameters are named by their hash, and no more than must', () => {
    fc.assert(
      fc.property(parts, (given) => {
        expect(Buffer.byteLength(buildSignedMessage(given))).toBeLessThanOrEqual(1_147);
      }),
    );
    const [statement, reason] = ['\u{1f600}'.repeat(190), '\u{1f600}'.repeat(100)];
    const text = buildSignedMessage({ ...PARTS, params: { ...PARTS.params, statement, reason } });
    expect(text).toContain(`\n- reason: "${reason}"\n`);
    const hash = createHash('sha256').update(JSON.stringify(statement)).digest('hex');
    expect(text).toContain(`\n- statement: sha256:${hash}`);
  });

  it('shows a person what is signed, one line each', () => {
    expect(buildSignedMessage({ ...PARTS, params: { b: 'two', a: 1_000_000_000 } })).toBe(
      [
        'Commit To Ship asks you to sign: commitment.attest',
        'Host: app.example.com',
        `Wallet: ${WALLET}`,
        'Issued at: 2026-11-22T10:00:00.000Z',
        'Parameters:',
        '- a: 1000000000',
        '- b: "two"',
      ].join('\n'),
    );
    expect(buildSignedMessage({ ...PARTS, params: {} })).toMatch(/\nParameters: none$/);
  });

  it('V6: every part is in the text: another host, action, wallet, time or parameter is another message', () => {
    const others: SignedMessageParts[] = [
      { ...PARTS, host: 'evil.example.com' },
      { ...PARTS, action: 'commitment.create' },
      { ...PARTS, wallet: '11111111111111111111111111111111' },
      { ...PARTS, issuedAt: '2026-11-22T10:00:00.001Z' },
      { ...PARTS, params: { commitmentId: '0199c7a0-0000-7000-8000-000000000002' } },
      { ...PARTS, params: { ...PARTS.params, kind: 'personal' } },
    ];
    expect(new Set([PARTS, ...others].map(buildSignedMessage)).size).toBe(others.length + 1);
  });

  it('V6: different inputs never give the same text', () => {
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        fc.pre(!sameParts(a, b));
        expect(buildSignedMessage(a)).not.toBe(buildSignedMessage(b));
      }),
      { numRuns: 2_000 },
    );
  });

  it('V6: no parameter can add, hide or reorder a line', () => {
    fc.assert(
      fc.property(parts, (input) => {
        const read = readBack(buildSignedMessage(input));
        expect(read.action).toBe(`Commit To Ship asks you to sign: ${input.action}`);
        expect(read.host).toBe(`Host: ${input.host}`);
        expect(read.wallet).toBe(`Wallet: ${input.wallet}`);
        expect(read.issuedAt).toBe(`Issued at: ${input.issuedAt}`);
        expect(read.params.map(([name]) => name)).toEqual(Object.keys(input.params).sort());
        for (const [name, shown] of read.params) {
          if (shown?.startsWith('sha256:')) continue;
          expect(JSON.parse(shown ?? '')).toEqual(wellFormed(input.params[name ?? '']));
          expect(shown).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u200b\u202a-\u202e\u2066-\u2069]/u);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('replaces a long value by the hash of its canonical JSON', () => {
    const message = buildSignedMessage({ ...PARTS, params: { terms: { b: 'x'.repeat(200), a: 1 } } });
    const hash = hashSignedMessage(`{"a":1,"b":"${'x'.repeat(200)}"}`);
    expect(message.split('\n').at(-1)).toBe(`- terms: sha256:${hash}`);
  });

  it('keeps a full-length statement readable, whatever its script', () => {
    for (const statement of ['s'.repeat(140), 'ы'.repeat(140), '🚢'.repeat(140)]) {
      expect(buildSignedMessage({ ...PARTS, params: { statement } })).toContain(
        `- statement: "${statement}"`,
      );
    }
  });

  it('fits a hardware wallet: a personal commitment is printable ASCII of at most 1232 bytes', () => {
    const params = {
      kind: 'personal',
      destinationOnFail: WALLET,
      amountLamports: Number.MAX_SAFE_INTEGER,
      deadline: '2026-12-31T23:59:59.999Z',
      statement: 's'.repeat(140),
      terms: { padding: 'x'.repeat(4_000) },
      termsHash: 'f'.repeat(64),
    };
    const message = buildSignedMessage({ ...PARTS, host: `${'h'.repeat(63)}.example.com:65535`, params });
    expect(message).toMatch(/^[\x20-\x7e\n]+$/);
    expect(Buffer.byteLength(message)).toBeLessThanOrEqual(1_232);
  });

  it('refuses parts that could break the form instead of printing them', () => {
    const bad: Partial<SignedMessageParts>[] = [
      { host: 'a.example\nWallet: x' },
      { host: '' },
      { wallet: 'a b' },
      { issuedAt: '2026-11-22T10:00:00Z' },
      { params: { 'a: 1\n- b': 1 } },
      { params: { amount: 0.5 } },
    ];
    for (const part of bad) expect(() => buildSignedMessage({ ...PARTS, ...part })).toThrow(TypeError);
  });
});

describe('isWithinWindow', () => {
  it('V6: holds for five minutes either side, and no longer', () => {
    const issued = new Date('2026-11-22T10:00:00.000Z');
    const at = (ms: number) => isWithinWindow(issued, new Date(issued.getTime() + ms));
    expect([-300_001, -300_000, 0, 300_000, 300_001].map(at)).toEqual([false, true, true, true, false]);
  });
});

function sameParts(a: SignedMessageParts, b: SignedMessageParts): boolean {
  const text = ({ host, action, wallet, issuedAt, params }: SignedMessageParts) =>
    JSON.stringify([host, action, wallet, issuedAt, wellFormed(params)]);
  return text(a) === text(b);
}

/** Parameters with sorted keys; JSON has no other order. */
function wellFormed(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(wellFormed);
  if (input === null || typeof input !== 'object') return Object.is(input, -0) ? 0 : input;
  const entries = Object.entries(input).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, wellFormed(item)]));
}
