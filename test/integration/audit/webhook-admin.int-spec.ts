import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseEnvironment } from '#config/environment.js';
import { Settings } from '#config/settings.js';
import { WebhookLimits } from '#src/audit/webhook/webhook-limits.service.js';
import { WebhookSender } from '#src/audit/webhook/webhook-sender.service.js';
import { SystemClock } from '#src/common/clock.js';
import { ORIGIN } from '../../support/worlds/admin-app.js';
import { WebhookWorld } from '../../support/worlds/webhook-world.js';

type Json = Record<string, unknown>;

const UNKNOWN = '0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e6f';

let world: WebhookWorld;
let cookie: string;

beforeAll(async () => {
  world = await WebhookWorld.start();
  const { nonce, message } = (await send('POST', 'nonce', { wallet: world.admin.address })).body;
  const signature = world.admin.signBase58(String(message));
  const { app } = world.first;
  const payload = { wallet: world.admin.address, nonce, signature };
  const login = await app.inject({
    method: 'POST',
    url: '/api/admin/login',
    headers: { origin: ORIGIN },
    payload,
  });
  cookie = `cts_admin_session=${login.cookies[0]?.value}`;
});
beforeEach(() => world.clear());
afterAll(() => world?.stop());

async function send(method: 'GET' | 'POST', path: string, payload?: Json, { app } = world.first) {
  const headers = { origin: ORIGIN, ...(cookie === undefined ? {} : { cookie }) };
  const url = `/api/admin/${path}`;
  const answer = await app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
  return { status: answer.statusCode, body: answer.json<Json>() };
}
const warn = () => world.record({ event: 'thing_error' });
const logged = (event: string) =>
  world.sql<{ actor: string; fields: Json }>('SELECT actor, fields FROM audit_logs WHERE event = $1', [
    event,
  ]);

describe('an event that nobody takes for a day', () => {
  it('stays visible, is reported once and not by webhook, and can be sent again under its id', async () => {
    await warn();
    world.receiver.behave(() => ({ status: 503 }));
    await world.run();
    await world.letTimePass('25 hours');
    await world.run();
    await world.run();
    const { body } = await send('GET', 'webhook-deliveries?status=undeliverable');
    const [item] = body['items'] as Json[];
    expect(item).toMatchObject({
      event: 'thing_error',
      attempts: 2,
      lastStatus: 503,
      lastError: 'answered 503',
    });
    expect(JSON.stringify(body)).not.toContain('of the receiver');
    expect(await logged('webhook_undeliverable_error')).toMatchObject([
      { fields: { deliveryId: item?.['id'], event: 'thing_error', attempts: 2 } },
    ]);
    expect(await world.rows()).toHaveLength(1);
    expect((await send('GET', 'webhook-endpoint')).body).toMatchObject({ pending: 0, undeliverable: 1 });

    const again = await send('POST', `webhook-deliveries/${String(item?.['id'])}/resend`);
    expect([again.status, again.body]).toMatchObject([200, { status: 'pending', attempts: 0 }]);
    world.receiver.behave(() => ({ status: 200 }));
    await world.run();
    const got = world.receiver.received.filter(({ answered }) => answered === 200);
    expect(got.map(({ event }) => event).sort()).toEqual(['admin_webhook_resend_ok', 'thing_error']);
    expect(got.find(({ event }) => event === 'thing_error')?.id).toBe(item?.['id']);
    expect((await send('GET', 'webhook-deliveries?status=delivered&limit=1')).body).toMatchObject({
      items: [{ event: 'admin_webhook_resend_ok', status: 'delivered' }],
      nextCursor: expect.any(String) as string,
    });
  });

  it('is asked for by ids and states that there are', async () => {
    const unknown = await send('POST', `webhook-deliveries/${UNKNOWN}/resend`);
    expect([unknown.status, unknown.body['code']]).toEqual([404, 'webhook_delivery_not_found']);
    expect((await send('GET', 'webhook-deliveries?status=lost')).status).toBe(400);
  });
});

describe('a receiver that answers 410', () => {
  it('is sent nothing more until an admin enables it, and misses nothing', async () => {
    await warn();
    world.receiver.behave(() => ({ status: 410 }));
    await world.run();
    await warn();
    await world.letTimePass('25 hours');
    expect(await world.run()).toMatchObject({ taken: 0 });
    const endpoint = (await send('GET', 'webhook-endpoint')).body;
    expect(endpoint).toMatchObject({
      host: new URL(world.receiver.url).host,
      signed: true,
      disabledReason: expect.stringContaining('answered 410') as string,
      pending: 2,
    });
    expect(endpoint['disabledAt']).toBe(new Date(world.first.clock.at).toISOString());
    expect(JSON.stringify(endpoint)).not.toContain('secret-path');
    expect(await logged('webhook_disabled_error')).toHaveLength(1);

    world.receiver.behave(() => ({ status: 200 }));
    expect((await send('POST', 'webhook-endpoint/enable')).body).toMatchObject({ disabledAt: null });
    await send('POST', 'webhook-endpoint/enable');
    await world.run();
    const told = world.receiver.received.filter(({ answered }) => answered === 200).map(({ event }) => event);
    expect(told.sort()).toEqual([
      'admin_webhook_enable_ok',
      'admin_webhook_enable_ok',
      'thing_error',
      'thing_error',
    ]);
    expect(await logged('admin_webhook_enable_ok')).toMatchObject([
      { actor: world.admin.address, fields: { wasDisabled: true } },
      { fields: { wasDisabled: false } },
    ]);
  });
});

describe('a test event', () => {
  it('takes the way of all events', async () => {
    const { status, body } = await send('POST', 'webhook-endpoint/test');
    expect([status, body['event']]).toEqual([200, 'admin_webhook_test_ok']);
    await world.run();
    expect(world.receiver.received).toMatchObject([{ id: body['id'], data: { actor: world.admin.address } }]);
  });

  it('is refused where no URL is set', async () => {
    const silent = await world.replica({});
    const { status, body } = await send('POST', 'webhook-endpoint/test', undefined, silent);
    expect([status, body['code']]).toEqual([409, 'webhook_not_configured']);
    expect((await send('GET', 'webhook-endpoint', undefined, silent)).body).toMatchObject({ host: null });
  });
});

describe('in production', () => {
  it.each([
    ['https://127.0.0.1:1/x', 'not an address of the public internet'],
    ['https://[::1]:1/x', 'not an address of the public internet'],
    ['https://169.254.169.254/latest', 'not an address of the public internet'],
    ['https://0x7f.1/x', 'not an address of the public internet'],
    ['https://localhost:1/x', 'not an address of the public internet'],
    ['http://hooks.example.com/x', 'the URL is not https'],
  ])('nothing is sent to %s', async (url, reason) => {
    const env = { ...parseEnvironment({ AUDIT_WEBHOOK_URL: 'https://a.example' }), AUDIT_WEBHOOK_URL: url };
    const settings = new Settings({ ...env, NODE_ENV: 'production' });
    const sender = new WebhookSender(settings, new SystemClock(), new WebhookLimits());
    await expect(sender.send('id', '{}', new AbortController().signal)).rejects.toThrow(reason);
  });

  it.each(['https://127.0.0.1:1/x', 'https://localhost:1/x'])(
    'AUDIT_WEBHOOK_ALLOW_PRIVATE lets it be sent to %s, and https stays',
    async (url) => {
      const env = { ...parseEnvironment({ AUDIT_WEBHOOK_URL: 'https://a.example' }), AUDIT_WEBHOOK_URL: url };
      const send = (wanted: string) => {
        const settings = new Settings({
          ...env,
          NODE_ENV: 'production',
          AUDIT_WEBHOOK_ALLOW_PRIVATE: true,
          AUDIT_WEBHOOK_URL: wanted,
        });
        const sender = new WebhookSender(settings, new SystemClock(), new WebhookLimits());
        return sender.send('id', '{}', new AbortController().signal);
      };
      // Nobody listens there: that it was tried is what can be seen.
      await expect(send(url)).rejects.toThrow('no answer: ECONNREFUSED');
      await expect(send(url.replace('https:', 'http:'))).rejects.toThrow('the URL is not https');
    },
  );
});
