import { createSignInMessageText } from '@solana/wallet-standard-util';
import type { NonceAnswer } from '#src/admin/sessions/admin.dto.js';
import { createHash } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ServerKeys } from '#src/marks/server-keys.service.js';
import { hashSessionId } from '#src/admin/sessions/session-id.js';
import { AdminPurge } from '#src/admin/sessions/admin.purge.js';
import type { HandClock } from '#src/common/clock.fake.js';
import { ORIGIN, startAdminApp } from '../../support/worlds/admin-app.js';
import { PROVEN_LIMITS } from '#src/common/rate-limits.js';
import { windowKey } from '#src/rate-limit/rate-window.js';
import { createTestDatabase } from '../../support/database.js';
import { execute } from '../../support/sql.js';
import { textsDecoded } from '../../support/checks/texts-decoded.js';
import { earlyInWindow } from '../../support/clock.js';
import { TestWallet } from '../../support/builders/wallets.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type Json = Record<string, unknown>;
type Headers = Record<string, string>;

describe('admin sign-in', () => {
  const admin = TestWallet.generate();
  const stranger = TestWallet.generate();
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let app: NestFastifyApplication;
  let clock: HandClock;
  let others: NestFastifyApplication[] = [];
  let remoteAddress = '';
  let tests = 0;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  beforeEach(async () => {
    tests += 1;
    remoteAddress = `10.0.0.${tests}`;
    ({ app, clock } = await startAdminApp(database.url, [TestWallet.generate().address, admin.address]));
  });
  afterEach(async () => {
    await Promise.all([app, ...others].map((one) => one.close()));
    others = [];
  });
  afterAll(async () => {
    await database.drop();
  });

  /** Another replica over the same database, perhaps configured otherwise. */
  async function replica(admins: readonly string[], overrides: Headers = {}) {
    const started = await startAdminApp(database.url, admins, overrides);
    others.push(started.app);
    return started.app;
  }

  // A client address of each test's own, so that the rate limits of sign-in do not add up.
  const send = (method: 'GET' | 'POST' | 'DELETE', url: string, headers: Headers, payload?: Json, at = app) =>
    at.inject({
      method,
      url: `/api${url}`,
      headers,
      remoteAddress,
      ...(payload === undefined ? {} : { payload }),
    });
  const post = (url: string, payload?: Json, headers: Headers = { origin: ORIGIN }, at = app) =>
    send('POST', url, headers, payload, at);
  const me = (headers: Headers, at = app) => send('GET', '/admin/me', headers, undefined, at);

  async function issue(wallet: TestWallet, at = app) {
    const response = await post('/admin/nonce', { wallet: wallet.address }, { origin: ORIGIN }, at);
    expect(response.statusCode).toBe(200);
    return response.json<NonceAnswer>();
  }

  async function login(wallet: TestWallet, at = app) {
    const { nonce, message } = await issue(wallet, at);
    const body = { wallet: wallet.address, nonce, signature: wallet.signBase58(message) };
    return post('/admin/login', body, { origin: ORIGIN }, at);
  }

  async function sessionOf(wallet: TestWallet): Promise<string> {
    const response = await login(wallet);
    expect(response.statusCode).toBe(200);
    return response.cookies[0]?.value ?? '';
  }

  const cookie = (id: string) => ({ cookie: `cts_admin_session=${id}` });
  const rows = (sql: string) => execute<Json>(database.url, sql);
  const auditEvents = () => rows('SELECT event, actor, request_id FROM audit_logs ORDER BY id DESC LIMIT 1');

  it('gives any wallet a Sign-In With Solana message, and tells nobody who is an admin', async () => {
    const answers = await Promise.all([issue(admin), issue(stranger)]);
    const shapes = answers.map(({ message, nonce }, index) =>
      message.replace([admin, stranger][index]?.address ?? '', 'WALLET').replace(nonce, 'NONCE'),
    );
    expect(shapes[0]).toBe(shapes[1]);
    expect(shapes[0]).toBe(
      [
        'app.example.com wants you to sign in with your Solana account:',
        'WALLET',
        '',
        'Sign in as an admin of Commit To Ship. This does not move any funds.',
        '',
        `URI: ${ORIGIN}`,
        'Version: 1',
        'Chain ID: solana:devnet',
        'Nonce: NONCE',
        `Issued At: ${clock.now().toISOString()}`,
        `Expiration Time: ${new Date(clock.at + 10 * MINUTE).toISOString()}`,
      ].join('\n'),
    );
  });

  it('also has the fields, of which a wallet makes the same text by itself', async () => {
    const { message, nonce, signInInput } = await issue(admin);
    expect(createSignInMessageText(signInInput)).toBe(message);
    expect(signInInput).toMatchObject({ address: admin.address, nonce, uri: ORIGIN, version: '1' });
  });

  it.each([
    ['no base58', { wallet: '0'.repeat(44) }],
    ['31 bytes', { wallet: '2'.repeat(42) }],
    ['an address that no key can have', { wallet: '8opHzTAnfzRpPEx21XtnrVTX28YQuCpAjcn1PczScKh' }],
    ['a number', { wallet: 7 }],
    ['an unknown member', { wallet: TestWallet.generate().address, role: 'root' }],
    ['nothing', {}],
  ])('refuses a nonce request with %s', async (_, body) => {
    const response = await post('/admin/nonce', body);
    expect([response.statusCode, response.json<Json>()['code']]).toEqual([400, 'validation_failed']);
  });

  it('opens a session, carried by a cookie that scripts and other sites cannot use', async () => {
    const response = await login(admin);
    const expiresAt = new Date(clock.at + 12 * HOUR).toISOString();
    expect(response.json()).toEqual({ wallet: admin.address, expiresAt });
    expect(response.cookies).toEqual([
      expect.objectContaining({
        name: 'cts_admin_session',
        httpOnly: true,
        sameSite: 'Strict',
        path: '/',
        maxAge: 43_200,
      }),
    ]);
    expect(response.cookies[0]).not.toHaveProperty('secure');
    const seen = await me(cookie(response.cookies[0]?.value ?? ''));
    expect([seen.statusCode, seen.json()]).toEqual([200, { wallet: admin.address, expiresAt }]);
  });

  it('marks the cookie Secure in production', async () => {
    const production = await replica([admin.address], {
      NODE_ENV: 'production',
      ESCROW_DB_SECRET: 's'.repeat(32),
      SOLANA_RPC_URL: 'http://127.0.0.1:1',
    });
    expect((await login(admin, production)).cookies[0]).toMatchObject({ secure: true });
  });

  it('D7: stores a hash of the session id, and never the id', async () => {
    const id = await sessionOf(admin);
    const stored = JSON.stringify(await rows('SELECT * FROM admin_sessions'));
    const logged = JSON.stringify(await rows('SELECT * FROM audit_logs'));
    expect(stored + logged).not.toContain(id);
    expect(stored).not.toContain(createHash('sha256').update(id).digest('hex'));
    expect((await me(cookie(createHash('sha256').update(id).digest('hex')))).statusCode).toBe(401);
  });

  it('T8: a session that was written or changed by hand is none', async () => {
    const own = 'A'.repeat(43);
    const hash = createHash('sha256').update(own).digest('hex');
    await rows(`INSERT INTO admin_sessions (id_hash, wallet, created_at, expires_at, mac)
      VALUES ('${hash}', '${admin.address}', now(), now() + interval '1 h', '${hash}')`);
    expect((await me(cookie(own))).statusCode).toBe(401);
    const id = await sessionOf(admin);
    expect((await me(cookie(id))).statusCode).toBe(200);
    await rows(`UPDATE admin_sessions SET expires_at = expires_at + interval '1 day'`);
    expect((await me(cookie(id))).statusCode).toBe(401);
  });

  it('T8: a session outlives the rotation of the secret, and not the secret that it was made with', async () => {
    const id = await sessionOf(admin);
    const [OLD, NEW] = ['s'.repeat(32), 'n'.repeat(32)];
    const rotated = { ESCROW_DB_SECRET: NEW, ESCROW_DB_SECRET_PREVIOUS: OLD };
    expect((await me(cookie(id), await replica([admin.address], rotated))).statusCode).toBe(200);
    const forgotten = await replica([admin.address], { ESCROW_DB_SECRET: NEW });
    expect((await me(cookie(id), forgotten)).statusCode).toBe(401);
  });

  it('D8: the audit rows of sign-in and sign-out name the admin and the request', async () => {
    const id = await sessionOf(admin);
    const request = expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown;
    expect(await auditEvents()).toEqual([
      { event: 'admin_login_ok', actor: admin.address, request_id: request },
    ]);
    await post('/admin/logout', undefined, { origin: ORIGIN, ...cookie(id) });
    expect(await auditEvents()).toEqual([
      { event: 'admin_logout_ok', actor: admin.address, request_id: request },
    ]);
  });

  it('D8: refusals name the wallet that proved itself, and nobody where nobody did', async () => {
    const { nonce, message } = await issue(admin);
    await post('/admin/login', { wallet: admin.address, nonce, signature: stranger.signBase58(message) });
    expect(await auditEvents()).toMatchObject([{ event: 'admin_login_denied', actor: 'anonymous' }]);
    await login(stranger);
    expect(await auditEvents()).toMatchObject([{ event: 'admin_login_denied', actor: stranger.address }]);
    const id = await sessionOf(admin);
    await post('/admin/logout', undefined, { origin: 'https://evil.example', ...cookie(id) });
    expect(await auditEvents()).toMatchObject([{ event: 'admin_logout_denied', actor: admin.address }]);
  });

  it('D8: a login that cannot be recorded opens no session', async () => {
    const sessions = () => rows('SELECT id_hash FROM admin_sessions ORDER BY id_hash');
    const before = await sessions();
    await rows('ALTER TABLE audit_logs RENAME TO audit_logs_away');
    try {
      const response = await login(admin);
      expect([response.statusCode, response.cookies]).toEqual([500, []]);
    } finally {
      await rows('ALTER TABLE audit_logs_away RENAME TO audit_logs');
    }
    expect(await sessions()).toEqual(before);
  });

  it('a login always makes a new session id, whatever the browser brings', async () => {
    const planted = 'A'.repeat(43);
    const { nonce, message } = await issue(admin);
    const body = { wallet: admin.address, nonce, signature: admin.signBase58(message) };
    const response = await post('/admin/login', body, { origin: ORIGIN, ...cookie(planted) });
    expect(response.cookies[0]?.value).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(response.cookies[0]?.value).not.toBe(planted);
    expect((await me(cookie(planted))).statusCode).toBe(401);
  });

  it('signs out: the session is gone on the server, the cookie is cleared', async () => {
    const id = await sessionOf(admin);
    const response = await post('/admin/logout', undefined, { origin: ORIGIN, ...cookie(id) });
    expect([response.statusCode, response.body]).toEqual([204, '']);
    expect(response.cookies[0]).toMatchObject({ name: 'cts_admin_session', value: '', maxAge: 0, path: '/' });
    expect((await me(cookie(id))).json()).toMatchObject({ code: 'not_signed_in' });
  });

  describe('refuses a login', () => {
    const attempt = async (body: Json) => {
      const response = await post('/admin/login', body);
      return [response.statusCode, response.json<Json>()['code'], response.cookies.length];
    };

    it('with a nonce that was used', async () => {
      const { nonce, message } = await issue(admin);
      const body = { wallet: admin.address, nonce, signature: admin.signBase58(message) };
      expect((await post('/admin/login', body)).statusCode).toBe(200);
      expect(await attempt(body)).toEqual([401, 'nonce_expired', 0]);
    });

    it('with a nonce that was tried with a wrong signature before', async () => {
      const { nonce, message } = await issue(admin);
      const body = { wallet: admin.address, nonce };
      expect(await attempt({ ...body, signature: stranger.signBase58(message) })).toEqual([
        401,
        'invalid_signature',
        0,
      ]);
      expect(await attempt({ ...body, signature: admin.signBase58(message) })).toEqual([
        401,
        'nonce_expired',
        0,
      ]);
    });

    it('when 16 come at once with one nonce: one gets in', async () => {
      const { nonce, message } = await issue(admin);
      const body = { wallet: admin.address, nonce, signature: admin.signBase58(message) };
      const before = await rows('SELECT id_hash FROM admin_sessions');
      const answers = await Promise.all(Array.from({ length: 16 }, () => post('/admin/login', body)));
      const codes = answers.map((answer) => answer.statusCode).sort((a, b) => a - b);
      expect(codes).toEqual([200, ...Array.from({ length: 15 }, () => 401)]);
      expect(await rows('SELECT id_hash FROM admin_sessions')).toHaveLength(before.length + 1);
    });

    it('with the nonce of another wallet, which stays usable for its owner', async () => {
      const { nonce, message } = await issue(admin);
      const stolen = { wallet: stranger.address, nonce, signature: stranger.signBase58(message) };
      expect(await attempt(stolen)).toEqual([401, 'nonce_expired', 0]);
      const own = { wallet: admin.address, nonce, signature: admin.signBase58(message) };
      expect((await post('/admin/login', own)).statusCode).toBe(200);
    });

    it('with a nonce that is older than ten minutes', async () => {
      const { nonce, message } = await issue(admin);
      clock.at += 10 * MINUTE;
      const body = { wallet: admin.address, nonce, signature: admin.signBase58(message) };
      expect(await attempt(body)).toEqual([401, 'nonce_expired', 0]);
    });

    it.each([
      ['another domain', (text: string) => text.replaceAll('app.example.com', 'evil.example')],
      ['another chain', (text: string) => text.replace('solana:devnet', 'solana:mainnet')],
      ['a later expiry', (text: string) => text.replace(/Expiration Time: \d{4}/, 'Expiration Time: 2999')],
      ['another statement', (text: string) => text.replace('Sign in', 'Log in')],
    ])('with a message that names %s', async (_, change) => {
      const { nonce, message } = await issue(admin);
      expect(change(message)).not.toBe(message);
      const body = { wallet: admin.address, nonce, signature: admin.signBase58(change(message)) };
      expect(await attempt(body)).toEqual([401, 'invalid_signature', 0]);
    });

    it('of a wallet that is not on the allowlist, although its signature is right', async () => {
      const { nonce, message } = await issue(stranger);
      const body = { wallet: stranger.address, nonce, signature: stranger.signBase58(message) };
      expect(await attempt(body)).toEqual([403, 'not_an_admin', 0]);
    });

    it('D1: with a signature of the wrong size, which is not decoded and does not cost the nonce', async () => {
      const { nonce, message } = await issue(admin);
      const body = { wallet: admin.address, nonce };
      const decoded = await textsDecoded(async () => {
        for (const signature of ['', 'z'.repeat(3_900), '0'.repeat(88)]) {
          expect(await attempt({ ...body, signature })).toEqual([400, 'malformed_signature', 0]);
        }
      });
      expect(decoded.filter((text) => text !== admin.address)).toEqual([]);
      const right = await post('/admin/login', { ...body, signature: admin.signBase58(message) });
      expect(right.statusCode).toBe(200);
    });

    it.each([
      ['NUL', 'abcdefg\0'],
      ['a quote', "abcdefg'"],
      ['too much', 'a'.repeat(65)],
      ['a number', 12_345_678],
    ])('with %s in the place of the nonce', async (_, nonce) => {
      const body = { wallet: admin.address, nonce, signature: admin.signBase58('x') };
      expect(await attempt(body)).toEqual([400, 'validation_failed', 0]);
    });
  });

  describe('the access guard', () => {
    const code = async (response: ReturnType<typeof me>) => {
      const { statusCode, body } = await response;
      return [statusCode, (JSON.parse(body) as Json)['code']];
    };

    it('keeps a route closed that declares no rule', async () => {
      const id = await sessionOf(admin);
      const asked = send('GET', '/probe/undeclared', cookie(id));
      expect(await code(asked)).toEqual([403, 'access_rule_missing']);
    });

    it('lets anyone through to public and signed routes, from any origin', async () => {
      const open = await send('GET', '/probe/public', {});
      const signed = await post('/probe/signed', undefined, { origin: 'https://evil.example' });
      expect([open.statusCode, signed.statusCode]).toEqual([200, 201]);
    });

    it('answers 401 without a cookie, and to a session that ended', async () => {
      const id = await sessionOf(admin);
      expect(await code(me({}))).toEqual([401, 'not_signed_in']);
      clock.at += 12 * HOUR - 1;
      expect((await me(cookie(id))).statusCode).toBe(200);
      clock.at += 1;
      expect(await code(me(cookie(id)))).toEqual([401, 'not_signed_in']);
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
      expect(await code(me({ cookie: text }))).toEqual([401, 'not_signed_in']);
    });

    it('asks the allowlist on every request: a wallet taken off it is out at once', async () => {
      const id = await sessionOf(admin);
      const without = await replica([stranger.address]);
      expect(await code(me(cookie(id), without))).toEqual([403, 'not_an_admin']);
      expect(await code(me(cookie(id), await replica([])))).toEqual([403, 'not_an_admin']);
    });

    it.each([
      ['missing', {}],
      ['another site', { origin: 'https://evil.example' }],
      ['null', { origin: 'null' }],
      ['a longer host', { origin: `${ORIGIN}.evil.example` }],
      ['the http twin', { origin: 'http://app.example.com' }],
    ])('D4: refuses a change whose Origin is %s, and changes nothing', async (_, headers: Headers) => {
      const id = await sessionOf(admin);
      const refused = [403, 'origin_mismatch'];
      expect(await code(post('/admin/logout', undefined, { ...headers, ...cookie(id) }))).toEqual(refused);
      expect(await code(send('DELETE', '/probe/admin', { ...headers, ...cookie(id) }))).toEqual(refused);
      expect(await code(post('/admin/login', {}, headers))).toEqual(refused);
      expect((await me({ ...headers, ...cookie(id) })).statusCode).toBe(200);
    });

    it('gives a nonce to a script without an Origin, but to no other site', async () => {
      const ask = (headers: Headers) => post('/admin/nonce', { wallet: admin.address }, headers);
      expect((await ask({})).statusCode).toBe(200);
      expect(await code(ask({ origin: 'https://evil.example' }))).toEqual([403, 'origin_mismatch']);
    });

    it('counts a session wherever it is used from, and each on its own', async () => {
      const { limit, windowSeconds } = PROVEN_LIMITS.session;
      await earlyInWindow(windowSeconds);
      const [busy, fresh] = [await sessionOf(admin), await sessionOf(admin)];
      expect((await me(cookie(busy))).headers['ratelimit']).toMatch(
        new RegExp(`, "session";r=${limit - 1};t=\\d+$`),
      );
      const key = windowKey(
        'GET /api/admin/me',
        'session',
        hashSessionId(busy, app.get(ServerKeys).of('sessions').current.bytes),
      );
      await rows(`UPDATE rate_limits SET hits = ${limit} WHERE key = '${key}'`);
      remoteAddress = '192.0.2.77';
      expect((await me(cookie(busy))).json()).toMatchObject({
        status: 429,
        code: 'too_many_requests',
        'violated-policies': ['session'],
      });
      expect((await me(cookie(fresh))).statusCode).toBe(200);
    });

    it('says who is not signed in before it says what the Origin is', async () => {
      expect(await code(post('/admin/logout', undefined, {}))).toEqual([401, 'not_signed_in']);
    });
  });

  it('D3: the purge removes what has expired and nothing else', async () => {
    const id = await sessionOf(admin);
    clock.at += 11 * HOUR;
    const { nonce } = await issue(admin);
    const later = await sessionOf(admin);
    clock.at += HOUR;
    const purged = await app.get(AdminPurge).run();
    expect(purged.sessions).toBeGreaterThanOrEqual(1);
    expect(await rows(`SELECT 1 FROM admin_nonces WHERE nonce = '${nonce}'`)).toEqual([]);
    expect([(await me(cookie(id))).statusCode, (await me(cookie(later))).statusCode]).toEqual([401, 200]);
  });
});
