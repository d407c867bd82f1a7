import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hashSessionId } from '#src/admin/sessions/session-id.js';
import { PROVEN_LIMITS } from '#src/common/rate-limits.js';
import { ServerKeys } from '#src/marks/server-keys.service.js';
import { windowKey } from '#src/rate-limit/rate-window.js';
import { earlyInWindow } from '../../support/clock.js';
import { ORIGIN } from '../../support/worlds/admin-app.js';
import { cookie, SignInWorld } from '../../support/worlds/sign-in-world.js';

const HOUR = 3_600_000;

type Json = Record<string, unknown>;
type Headers = Record<string, string>;

let world: SignInWorld;
beforeAll(async () => {
  world = await SignInWorld.create();
});
beforeEach(() => world.begin());
afterEach(() => world.end());
afterAll(async () => {
  await world?.drop();
});

describe('the access guard', () => {
  const code = async (response: ReturnType<SignInWorld['me']>) => {
    const { statusCode, body } = await response;
    return [statusCode, (JSON.parse(body) as Json)['code']];
  };

  it('keeps a route closed that declares no rule', async () => {
    const id = await world.sessionOf(world.admin);
    const asked = world.send('GET', '/probe/undeclared', cookie(id));
    expect(await code(asked)).toEqual([403, 'access_rule_missing']);
  });

  it('lets anyone through to public and signed routes, from any origin', async () => {
    const open = await world.send('GET', '/probe/public', {});
    const signed = await world.post('/probe/signed', undefined, { origin: 'https://evil.example' });
    expect([open.statusCode, signed.statusCode]).toEqual([200, 201]);
  });

  it('answers 401 without a cookie, and to a session that ended', async () => {
    const id = await world.sessionOf(world.admin);
    expect(await code(world.me({}))).toEqual([401, 'not_signed_in']);
    world.clock.at += 12 * HOUR - 1;
    expect((await world.me(cookie(id))).statusCode).toBe(200);
    world.clock.at += 1;
    expect(await code(world.me(cookie(id)))).toEqual([401, 'not_signed_in']);
  });

  it.each([
    ['a forged id', `cts_admin_session=${'A'.repeat(43)}`],
    ['an empty id', 'cts_admin_session='],
    ['broken percent escapes', 'cts_admin_session=%E0%A4%A; %=%'],
    ['NUL', 'cts_admin_session=%00'],
    ['an id of 12 KB', `cts_admin_session=${'A'.repeat(12_000)}`],
    ['a thousand cookies', Array.from({ length: 1_000 }, (_, i) => `c${i}=1`).join('; ')],
    ['a name of the object prototype', '__proto__=1; constructor=2; toString=3'],
    ['no cookie syntax at all', ';;;===;,"'],
  ])('D4: answers 401, not 500, to %s', async (_, text) => {
    expect(await code(world.me({ cookie: text }))).toEqual([401, 'not_signed_in']);
  });

  it('asks the allowlist on every request: a wallet taken off it is out at once', async () => {
    const id = await world.sessionOf(world.admin);
    const without = await world.replica([world.stranger.address]);
    expect(await code(world.me(cookie(id), without))).toEqual([403, 'not_an_admin']);
    expect(await code(world.me(cookie(id), await world.replica([])))).toEqual([403, 'not_an_admin']);
  });

  it.each([
    ['missing', {}],
    ['another site', { origin: 'https://evil.example' }],
    ['null', { origin: 'null' }],
    ['a longer host', { origin: `${ORIGIN}.evil.example` }],
    ['the http twin', { origin: 'http://app.example.com' }],
  ])('D4: refuses a change whose Origin is %s, and changes nothing', async (_, headers: Headers) => {
    const id = await world.sessionOf(world.admin);
    const refused = [403, 'origin_mismatch'];
    expect(await code(world.post('/admin/logout', undefined, { ...headers, ...cookie(id) }))).toEqual(
      refused,
    );
    expect(await code(world.send('DELETE', '/probe/admin', { ...headers, ...cookie(id) }))).toEqual(refused);
    expect(await code(world.post('/admin/login', {}, headers))).toEqual(refused);
    expect((await world.me({ ...headers, ...cookie(id) })).statusCode).toBe(200);
  });

  it('gives a nonce to a script without an Origin, but to no other site', async () => {
    const ask = (headers: Headers) => world.post('/admin/nonce', { wallet: world.admin.address }, headers);
    expect((await ask({})).statusCode).toBe(200);
    expect(await code(ask({ origin: 'https://evil.example' }))).toEqual([403, 'origin_mismatch']);
  });

  it('counts a session wherever it is used from, and each on its own', async () => {
    const { limit, windowSeconds } = PROVEN_LIMITS.session;
    await earlyInWindow(windowSeconds);
    const [busy, fresh] = [await world.sessionOf(world.admin), await world.sessionOf(world.admin)];
    expect((await world.me(cookie(busy))).headers['ratelimit']).toMatch(
      new RegExp(`, "session";r=${limit - 1};t=\\d+$`),
    );
    const key = windowKey(
      'GET /api/admin/me',
      'session',
      hashSessionId(busy, world.app.get(ServerKeys).of('sessions').current.bytes),
    );
    await world.rows(`UPDATE rate_limits SET hits = ${limit} WHERE key = '${key}'`);
    world.remoteAddress = '192.0.2.77';
    expect((await world.me(cookie(busy))).json()).toMatchObject({
      status: 429,
      code: 'too_many_requests',
      'violated-policies': ['session'],
    });
    expect((await world.me(cookie(fresh))).statusCode).toBe(200);
  });

  it('says who is not signed in before it says what the Origin is', async () => {
    expect(await code(world.post('/admin/logout', undefined, {}))).toEqual([401, 'not_signed_in']);
  });
});
