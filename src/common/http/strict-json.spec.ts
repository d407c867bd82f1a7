import { describe, expect, it } from 'vitest';
import { DomainError, ValidationError } from '#src/common/errors/errors.js';
import { parseStrictJson } from './strict-json.js';

const parse = (text: string) => parseStrictJson(Buffer.from(text));

function refusal(text: string | Uint8Array): DomainError {
  try {
    parseStrictJson(typeof text === 'string' ? Buffer.from(text) : text);
  } catch (error) {
    if (error instanceof DomainError) return error;
  }
  throw new Error('was accepted');
}

describe('parseStrictJson', () => {
  it('gives the object, also a nested one', () => {
    expect(parse('{"a":1,"b":{"a":"é","list":[1,{"a":null}]}}')).toEqual({
      a: 1,
      b: { a: 'é', list: [1, { a: null }] },
    });
  });

  it('passes over a byte order mark at the beginning, as some editors and platforms write it', () => {
    expect(parse('\ufeff{"a":1}')).toEqual({ a: 1 });
    expect(parse('\ufeff')).toEqual({});
  });

  it('reads an empty body as no members', () => {
    expect(parse('')).toEqual({});
    expect(parse(' \n')).toEqual({});
  });

  it.each(['{"a":1', '{a:1}', '{"a":1,}', '{"a":01}', '// x\n{}', '{"a":NaN}', '\ufeff\ufeff{}', "{'a':1}"])(
    'refuses %s as malformed',
    (text) => expect(refusal(text).code).toBe('malformed_json'),
  );

  it.each([
    '{"a":1,"a":1}',
    '{"a":1,"\\u0061":2}',
    '{"x":{"a":1,"b":2,"a":3}}',
    '{"x":[{"a":1},{"a":1,"a":2}]}',
  ])('refuses a key given twice: %s', (text) => {
    const error = refusal(text);
    expect(error.code).toBe('malformed_json');
    expect(error.detail).toContain('"a" is given twice');
  });

  it('allows one key in two objects', () => {
    expect(parse('{"x":{"a":1},"y":{"a":1},"z":[{"a":1},{"a":1}]}')).toBeTruthy();
  });

  it.each(['__proto__', 'constructor', 'prototype', '\\u005f_proto__'])('refuses the key %s', (key) => {
    expect(refusal(`{"x":{"${key}":{"admin":true}}}`).code).toBe('malformed_json');
  });

  it('refuses nesting deeper than 32, before anything walks it', () => {
    expect(refusal(`{"a":${'['.repeat(8_000)}`).detail).toContain('nested');
    expect(refusal(`{"a":${'['.repeat(32)}${']'.repeat(32)}}`).detail).toContain('nested');
    expect(parse(`{"a":${'['.repeat(31)}${']'.repeat(31)}}`)).toBeTruthy();
    expect(parse(`{"a":"${'[{'.repeat(100)}\\""}`)).toBeTruthy();
  });

  it.each(['9007199254740993', '9007199254740991.4', '0.5', '1e30', '1e2', '1.0', '-9007199254740993'])(
    'V7: refuses the number %s, naming its member',
    (literal) => {
      const error = refusal(`{"terms":[{"amountLamports":${literal}}]}`);
      expect(error).toBeInstanceOf(ValidationError);
      expect((error as ValidationError).errors[0]?.path).toBe('terms.0.amountLamports');
    },
  );

  it('V7: keeps the largest exact integer', () => {
    expect(parse('{"a":9007199254740991,"b":-1,"c":0}')).toEqual({ a: 9007199254740991, b: -1, c: 0 });
  });

  it.each(['"\\u0000"', '"a\\ud800b"', '"\\udc00"'])('D5: refuses the text %s', (literal) => {
    const error = refusal(`{"statement":${literal}}`);
    expect((error as ValidationError).errors[0]?.path).toBe('statement');
  });

  it('D5: refuses bytes that are no UTF-8', () => {
    expect(refusal(Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x7d])).code).toBe('malformed_json');
  });

  it.each(['[]', '"x"', '5', 'null', 'true'])('refuses %s, which is no object', (text) => {
    expect(refusal(text).code).toBe('validation_failed');
  });
});
