import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Audit } from '#src/audit/log/audit.service.js';
import { WebhookPurge } from '#src/audit/webhook/webhook.purge.js';
import { Transactions } from '#src/common/database/transactions.js';
import { type Child, startProgram } from '../../support/processes/child.js';
import { pollUntil } from '../../support/poll.js';
import { WEBHOOK_SECRET } from '../../support/doubles/webhook-receiver.js';
import { WebhookWorld } from '../../support/worlds/webhook-world.js';
import { madeUpEvent } from '../../support/made-up-events.js';

let world: WebhookWorld;
const children: Child[] = [];

beforeAll(async () => {
  world = await WebhookWorld.start();
});
beforeEach(() => world.clear());
afterEach(async () => {
  world.limit({ timeoutMs: 15_000, runMs: 8_000 });
  await Promise.all(children.splice(0).map((child) => child.kill()));
});
afterAll(() => world?.stop());

const warn = (commitmentId?: string, fields = {}) =>
  world.record({ event: 'thing_error', fields, ...(commitmentId === undefined ? {} : { commitmentId }) });

/** Events of commitments, in turns. */
async function history(commitments: readonly string[], length: number): Promise<void> {
  for (let step = 0; step < length; step += 1) {
    for (const commitment of commitments) await warn(commitment, { step });
  }
}

const accepted = () =>
  world.receiver.received.filter(({ answered }) => answered !== undefined && answered < 300);

/** Steps of a commitment's history as the receiver has first got them. */
function stepsOf(commitment: string): unknown[] {
  const own = accepted().filter(({ data }) => data['commitmentId'] === commitment);
  return [...new Set(own.map(({ data }) => (data['fields'] as { step: number }).step))];
}

/** Each row's id is the one that the receiver has seen, and no other, however often. */
async function expectSameIds(): Promise<void> {
  const ids = new Map((await world.rows()).map(({ audit_id, id }) => [audit_id, id]));
  for (const { id, data } of world.receiver.received) expect(id).toBe(ids.get(String(data['id'])));
  expect(world.receiver.unsigned).toBe(0);
}

describe('an event that has to be told', () => {
  it('is written with its audit row, and told as Standard Webhooks ask', async () => {
    const commitmentId = randomUUID();
    await world.record({
      event: 'admin_thing_ok',
      actor: 'W',
      commitmentId,
      signature: 's',
      fields: { a: 1 },
    });
    await world.record({ event: 'thing_ok' });
    const [row, ...others] = await world.rows();
    expect([row?.event, row?.status, others]).toEqual(['admin_thing_ok', 'pending', []]);
    expect(await world.run()).toEqual({ taken: 1, delivered: 1, failed: 0, underWay: 0 });
    expect(world.receiver.received).toMatchObject([
      {
        id: row?.id,
        event: 'admin_thing_ok',
        data: {
          id: row?.audit_id,
          actor: 'W',
          requestId: 'none',
          commitmentId,
          signature: 's',
          fields: { a: 1 },
        },
      },
    ]);
    expect(await world.rows()).toMatchObject([{ status: 'delivered', attempts: 1, last_status: 204 }]);
    expect(await world.run()).toMatchObject({ taken: 0 });
  });

  it('is not told when its transaction is rolled back, nor where no URL is set', async () => {
    const { app } = world.first;
    const undone = app.get(Transactions, { strict: false }).run(async (manager) => {
      await app.get(Audit, { strict: false }).record(manager, { event: madeUpEvent('undone_error') });
      throw new Error('rolled back');
    });
    await expect(undone).rejects.toThrow('rolled back');
    const silent = await world.replica({});
    await world.record({ event: 'untold_error' }, silent);
    expect(await world.rows()).toEqual([]);
    expect(
      await world.sql(`SELECT event FROM audit_logs WHERE event IN ('undone_error', 'untold_error')`),
    ).toEqual([{ event: 'untold_error' }]);
  });

  it('is told of a refused request as well', async () => {
    const { app } = world.first;
    await app.inject({ method: 'DELETE', url: '/api/probe/admin' });
    await world.run();
    expect(accepted().map(({ event }) => event)).toEqual(['admin_probe_denied']);
  });
});

describe('a receiver in trouble', () => {
  it('that fails every other time gets every event, under one id, in the order of its commitment', async () => {
    const commitments = [randomUUID(), randomUUID(), randomUUID()];
    await history(commitments, 4);
    await warn();
    world.receiver.behave(({ nth }) => (nth % 4 === 1 ? 'cut' : { status: nth % 2 === 1 ? 500 : 200 }));
    await world.settle();
    expect((await world.rows()).map(({ status }) => status)).toEqual(Array(13).fill('delivered'));
    for (const commitment of commitments) expect(stepsOf(commitment)).toEqual([0, 1, 2, 3]);
    expect(world.receiver.received.length).toBeGreaterThan(13);
    await expectSameIds();
  });

  it('that is dead for a while gets all of it afterwards, in order, however many replicas send', async () => {
    const commitment = randomUUID();
    await history([commitment], 3);
    await warn();
    await world.receiver.die();
    expect(await world.run()).toMatchObject({ delivered: 0, failed: 2 });
    expect(await world.rows()).toMatchObject([
      { status: 'pending', attempts: 1, last_error: 'no answer: ECONNREFUSED' },
      { attempts: 0, last_error: null },
      { attempts: 0 },
      { attempts: 1 },
    ]);
    expect((await world.rows())[0]?.wait_seconds).toBeGreaterThanOrEqual(5);
    expect(await world.run()).toMatchObject({ taken: 0 });
    await world.receiver.revive();
    await world.letTimePass();
    const other = await world.replica();
    await Promise.all([world.run(), world.run(other), world.run()]);
    // On a slow machine a run may be over before the delivery that the next one waits for.
    await pollUntil('everything to be told', async () => {
      await Promise.all([world.run(), world.run(other)]);
      return world.receiver.received.length >= 4 || undefined;
    });
    expect(stepsOf(commitment)).toEqual([0, 1, 2]);
    expect(world.receiver.received).toHaveLength(4);
    await expectSameIds();
  });

  it('that redirects is not followed', async () => {
    await warn();
    world.receiver.behave(() => ({ status: 307, headers: { location: '/elsewhere' } }));
    await world.run();
    expect(world.receiver.received.map(({ path }) => path)).toEqual(['/hooks/secret-path']);
    expect(await world.rows()).toMatchObject([
      { status: 'pending', last_status: 307, last_error: 'answered 307, and redirects are not followed' },
    ]);
  });

  it('that asks for time gets it', async () => {
    await warn();
    world.receiver.behave(() => ({ status: 429, headers: { 'retry-after': '120' } }));
    await world.run();
    expect((await world.rows())[0]?.wait_seconds).toBeCloseTo(120, 0);
  });

  it('that refuses one event for ever does not keep the rest of its commitment from being told', async () => {
    const commitment = randomUUID();
    await history([commitment], 2);
    const [poison] = await world.rows();
    world.receiver.behave(({ id }) => ({ status: id === poison?.id ? 400 : 200 }));
    for (let round = 0; round < 8; round += 1) {
      expect(stepsOf(commitment)).toEqual([]);
      await world.run();
      await world.letTimePass('65 minutes');
    }
    await world.run();
    expect(stepsOf(commitment)).toEqual([1]);
  });
});

describe('a receiver that answers slowly, or never', () => {
  it('is not waited for after its status line, and not longer than the limit', async () => {
    await warn();
    world.receiver.behave(() => 'endless');
    // The body never ends; whoever waited for its end would call that a failure.
    expect(await world.run()).toMatchObject({ delivered: 1 });
    world.limit({ timeoutMs: 150 });
    world.receiver.behave(() => 'hang');
    await warn();
    expect(await world.run()).toMatchObject({ failed: 1 });
    expect((await world.rows())[1]).toMatchObject({
      last_error: 'no answer within 150 ms',
      last_status: null,
    });
  });

  it('holds up no request, and no run beyond its time', async () => {
    const { app } = world.first;
    world.limit({ timeoutMs: 86_400_000, runMs: 700 });
    world.receiver.behave(() => 'hang');
    await Promise.all(Array.from({ length: 20 }, () => warn()));
    const run = world.run();
    await pollUntil('eight attempts that hang', () => world.receiver.received.length === 8, { everyMs: 20 });
    expect((await app.inject({ method: 'DELETE', url: '/api/probe/admin' })).statusCode).toBe(401);
    expect(await run).toMatchObject({ taken: 8, underWay: 8 });
    // Those that hang fill their places; the next run begins no more.
    expect(await world.run()).toMatchObject({ taken: 0, underWay: 8 });
    await world.receiver.die();
    await pollUntil('the end of all attempts', async () => {
      const begun = (await world.rows()).filter(({ attempts }) => attempts > 0);
      return begun.every(({ last_error }) => last_error !== null);
    });
    await world.receiver.revive();
  });
});

describe('a process that dies between sending and recording', () => {
  it('leaves an event that is sent again, under the same id', async () => {
    await warn();
    world.receiver.behave(() => 'hang');
    const args = [world.databaseUrl, world.receiver.url, WEBHOOK_SECRET];
    const child = startProgram('test/support/processes/webhook-replica.ts', { args });
    children.push(child);
    // A slow machine brings events of its own: that no job has run for long.
    const [told] = await world.rows();
    const isThere = () => world.receiver.received.some(({ id }) => id === told?.id) || undefined;
    await pollUntil('the message', isThere, { everyMs: 20 });
    await child.kill();
    const [event] = await world.rows();
    expect(event).toMatchObject({ status: 'pending', attempts: 1, last_error: null });
    world.receiver.behave(() => ({ status: 200 }));
    await world.run();
    const timesSent = () => world.receiver.received.filter(({ id }) => id === event?.id).length;
    expect(timesSent()).toBe(1);
    await world.letTimePass('2 minutes');
    await world.run();
    expect(timesSent()).toBe(2);
    expect((await world.rows())[0]).toMatchObject({ status: 'delivered', attempts: 2 });
  });
});

describe('D3: what was delivered', () => {
  it('is kept for 30 days, and what was not for as long as it takes', async () => {
    await Promise.all([warn(), warn(), warn()]);
    world.receiver.behave(({ nth }) => ({ status: nth === 0 ? 500 : 200 }));
    await world.run();
    await world.letTimePass('29 days');
    const purge = world.first.app.get(WebhookPurge, { strict: false });
    expect(await purge.run()).toBe(0);
    await world.letTimePass('2 days');
    expect(await purge.run()).toBe(2);
    expect(await world.rows()).toMatchObject([{ status: 'pending' }]);
  });
});
