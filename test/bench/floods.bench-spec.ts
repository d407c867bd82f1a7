/** `npm run bench:floods`: how long an admin's alarm takes behind 5,000 refused requests of strangers, and what they leave. */
import { performance } from 'node:perf_hooks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RefusalSummary } from '#src/audit/log/refusal-summary.service.js';
import { flood } from '../support/builders/floods.js';
import { WEBHOOK_SECRET } from '../support/doubles/webhook-receiver.js';
import { WebhookWorld } from '../support/worlds/webhook-world.js';

const FLOOD = 5_000;

let world: WebhookWorld;
beforeAll(async () => {
  world = await WebhookWorld.start();
});
afterAll(() => world?.stop());

/** Milliseconds until the receiver has an admin's event that was written now. */
async function delay(event: string): Promise<number> {
  const start = performance.now();
  await world.record({ event, actor: 'W' });
  while (!world.receiver.received.some((one) => one.event === event)) await world.run();
  return performance.now() - start;
}

it('an alarm behind a flood', async () => {
  const alone = await delay('admin_thing_ok');
  const settings = { AUDIT_WEBHOOK_URL: world.receiver.url, AUDIT_WEBHOOK_SECRET: WEBHOOK_SECRET };
  const behindProxy = await world.replica({ ...settings, TRUST_PROXY: '1' });
  const statuses = await flood(behindProxy, FLOOD);
  await behindProxy.app.get(RefusalSummary, { strict: false }).write();
  const behind = await delay('admin_thing_error');
  const [rows] = await world.sql<{ n: number }>('SELECT count(*)::int AS n FROM audit_logs');
  process.stdout.write(
    `${statuses.length} refusals left ${rows?.n} rows; an admin's event took ${behind.toFixed(0)} ms behind them, ` +
      `${alone.toFixed(0)} ms before\n`,
  );
  expect(statuses).toHaveLength(FLOOD);
});
