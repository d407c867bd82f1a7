import { describe, expect, it } from 'vitest';
import { clientOf, isFirstOver, isOneOfTooMany, isOver, rateHeaders, windowKey } from './rate-window.js';

const limit = { limit: 10, windowSeconds: 60 };
const count = (hits: number, name = 'read', secondsLeft = 42) => ({
  hits,
  secondsLeft,
  name,
  limit,
  scope: 'from one address',
});

describe('rate windows', () => {
  it('tells the client policy, rest and reset, and when to come back', () => {
    expect(rateHeaders([count(3)])).toEqual({
      'ratelimit-policy': '"read";q=10;w=60',
      ratelimit: '"read";r=7;t=42',
    });
    expect(rateHeaders([count(11)])).toMatchObject({ ratelimit: '"read";r=0;t=42', 'retry-after': '42' });
  });

  it('lists every policy that applied, and waits for the violated one', () => {
    expect(rateHeaders([count(3, 'act', 7), count(11, 'wallet', 30)])).toEqual({
      'ratelimit-policy': '"act";q=10;w=60, "wallet";q=10;w=60',
      ratelimit: '"act";r=7;t=7, "wallet";r=0;t=30',
      'retry-after': '30',
    });
    expect(rateHeaders([])).toEqual({});
  });

  it('leaves one refusal of a window for the audit log', () => {
    expect([10, 11, 12].map((hits) => isOneOfTooMany([count(1), count(hits)]))).toEqual([false, false, true]);
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
