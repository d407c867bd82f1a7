import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalFields } from './canonical-fields.js';

/** Another way to write the same JSON value: keys in another order, white space, numbers with exponent and zeros. */
function rewritten(value: unknown): string {
  if (typeof value === 'number') return `${value}.000e0`;
  if (Array.isArray(value)) return `[ ${value.map(rewritten).join(' , ')} ]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).toReversed();
  return `{ ${members.map(([key, item]) => `${JSON.stringify(key)} : ${rewritten(item)}`).join(' ,\n')} }`;
}

const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'grapheme' }),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ minLength: 1 }), tie('value'), { maxKeys: 4 }),
  ),
})).value;

describe('canonical fields', () => {
  it('are one text for one value, however it is written', () => {
    fc.assert(
      fc.property(values, (value) => {
        const canonical = canonicalFields(JSON.stringify(value));
        expect(canonicalFields(rewritten(value))).toBe(canonical);
        expect(JSON.parse(canonical)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it.each([
    ['{"a":9007199254740993}', '{"a":9007199254740992}'],
    ['{"a":0.1}', '{"a":0.10000000000000000001}'],
    ['{"a":9007199254740991.0000000001}', '{"a":9007199254740991}'],
    ['{"a":1}', '{"a":"1"}'],
    ['{"a":null}', '{}'],
  ])('tell %s from %s', (one, other) => {
    expect(canonicalFields(one)).not.toBe(canonicalFields(other));
  });

  it('refuse what is no JSON', () => {
    expect(() => canonicalFields('{"a":1},"id":"5"')).toThrow(SyntaxError);
  });
});
