import { describe, expect, it } from 'vitest';
import { clientOf, isFirstOver, isOver, rateHeaders, windowKey } from './rate-window.js';

const limit = { limit: 10, windowSeconds: 60 };
const count = (hits: number) => ({ hits, secondsLeft: 42, name: 'read', limit });

describe('rate windows', () => {
  it('tells the client policy, rest and reset, and when to come back', () => {
    expect(rateHeaders(count(3))).toEqual({
      'ratelimit-policy': '"read";q=10;w=60',
      ratelimit: '"read";r=7;t=42',
    });
    expect(rateHeaders(count(11))).toMatchObject({ ratelimit: '"read";r=0;t=42', 'retry-after': '42' });
  });

  it('admits exactly the limit', () => {
    expect([10, 11, 12].map((hits) => isOver(count(hits)))).toEqual([false, true, true]);
    expect([10, 11, 12].map((hits) => isFirstOver(count(hits)))).toEqual([false, true, false]);
  });

  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('counts %s as %s', (ip, client) => expect(clientOf(ip)).toBe(client));

  it('counts each route, limit and client on its own', () => {
    const keys = [
      windowKey('GET /a', 'read', 'x'),
      windowKey('GET /b', 'read', 'x'),
      windowKey('GET /a', 'act', 'x'),
      windowKey('GET /a', 'read', 'y'),
    ];
    expect(new Set(keys).size).toBe(4);
    expect(keys.every((key) => /^[0-9a-f]{64}$/.test(key))).toBe(true);
  });
});
