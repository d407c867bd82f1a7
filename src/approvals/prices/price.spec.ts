import { describe, expect, it } from 'vitest';
import { judgeCachedPrice, PriceFeedError, priceFault, readJupiterPrices } from './price.js';

const MINT = 'So11111111111111111111111111111111111111112';

function answer(literal: string): string {
  return `{"other":{"usdPrice":7},"${MINT}":{"blockId":1,"decimals":9,"usdPrice":${literal},"priceChange24h":-1.5}}`;
}

function readOne(body: string, mint = MINT) {
  return readJupiterPrices(body, [mint]).get(mint) ?? null;
}

describe("Jupiter's answer", () => {
  it.each([
    ['147.4789340738336', '147.4789340738336'],
    ['0.30000000000000004', '0.30000000000000004'],
    ['0.1', '0.1'],
    ['1.2500', '1.25'],
    ['1e-7', '0.0000001'],
    ['1.234567890123456789012345E-4', '0.0001234567890123456789012345'],
    ['900719925474.0993001', '900719925474.0993001'],
    ['999999999999.99', '999999999999.99'],
    ['1000000000000', '1000000000000'],
    ['1e-30', '0.000000000000000000000000000001'],
  ])('keeps the digits of %s', (literal, price) => {
    expect(readOne(answer(literal))?.priceUsd).toBe(price);
  });

  it.each([
    '0',
    '0.000',
    '-0',
    '-1.5',
    '1e13',
    '1e400',
    '1e999999999',
    '1e-31',
    `0.${'1'.repeat(61)}`,
    'null',
  ])('V2: has no price in %s', (literal) => {
    expect(readOne(answer(literal))).toBeNull();
  });

  it.each([
    ['the token is missing', '{}'],
    ['the token is null', `{"${MINT}":null}`],
    ['the price is missing', `{"${MINT}":{"decimals":9}}`],
    ['the price is text', answer('"1.25"')],
    ['the price is true', answer('true')],
    ['the price is a list', answer('[1]')],
    ['the token is a number', `{"${MINT}":1.25}`],
    ['the token is a list', `{"${MINT}":[{"usdPrice":1}]}`],
    ['it is the answer of version 2', `{"data":{"${MINT}":{"id":"${MINT}","price":"1.25"}}}`],
    ['there are two answers for it', `{"${MINT}":{"usdPrice":1},"${MINT}":{"usdPrice":1000}}`],
    ['there are two prices of it', `{"${MINT}":{"usdPrice":1,"usdPrice":1000}}`],
    ['only a deeper object has one', `{"${MINT}":{"more":{"usdPrice":1}}}`],
  ])('has no price when %s', (_, body) => {
    expect(readOne(body)).toBeNull();
  });

  it.each([
    ['nothing', ''],
    ['HTML', '<html>Too many requests</html>'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '1.25'],
    ['half an answer', answer('1.25').slice(0, -2)],
    ['a comment', `${answer('1.25')}//`],
    ['NaN', answer('NaN')],
    ['Infinity', answer('Infinity')],
    ['a number that JSON does not know', answer('.5')],
    ['nesting without end', '['.repeat(60_000)],
    ['nesting with an end', `{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`],
  ])('V2: is refused when it is %s', (_, body) => {
    expect(() => readOne(body)).toThrow(PriceFeedError);
  });

  it('is not confused by names that every object has', () => {
    expect(readOne('{}', 'constructor')).toBeNull();
    expect(readOne('{"a":{"__proto__":{"usdPrice":1}}}', 'a')).toBeNull();
  });
});

describe("what Jupiter's answer says beside the price", () => {
  it('R10: is read for every mint that was asked for, each by itself', () => {
    const body =
      '{"a":{"usdPrice":1,"liquidity":5000.50,"decimals":6},"b":null,"c":{"usdPrice":2},"c":{"usdPrice":3},"d":{"usdPrice":4}}';
    expect([...readJupiterPrices(body, ['a', 'b', 'c', 'd', 'e'])]).toEqual([
      ['a', { priceUsd: '1', liquidityUsd: '5000.5', decimals: 6, source: 'jupiter' }],
      ['b', null],
      ['c', null],
      ['d', { priceUsd: '4', liquidityUsd: null, decimals: null, source: 'jupiter' }],
      ['e', null],
    ]);
  });

  it.each([
    ['liquidity', '"5000"'],
    ['liquidity', '-1'],
    ['liquidity', 'null'],
    ['decimals', '6.5'],
    ['decimals', '256'],
    ['decimals', '"6"'],
  ])('is not known when %s is %s', (name, literal) => {
    expect(readOne(`{"${MINT}":{"usdPrice":1,"${name}":${literal}}}`)).toEqual({
      priceUsd: '1',
      liquidityUsd: null,
      decimals: null,
      source: 'jupiter',
    });
  });
});

describe('a price counts', () => {
  it.each([
    [{ liquidityUsd: '1000', decimals: 6 }, '1000', null],
    [{ liquidityUsd: '1000.01', decimals: null }, '1000', null],
    [{ liquidityUsd: '999.99', decimals: 6 }, '1000', 'below_minimum_liquidity'],
    [{ liquidityUsd: null, decimals: 6 }, '1000', 'no_liquidity_stated'],
    [{ liquidityUsd: null, decimals: 6 }, '0', null],
    [{ liquidityUsd: '0', decimals: 6 }, '0', null],
    [{ liquidityUsd: '5000', decimals: 9 }, '1000', 'other_decimals'],
    [{ liquidityUsd: '5000', decimals: 9 }, '0', 'other_decimals'],
  ])('when %o is said, %s US dollars are wanted and the mint has 6 decimals: %s', (said, minimum, fault) => {
    expect(priceFault(said, minimum, 6)).toBe(fault);
  });
});

describe('a stored price', () => {
  const now = new Date('2026-11-22T12:00:00.000Z');
  const lifetimes = { ttlSeconds: 60, staleTtlSeconds: 900 };

  it.each([
    [0, 'fresh'],
    [60_000, 'fresh'],
    [60_001, 'stale'],
    [900_000, 'stale'],
    [900_001, 'none'],
    [-2_000, 'fresh'],
    [-3_600_000, 'none'],
  ])('%i ms old is %s', (ageMs, use) => {
    expect(judgeCachedPrice(new Date(now.getTime() - ageMs), now, lifetimes)).toBe(use);
  });

  it('never serves stale when that is switched off', () => {
    const asOf = new Date(now.getTime() - 60_001);
    expect(judgeCachedPrice(asOf, now, { ttlSeconds: 60, staleTtlSeconds: 0 })).toBe('none');
  });
});
