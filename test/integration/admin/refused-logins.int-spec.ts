import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { textsDecoded } from '../../support/checks/texts-decoded.js';
import { SignInWorld } from '../../support/worlds/sign-in-world.js';

const MINUTE = 60_000;

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

describe('admin sign-in refuses a login', () => {
  const attempt = async (body: Json) => {
    const response = await world.post('/admin/login', body);
    return [response.statusCode, response.json<Json>()['code'], response.cookies.length];
  };

  it('with a nonce that was used', async () => {
    const { nonce, message } = await world.issue(world.admin);
    const body = { wallet: world.admin.address, nonce, signature: world.admin.signBase58(message) };
    expect((await world.post('/admin/login', body)).statusCode).toBe(200);
    expect(await attempt(body)).toEqual([401, 'nonce_expired', 0]);
  });

  it('with a nonce that was tried with a wrong signature before', async () => {
    const { nonce, message } = await world.issue(world.admin);
    const body = { wallet: world.admin.address, nonce };
    expect(await attempt({ ...body, signature: world.stranger.signBase58(message) })).toEqual([
      401,
      'invalid_signature',
      0,
    ]);
    expect(await attempt({ ...body, signature: world.admin.signBase58(message) })).toEqual([
      401,
      'nonce_expired',
      0,
    ]);
  });

  it('when 16 come at once with one nonce: one gets in', async () => {
    const { nonce, message } = await world.issue(world.admin);
    const body = { wallet: world.admin.address, nonce, signature: world.admin.signBase58(message) };
    const before = await world.rows('SELECT id_hash FROM admin_sessions');
    const answers = await Promise.all(Array.from({ length: 16 }, () => world.post('/admin/login', body)));
    const codes = answers.map((answer) => answer.statusCode).sort((a, b) => a - b);
    expect(codes).toEqual([200, ...Array.from({ length: 15 }, () => 401)]);
    expect(await world.rows('SELECT id_hash FROM admin_sessions')).toHaveLength(before.length + 1);
  });

  it('with the nonce of another wallet, which stays usable for its owner', async () => {
    const { nonce, message } = await world.issue(world.admin);
    const stolen = { wallet: world.stranger.address, nonce, signature: world.stranger.signBase58(message) };
    expect(await attempt(stolen)).toEqual([401, 'nonce_expired', 0]);
    const own = { wallet: world.admin.address, nonce, signature: world.admin.signBase58(message) };
    expect((await world.post('/admin/login', own)).statusCode).toBe(200);
  });

  it('with a nonce that is older than ten minutes', async () => {
    const { nonce, message } = await world.issue(world.admin);
    world.clock.at += 10 * MINUTE;
    const body = { wallet: world.admin.address, nonce, signature: world.admin.signBase58(message) };
    expect(await attempt(body)).toEqual([401, 'nonce_expired', 0]);
  });

  it.each([
    ['another domain', (text: string) => text.replaceAll('app.example.com', 'evil.example')],
    ['another chain', (text: string) => text.replace('solana:devnet', 'solana:mainnet')],
    ['a later expiry', (text: string) => text.replace(/Expiration Time: \d{4}/, 'Expiration Time: 2999')],
    ['another statement', (text: string) => text.replace('Sign in', 'Log in')],
  ])('with a message that names %s', async (_, change) => {
    const { nonce, message } = await world.issue(world.admin);
    expect(change(message)).not.toBe(message);
    const body = { wallet: world.admin.address, nonce, signature: world.admin.signBase58(change(message)) };
    expect(await attempt(body)).toEqual([401, 'invalid_signature', 0]);
  });

  it('of a wallet that is not on the allowlist, although its signature is right', async () => {
    const { nonce, message } = await world.issue(world.stranger);
    const body = { wallet: world.stranger.address, nonce, signature: world.stranger.signBase58(message) };
    expect(await attempt(body)).toEqual([403, 'not_an_admin', 0]);
  });

  it('D1: with a signature of the wrong size, which is not decoded and does not cost the nonce', async () => {
    const { nonce, message } = await world.issue(world.admin);
    const body = { wallet: world.admin.address, nonce };
    const decoded = await textsDecoded(async () => {
      for (const signature of ['', 'z'.repeat(3_900), '0'.repeat(88)]) {
        expect(await attempt({ ...body, signature })).toEqual([400, 'malformed_signature', 0]);
      }
    });
    expect(decoded.filter((text) => text !== world.admin.address)).toEqual([]);
    const right = await world.post('/admin/login', { ...body, signature: world.admin.signBase58(message) });
    expect(right.statusCode).toBe(200);
  });

  it.each([
    ['NUL', 'abcdefg\0'],
    ['a quote', "abcdefg'"],
    ['too much', 'a'.repeat(65)],
    ['a number', 12_345_678],
  ])('with %s in the place of the nonce', async (_, nonce) => {
    const body = { wallet: world.admin.address, nonce, signature: world.admin.signBase58('x') };
    expect(await attempt(body)).toEqual([400, 'validation_failed', 0]);
  });
});
