import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RefusalSummary } from '#src/audit/log/refusal-summary.service.js';
import { flood } from '../../support/builders/floods.js';
import { WEBHOOK_SECRET } from '../../support/doubles/webhook-receiver.js';
import { LONG } from '../../support/long.js';
import { WebhookWorld } from '../../support/worlds/webhook-world.js';

const FLOOD = LONG ? 5_000 : 1_000;

let world: WebhookWorld;

beforeAll(async () => {
  world = await WebhookWorld.start();
});
beforeEach(() => world.clear());
afterAll(() => world?.stop());

describe('T13: a flood of refusals', () => {
  it(`of ${FLOOD} anonymous requests leaves few rows and messages, and their number`, async () => {
    const settings = { AUDIT_WEBHOOK_URL: world.receiver.url, AUDIT_WEBHOOK_SECRET: WEBHOOK_SECRET };
    const behindProxy = await world.replica({ ...settings, TRUST_PROXY: '1' });
    for (const status of await flood(behindProxy, FLOOD)) expect([401, 403]).toContain(status);
    await behindProxy.app.get(RefusalSummary, { strict: false }).write();
    const [rows] = await world.sql<{ n: number }>('SELECT count(*)::int AS n FROM audit_logs');
    expect(rows?.n).toBeLessThanOrEqual(50);
    expect(await world.rows()).toHaveLength(rows?.n ?? 0);
    const [told] = await world.sql<{ counted: number; alone: number }>(
      `SELECT coalesce(sum((fields ->> 'count')::int), 0)::int AS counted,
              count(*) FILTER (WHERE event <> 'anonymous_refusals_denied')::int AS alone FROM audit_logs`,
    );
    expect((told?.counted ?? 0) + (told?.alone ?? 0)).toBe(FLOOD);
    const [summary] = await world.sql<{ events: object }>(
      `SELECT fields -> 'events' AS events FROM audit_logs WHERE event = 'anonymous_refusals_denied'`,
    );
    expect(Object.keys(summary?.events ?? {}).sort()).toEqual(['admin_logout_denied', 'admin_me_denied']);
  });

  const deny = (commitmentId?: string) =>
    world.record({
      event: 'thing_denied',
      actor: 'anonymous',
      ...(commitmentId === undefined ? {} : { commitmentId }),
    });

  it('is told after what concerns money and admins, also of the same commitment', async () => {
    const commitmentId = randomUUID();
    for (let n = 0; n < 30; n += 1) await deny(commitmentId);
    for (let n = 0; n < 30; n += 1) await deny();
    await world.record({ event: 'thing_error', commitmentId });
    await world.record({ event: 'admin_thing_denied', actor: 'W' });
    await world.run();
    const order = world.receiver.received.map(({ event }) => event);
    expect(order).toHaveLength(62);
    for (const event of ['thing_error', 'admin_thing_denied']) expect(order.indexOf(event)).toBeLessThan(8);
  });

  it('never takes all places: an alarm goes out while the receiver is silent to the others', async () => {
    world.receiver.behave(({ event }) => (event === 'thing_denied' ? 'hang' : { status: 204 }));
    world.limit({ timeoutMs: 60_000, runMs: 1_000 });
    for (let n = 0; n < 30; n += 1) await deny();
    await world.run();
    await world.record({ event: 'admin_thing_ok', actor: 'W' });
    await world.run();
    const alarms = world.receiver.received.filter(({ event }) => event === 'admin_thing_ok');
    expect(alarms).toMatchObject([{ answered: 204 }]);
  });
});
