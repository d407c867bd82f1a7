import { Body, Controller, HttpCode, Module, Param, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { IsOptional, IsString } from 'class-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Endpoint } from '#src/common/endpoint.js';
import type { ErrorCode } from '#src/common/errors/error-table.js';
import { DomainError } from '#src/common/errors/errors.js';
import { setActor } from '#src/common/request-context.js';
import { Idempotency } from '#src/idempotency/idempotency.service.js';
import type { HandClock } from '#src/common/clock.fake.js';
import { ORIGIN, startAdminApp } from '../../support/worlds/admin-app.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { pollUntil } from '../../support/poll.js';
import { execute } from '../../support/sql.js';
import { TestWallet } from '../../support/builders/wallets.js';
import { madeUpRoute } from '../../support/made-up-events.js';

type Json = Record<string, unknown>;
type Headers = Record<string, string>;

class Order {
  @IsString()
  readonly name: string;

  @IsOptional()
  @IsString()
  readonly fails?: string;

  @IsOptional()
  @IsString()
  readonly wallet?: string;
}

/** What was really done, by name. */
const effects: string[] = [];
/** Orders that wait until they are let go. */
const held = new Map<string, () => void>();

async function carryOut({ name, fails }: Order) {
  effects.push(name);
  if (name.startsWith('held')) await new Promise<void>((resolve) => held.set(name, resolve));
  if (fails !== undefined) throw new DomainError(fails as ErrorCode, `Order ${name} is refused.`);
  return { name, number: effects.length, at: new Date().toISOString(), nothing: undefined, list: [1, null] };
}

@Controller('orders')
class OrdersController {
  @Post()
  @Endpoint({ access: 'public', limit: 'admin', idempotent: true, audit: madeUpRoute('order') })
  make(@Body() body: Order) {
    return carryOut(body);
  }

  @Post('of/:id')
  @HttpCode(202)
  @Endpoint({ access: 'public', limit: 'admin', idempotent: true })
  makeOf(@Param('id') _id: string, @Body() body: Order) {
    return carryOut(body);
  }

  /** `fails` comes before the signature is verified, as a broken body does. */
  @Post('signed')
  @Endpoint({ access: 'signed', limit: 'admin', idempotent: true })
  sign(@Body() body: Order) {
    if (body.fails !== 'not_eligible' && body.fails !== undefined) return carryOut(body);
    setActor(body.wallet ?? '');
    return carryOut(body);
  }

  @Post('admin')
  @Endpoint({ access: 'admin', limit: 'admin', idempotent: true, audit: madeUpRoute('admin_order') })
  asAdmin(@Body() body: Order) {
    return carryOut(body);
  }

  @Post('plain')
  @Endpoint({ access: 'public', limit: 'admin' })
  plain(@Body() body: Order) {
    return carryOut(body);
  }
}

@Module({ controllers: [OrdersController] })
class OrdersModule {}

const [adminA, adminB] = [TestWallet.generate(), TestWallet.generate()];
let database: TestDatabase;
const replicas: NestFastifyApplication[] = [];
const clocks: HandClock[] = [];
let keys = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  const admins = [adminA.address, adminB.address];
  for (let replica = 0; replica < 2; replica += 1) {
    const settings = { PAYOUT_WAIT_SECONDS: '20' };
    const { app, clock } = await startAdminApp(database.url, admins, settings, [OrdersModule]);
    replicas.push(app);
    clock.at = clocks[0]?.at ?? clock.at;
    clocks.push(clock);
  }
});
afterAll(async () => {
  for (const release of held.values()) release();
  await Promise.all(replicas.map((app) => app.close()));
  await database?.drop();
});

const freshKey = () => `key-${(keys += 1)}`;
const advance = (ms: number) => clocks.forEach((clock) => (clock.at += ms));
const times = (name: string) => effects.filter((effect) => effect === name).length;

interface Sent {
  readonly path?: string;
  readonly at?: number;
  readonly headers?: Headers;
  readonly remoteAddress?: string;
}

async function order(
  body: Json,
  key: string | undefined,
  { path = '', at = 0, headers, remoteAddress }: Sent = {},
) {
  const app = replicas[at];
  if (app === undefined) throw new Error(`there is no replica ${at}`);
  const answer = await app.inject({
    method: 'POST',
    url: `/api/orders${path}`,
    payload: body,
    headers: { ...(key === undefined ? {} : { 'idempotency-key': key }), ...headers },
    ...(remoteAddress === undefined ? {} : { remoteAddress }),
  });
  return {
    status: answer.statusCode,
    text: answer.body,
    code: (JSON.parse(answer.body) as Json)['code'],
    type: answer.headers['content-type'],
    replayed: answer.headers['idempotent-replayed'],
    retryAfter: answer.headers['retry-after'],
    requestId: String(answer.headers['x-request-id']),
  };
}

async function sessionOf(wallet: TestWallet): Promise<Headers> {
  const headers = { origin: ORIGIN };
  const post = async (url: string, payload: Json) => {
    const answer = await replicas[0]?.inject({ method: 'POST', url, payload, headers });
    if (answer?.statusCode !== 200) throw new Error(`${url} answered ${answer?.statusCode}`);
    return answer;
  };
  const asked = await post('/api/admin/nonce', { wallet: wallet.address });
  const { nonce, message } = asked.json<{ nonce: string; message: string }>();
  const signature = wallet.signBase58(message);
  const answer = await post('/api/admin/login', { wallet: wallet.address, nonce, signature });
  return { ...headers, cookie: `cts_admin_session=${answer.cookies[0]?.value ?? ''}` };
}

describe('an Idempotency-Key', () => {
  it('carries a request out once and gives its answer again, status and body to the byte', async () => {
    for (const [path, status] of [
      ['', 201],
      ['/of/1', 202],
    ] as const) {
      const [key, name] = [freshKey(), `twice${path}`];
      const first = await order({ name, wallet: 'w' }, key, { path });
      const again = await order({ wallet: 'w', name }, `"${key}"`, { path, at: 1 });
      expect([first.status, first.replayed]).toEqual([status, undefined]);
      expect([again.status, again.text, again.type, again.replayed]).toEqual([
        status,
        first.text,
        first.type,
        'true',
      ]);
      expect(again.requestId).not.toBe(first.requestId);
      expect(times(name)).toBe(1);
    }
  });

  it('gives a refusal again that stands, and writes no second row of it', async () => {
    const [key, body] = [freshKey(), { name: 'refused', fails: 'already_released' }];
    const [first, again] = [await order(body, key), await order(body, key, { at: 1 })];
    expect([first.status, first.code]).toEqual([409, 'already_released']);
    expect([again.status, again.text, again.type, again.replayed]).toEqual([
      409,
      first.text,
      first.type,
      'true',
    ]);
    expect(times('refused')).toBe(1);
    const rows = await execute(database.url, 'SELECT 1 FROM public.audit_logs WHERE request_id = ANY ($1)', [
      [first.requestId, again.requestId],
    ]);
    expect(rows).toHaveLength(1);
    const invalid = freshKey();
    expect((await order({ name: 1 }, invalid)).text).toBe((await order({ name: 1 }, invalid)).text);
  });

  it.each([
    'invalid_signature',
    'release_in_progress',
    'rpc_unavailable',
    'database_unavailable',
    'internal_error',
  ])('does not hold on to %s: a retry really tries again', async (fails) => {
    const [key, name] = [freshKey(), `passing ${fails}`];
    for (let round = 1; round <= 2; round += 1) {
      const answer = await order({ name, fails }, key);
      expect([answer.code, answer.replayed, times(name)]).toEqual([fails, undefined, round]);
    }
  });

  it('with another body answers 422, whatever became of the first', async () => {
    const key = freshKey();
    await order({ name: 'first body' }, key);
    const other = await order({ name: 'other body' }, key, { at: 1 });
    expect([other.status, other.code]).toEqual([422, 'idempotency_key_reused']);
    expect(times('other body')).toBe(0);
  });

  it('while the first request is at work answers 409, and its answer after that', async () => {
    const [key, body] = [freshKey(), { name: 'held in flight' }];
    const first = order(body, key);
    await pollUntil('the first is at work', () => held.has('held in flight'));
    const meanwhile = await order(body, key, { at: 1 });
    expect([meanwhile.status, meanwhile.code, meanwhile.retryAfter]).toEqual([
      409,
      'request_in_progress',
      '1',
    ]);
    expect((await order({ name: 'x' }, key)).code).toBe('idempotency_key_reused');
    held.get('held in flight')?.();
    const { text } = await first;
    expect((await order(body, key, { at: 1 })).text).toBe(text);
  });

  it('sent 24 times at once to two replicas has one effect', async () => {
    const [key, name] = [freshKey(), 'at once'];
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, number) => order({ name }, key, { at: number % 2 })),
    );
    expect(times(name)).toBe(1);
    const done = answers.filter(({ status }) => status === 201);
    expect(done.length).toBeGreaterThanOrEqual(1);
    expect(new Set(done.map(({ text }) => text)).size).toBe(1);
    const rest = answers.filter(({ status }) => status !== 201);
    expect(rest.filter(({ code }) => code !== 'request_in_progress')).toEqual([]);
  });

  it('of a process that died at work is usable again, once the request can be no more', async () => {
    const [key, body] = [freshKey(), { name: 'held by the dead' }];
    const dead = order(body, key);
    await pollUntil('the first is at work', () => held.has('held by the dead'));
    advance(80_000);
    expect((await order(body, key, { at: 1 })).code).toBe('request_in_progress');
    advance(1);
    const next = order(body, key, { at: 1 });
    await pollUntil('the next is at work', () => times('held by the dead') === 2);
    const releaseNext = held.get('held by the dead');
    // The first was only slow. The key is not its own any more.
    const third = await order(body, key);
    expect(third.code).toBe('request_in_progress');
    releaseNext?.();
    const { text } = await next;
    expect((await order(body, key)).text).toBe(text);
    dead.catch(() => undefined);
  });

  it('D3: is forgotten after 24 hours, and the purge takes its row and no other', async () => {
    const service = replicas[0]?.get(Idempotency, { strict: false });
    const [old, name] = [freshKey(), 'long ago'];
    await order({ name }, old);
    advance(24 * 3_600_000 - 1);
    expect((await order({ name }, old)).replayed).toBe('true');
    const young = freshKey();
    await order({ name: 'now' }, young);
    advance(1);
    expect((await order({ name: 'another' }, old)).status).toBe(201);
    expect(times('another')).toBe(1);
    await order({ name: 'leaves a row' }, freshKey());
    advance(24 * 3_600_000 - 1);
    const before = await execute(database.url, 'SELECT 1 FROM public.idempotency_keys');
    const purged = await service?.purge();
    const after = await execute(database.url, 'SELECT 1 FROM public.idempotency_keys');
    expect(purged).toBeGreaterThan(0);
    // The two that are a millisecond short of a day are still there.
    expect([before.length - (purged ?? 0), after.length]).toEqual([2, 2]);
  });
});

describe('a key belongs', () => {
  it('to one path with its ids, and to one caller', async () => {
    const [key, body] = [freshKey(), { name: 'scoped' }];
    const sent: Sent[] = [
      {},
      { path: '/of/1' },
      { path: '/of/2' },
      { remoteAddress: '203.0.113.9' },
      { remoteAddress: '2001:db8:1:2::1' },
      { remoteAddress: '2001:db8:1:3::1' },
    ];
    for (const one of sent) expect((await order(body, key, one)).replayed).toBeUndefined();
    expect(times('scoped')).toBe(sent.length);
    // The same line with another address of its /64.
    expect((await order(body, key, { remoteAddress: '2001:db8:1:2::2' })).replayed).toBe('true');
  });

  it('to the wallet that signs, wherever it sends from: a key of wallet A is nothing to wallet B', async () => {
    const key = freshKey();
    const body = (wallet: TestWallet) => ({ name: 'signed', wallet: wallet.address });
    const path = '/signed';
    const first = await order(body(adminA), key, { path });
    expect((await order(body(adminB), key, { path })).replayed).toBeUndefined();
    const again = await order(body(adminA), key, { path, remoteAddress: '203.0.113.7' });
    expect([again.replayed, again.text]).toEqual(['true', first.text]);
    expect(times('signed')).toBe(2);
  });

  it('to nobody before the signature is verified: who names a wallet spoils none of its keys', async () => {
    const [key, wallet, path] = [freshKey(), adminA.address, '/signed'];
    const early = { name: 'named', fails: 'wrong_kind', wallet };
    expect((await order(early, key, { path })).code).toBe('wrong_kind');
    const own = await order({ name: 'its own', wallet }, key, { path });
    expect([own.status, own.replayed]).toEqual([201, undefined]);
    const proven = { name: 'proven', fails: 'not_eligible', wallet };
    const second = freshKey();
    await order(proven, second, { path });
    expect((await order(proven, second, { path })).replayed).toBe('true');
  });

  it('to the admin: nothing is given again to anybody whom the guard does not admit', async () => {
    const [key, body, path] = [freshKey(), { name: 'admin order' }, '/admin'];
    const [a, b] = [await sessionOf(adminA), await sessionOf(adminB)];
    const first = await order(body, key, { path, headers: a });
    expect(first.status).toBe(201);
    expect((await order(body, key, { path })).code).toBe('not_signed_in');
    const { cookie = '' } = a;
    expect((await order(body, key, { path, headers: { cookie } })).code).toBe('origin_mismatch');
    expect((await order(body, key, { path, headers: b })).replayed).toBeUndefined();
    // Another session of the same wallet is the same admin.
    const again = await order(body, key, { path, headers: await sessionOf(adminA) });
    expect([again.replayed, again.text]).toEqual(['true', first.text]);
  });
});

describe('the header', () => {
  it.each(['""', 'two words', 'a, b', '"a', 'x'.repeat(256)])('with %j is refused', async (header) => {
    const answer = await order({ name: `bad ${header}` }, header);
    expect([answer.status, answer.code, times(`bad ${header}`)]).toEqual([400, 'validation_failed', 0]);
    expect(answer.text).toContain('"path":"idempotency-key"');
  });

  it('is optional, and nothing to a route that neither creates nor pays', async () => {
    for (const [key, path] of [
      [undefined, ''],
      [freshKey(), '/plain'],
      ['two words', '/plain'],
    ] as const) {
      const name = `without ${path} ${key}`;
      await order({ name }, key, { path });
      expect((await order({ name }, key, { path })).replayed).toBeUndefined();
      expect(times(name)).toBe(2);
    }
  });
});
