import { createHash } from 'node:crypto';
import { createSignInMessageText } from '@solana/wallet-standard-util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AdminPurge } from '#src/admin/sessions/admin.purge.js';
import { TestWallet } from '../../support/builders/wallets.js';
import { ORIGIN } from '../../support/worlds/admin-app.js';
import { cookie, SignInWorld } from '../../support/worlds/sign-in-world.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type Json = Record<string, unknown>;

let world: SignInWorld;
beforeAll(async () => {
  world = await SignInWorld.create();
});
beforeEach(() => world.begin());
afterEach(() => world.end());
afterAll(async () => {
  await world?.drop();
});

const auditEvents = () =>
  world.rows('SELECT event, actor, request_id FROM audit_logs ORDER BY id DESC LIMIT 1');

describe('admin sign-in', () => {
  it('gives any wallet a Sign-In With Solana message, and tells nobody who is an admin', async () => {
    const answers = await Promise.all([world.issue(world.admin), world.issue(world.stranger)]);
    const shapes = answers.map(({ message, nonce }, index) =>
      message.replace([world.admin, world.stranger][index]?.address ?? '', 'WALLET').replace(nonce, 'NONCE'),
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
        `Issued At: ${world.clock.now().toISOString()}`,
        `Expiration Time: ${new Date(world.clock.at + 10 * MINUTE).toISOString()}`,
      ].join('\n'),
    );
  });

  it('also has the fields, of which a wallet makes the same text by itself', async () => {
    const { message, nonce, signInInput } = await world.issue(world.admin);
    expect(createSignInMessageText(signInInput)).toBe(message);
    expect(signInInput).toMatchObject({ address: world.admin.address, nonce, uri: ORIGIN, version: '1' });
  });

  it.each([
    ['no base58', { wallet: '0'.repeat(44) }],
    ['31 bytes', { wallet: '2'.repeat(42) }],
    ['an address that no key can have', { wallet: '8opHzTAnfzRpPEx21XtnrVTX28YQuCpAjcn1PczScKh' }],
    ['a number', { wallet: 7 }],
    ['an unknown member', { wallet: TestWallet.generate().address, role: 'root' }],
    ['nothing', {}],
  ])('refuses a nonce request with %s', async (_, body) => {
    const response = await world.post('/admin/nonce', body);
    expect([response.statusCode, response.json<Json>()['code']]).toEqual([400, 'validation_failed']);
  });

  it('opens a session, carried by a cookie that scripts and other sites cannot use', async () => {
    const response = await world.login(world.admin);
    const expiresAt = new Date(world.clock.at + 12 * HOUR).toISOString();
    expect(response.json()).toEqual({ wallet: world.admin.address, expiresAt });
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
    const seen = await world.me(cookie(response.cookies[0]?.value ?? ''));
    expect([seen.statusCode, seen.json()]).toEqual([200, { wallet: world.admin.address, expiresAt }]);
  });

  it('marks the cookie Secure in production', async () => {
    const production = await world.replica([world.admin.address], {
      NODE_ENV: 'production',
      ESCROW_DB_SECRET: 's'.repeat(32),
      SOLANA_RPC_URL: 'http://127.0.0.1:1',
    });
    expect((await world.login(world.admin, production)).cookies[0]).toMatchObject({ secure: true });
  });

  it('D7: stores a hash of the session id, and never the id', async () => {
    const id = await world.sessionOf(world.admin);
    const stored = JSON.stringify(await world.rows('SELECT * FROM admin_sessions'));
    const logged = JSON.stringify(await world.rows('SELECT * FROM audit_logs'));
    expect(stored + logged).not.toContain(id);
    expect(stored).not.toContain(createHash('sha256').update(id).digest('hex'));
    expect((await world.me(cookie(createHash('sha256').update(id).digest('hex')))).statusCode).toBe(401);
  });

  it('T8: a session that was written or changed by hand is none', async () => {
    const own = 'A'.repeat(43);
    const hash = createHash('sha256').update(own).digest('hex');
    await world.rows(`INSERT INTO admin_sessions (id_hash, wallet, created_at, expires_at, mac)
      VALUES ('${hash}', '${world.admin.address}', now(), now() + interval '1 h', '${hash}')`);
    expect((await world.me(cookie(own))).statusCode).toBe(401);
    const id = await world.sessionOf(world.admin);
    expect((await world.me(cookie(id))).statusCode).toBe(200);
    await world.rows(`UPDATE admin_sessions SET expires_at = expires_at + interval '1 day'`);
    expect((await world.me(cookie(id))).statusCode).toBe(401);
  });

  it('T8: a session outlives the rotation of the secret, and not the secret that it was made with', async () => {
    const id = await world.sessionOf(world.admin);
    const [OLD, NEW] = ['s'.repeat(32), 'n'.repeat(32)];
    const rotated = { ESCROW_DB_SECRET: NEW, ESCROW_DB_SECRET_PREVIOUS: OLD };
    expect((await world.me(cookie(id), await world.replica([world.admin.address], rotated))).statusCode).toBe(
      200,
    );
    const forgotten = await world.replica([world.admin.address], { ESCROW_DB_SECRET: NEW });
    expect((await world.me(cookie(id), forgotten)).statusCode).toBe(401);
  });

  it('D8: the audit rows of sign-in and sign-out name the admin and the request', async () => {
    const id = await world.sessionOf(world.admin);
    const request = expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown;
    expect(await auditEvents()).toEqual([
      { event: 'admin_login_ok', actor: world.admin.address, request_id: request },
    ]);
    await world.post('/admin/logout', undefined, { origin: ORIGIN, ...cookie(id) });
    expect(await auditEvents()).toEqual([
      { event: 'admin_logout_ok', actor: world.admin.address, request_id: request },
    ]);
  });

  it('D8: refusals name the wallet that proved itself, and nobody where nobody did', async () => {
    const { nonce, message } = await world.issue(world.admin);
    await world.post('/admin/login', {
      wallet: world.admin.address,
      nonce,
      signature: world.stranger.signBase58(message),
    });
    expect(await auditEvents()).toMatchObject([{ event: 'admin_login_denied', actor: 'anonymous' }]);
    await world.login(world.stranger);
    expect(await auditEvents()).toMatchObject([
      { event: 'admin_login_denied', actor: world.stranger.address },
    ]);
    const id = await world.sessionOf(world.admin);
    await world.post('/admin/logout', undefined, { origin: 'https://evil.example', ...cookie(id) });
    expect(await auditEvents()).toMatchObject([{ event: 'admin_logout_denied', actor: world.admin.address }]);
  });

  it('D8: a login that cannot be recorded opens no session', async () => {
    const sessions = () => world.rows('SELECT id_hash FROM admin_sessions ORDER BY id_hash');
    const before = await sessions();
    await world.rows('ALTER TABLE audit_logs RENAME TO audit_logs_away');
    try {
      const response = await world.login(world.admin);
      expect([response.statusCode, response.cookies]).toEqual([500, []]);
    } finally {
      await world.rows('ALTER TABLE audit_logs_away RENAME TO audit_logs');
    }
    expect(await sessions()).toEqual(before);
  });

  it('a login always makes a new session id, whatever the browser brings', async () => {
    const planted = 'A'.repeat(43);
    const { nonce, message } = await world.issue(world.admin);
    const body = { wallet: world.admin.address, nonce, signature: world.admin.signBase58(message) };
    const response = await world.post('/admin/login', body, { origin: ORIGIN, ...cookie(planted) });
    expect(response.cookies[0]?.value).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(response.cookies[0]?.value).not.toBe(planted);
    expect((await world.me(cookie(planted))).statusCode).toBe(401);
  });

  it('signs out: the session is gone on the server, the cookie is cleared', async () => {
    const id = await world.sessionOf(world.admin);
    const response = await world.post('/admin/logout', undefined, { origin: ORIGIN, ...cookie(id) });
    expect([response.statusCode, response.body]).toEqual([204, '']);
    expect(response.cookies[0]).toMatchObject({ name: 'cts_admin_session', value: '', maxAge: 0, path: '/' });
    expect((await world.me(cookie(id))).json()).toMatchObject({ code: 'not_signed_in' });
  });

  it('D3: the purge removes what has expired and nothing else', async () => {
    const id = await world.sessionOf(world.admin);
    world.clock.at += 11 * HOUR;
    const { nonce } = await world.issue(world.admin);
    const later = await world.sessionOf(world.admin);
    world.clock.at += HOUR;
    const purged = await world.app.get(AdminPurge).run();
    expect(purged.sessions).toBeGreaterThanOrEqual(1);
    expect(await world.rows(`SELECT 1 FROM admin_nonces WHERE nonce = '${nonce}'`)).toEqual([]);
    expect([(await world.me(cookie(id))).statusCode, (await world.me(cookie(later))).statusCode]).toEqual([
      401, 200,
    ]);
  });
});
