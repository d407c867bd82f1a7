import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PrivyDouble } from './privy-double.js';

/** The tests of custody are worth what their double is worth. */

let privy: PrivyDouble;
beforeAll(async () => {
  privy = await PrivyDouble.start();
});
afterAll(() => privy.stop());

type Headers = Readonly<Record<string, string>>;

async function post(path: string, body: object, headers: Headers = {}) {
  const authorization = `Basic ${Buffer.from(`${privy.appId}:${privy.appSecret}`).toString('base64')}`;
  const answer = await fetch(`${privy.url}${path}`, {
    method: 'POST',
    headers: {
      authorization,
      'privy-app-id': privy.appId,
      'content-type': 'application/json',
      ...headers,
    },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const SOLANA = { chain_type: 'solana' };

describe("the double of Privy's API", () => {
  it('serves both of its prefixes', async () => {
    for (const prefix of ['/api/v1', '/v1'])
      expect(await post(`${prefix}/wallets`, SOLANA)).toMatchObject({ status: 200, body: SOLANA });
    expect((await post('/v2/wallets', SOLANA)).status).toBe(404);
  });

  it.each([
    [{ authorization: 'Basic bm86bm8=' }, 401],
    [{ 'privy-app-id': 'another' }, 400],
    [{ 'content-type': 'text/plain' }, 415],
    [{ 'privy-idempotency-key': 'x'.repeat(257) }, 400],
  ])('refuses a caller with %j', async (headers: Headers, status) => {
    expect((await post('/v1/wallets', SOLANA, headers)).status).toBe(status);
  });

  it('gives the answer to the first use of a key to every other one, failures included', async () => {
    const key = { 'privy-idempotency-key': 'one' };
    const answers = await Promise.all([1, 2, 3].map(() => post('/v1/wallets', SOLANA, key)));
    expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1);
    expect((await post('/v1/wallets', { ...SOLANA, policy_ids: ['p'] }, key)).status).toBe(400);

    privy.plan = () => ({ kind: 'stored_error', status: 500 });
    const failing = { 'privy-idempotency-key': 'two' };
    expect((await post('/v1/wallets', SOLANA, failing)).status).toBe(500);
    privy.plan = () => undefined;
    expect((await post('/v1/wallets', SOLANA, failing)).status).toBe(500);
  });
});
