import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isForAdmins } from '#src/common/endpoint.js';
import { JOBS } from '#src/jobs/jobs.js';
import { type AdminApp, ORIGIN, startAdminApp } from '../../support/worlds/admin-app.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { execute } from '../../support/sql.js';
import { TestWallet } from '../../support/builders/wallets.js';

type Headers = Record<string, string>;
type Json = Record<string, unknown>;

const SECRET = 'correct-horse-battery-staple-0123';
const UNKNOWN = '0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e6f';

const admin = TestWallet.generate();
let database: TestDatabase;
let world: AdminApp;
let cookie: string;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await startAdminApp(database.url, [admin.address], { CRON_SECRET: SECRET });
  cookie = await signIn(world);
});
afterAll(async () => {
  await world?.app.close();
  await database?.drop();
});

async function signIn({ app }: AdminApp): Promise<string> {
  const post = (url: string, payload: Json) =>
    app.inject({ method: 'POST', url: `/api/admin/${url}`, headers: { origin: ORIGIN }, payload });
  const { nonce, message } = (await post('nonce', { wallet: admin.address })).json<Headers>();
  const login = await post('login', {
    wallet: admin.address,
    nonce,
    signature: admin.signBase58(message ?? ''),
  });
  return `cts_admin_session=${login.cookies[0]?.value}`;
}

async function send(method: string, url: string, headers: Headers, { app } = world) {
  const answer = await app.inject({ method: method as 'GET', url, headers });
  return { status: answer.statusCode, body: answer.body === '' ? {} : answer.json<Json>() };
}
const startJob = (headers: Headers, at = world) => send('POST', '/api/probe/job', headers, at);
const refused = { status: 401, body: { code: 'not_signed_in' } };

describe('D6: CRON_SECRET', () => {
  it('starts a job without session and Origin, and acts under its own name', async () => {
    expect(await startJob({ 'x-cron-secret': SECRET })).toEqual({ status: 201, body: { actor: 'cron' } });
    const foreign = { 'x-cron-secret': SECRET, origin: 'https://evil.example' };
    expect((await startJob(foreign)).status).toBe(201);
  });

  it.each([
    ['empty', ''],
    ['a part', SECRET.slice(0, -1)],
    ['more', `${SECRET}4`],
    ['in capitals', SECRET.toUpperCase()],
    ['twice', `${SECRET}, ${SECRET}`],
    ['another', 'x'.repeat(33)],
    ['huge', 'x'.repeat(12_000)],
    ['a word', 'undefined'],
  ])('refuses one that is wrong: %s, even with an admin session beside it', async (_, secret) => {
    expect(await startJob({ 'x-cron-secret': secret })).toMatchObject(refused);
    expect(await startJob({ 'x-cron-secret': secret, cookie, origin: ORIGIN })).toMatchObject(refused);
  });

  it('leaves a refusal in the audit log, without what was sent', async () => {
    await startJob({ 'x-cron-secret': 'guess-guess-guess-guess-guess-guess' });
    const rows = await execute<{ event: string; actor: string; row: string }>(
      database.url,
      `SELECT event, actor, a::text AS row FROM audit_logs a ORDER BY id DESC LIMIT 1`,
    );
    expect(rows).toMatchObject([{ event: 'admin_probe_job_denied', actor: 'anonymous' }]);
    expect(rows[0]?.row).not.toContain('guess');
  });

  it('opens no route that is not declared for it', async () => {
    const others = world.routes.filter(({ endpoint }) => endpoint?.access === 'admin');
    expect(others.length).toBeGreaterThan(5);
    for (const { method, path } of others) {
      const url = path.replaceAll(/:\w+/g, UNKNOWN);
      for (const headers of [{ 'x-cron-secret': SECRET }, { 'x-cron-secret': SECRET, origin: ORIGIN }]) {
        expect(await send(method, url, headers), `${method} ${path}`).toMatchObject(refused);
      }
    }
    expect(await send('GET', '/api/probe/undeclared', { 'x-cron-secret': SECRET })).toMatchObject({
      body: { code: 'access_rule_missing' },
    });
  });

  it('spares an admin nothing: such a route asks a session for its Origin as every other', async () => {
    expect(await startJob({ cookie, origin: ORIGIN })).toEqual({
      status: 201,
      body: { actor: admin.address },
    });
    expect(await startJob({ cookie })).toMatchObject({ status: 403, body: { code: 'origin_mismatch' } });
    expect(await startJob({ origin: ORIGIN })).toMatchObject(refused);
  });

  it('admits nobody where it is not set', async () => {
    const without = await startAdminApp(database.url, [admin.address]);
    try {
      for (const secret of ['', 'undefined', 'null', SECRET]) {
        expect(await startJob({ 'x-cron-secret': secret }, without)).toMatchObject(refused);
      }
      expect((await startJob({ cookie, origin: ORIGIN }, without)).status).toBe(201);
    } finally {
      await without.app.close();
    }
  });

  it('is in the API document, for the routes that take it', async () => {
    const { body } = await send('GET', '/openapi.json', {});
    const paths = body['paths'] as Record<string, Record<string, { security?: object[] }>>;
    for (const { method, path, endpoint } of world.routes) {
      if (endpoint === undefined || !isForAdmins(endpoint)) continue;
      const operation = paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
      const cron = endpoint.access === 'admin_or_cron' ? [{ cronSecret: [] }] : [];
      const wallet = endpoint.access === 'admin_or_signed' ? [{}] : [];
      expect(operation?.security, `${method} ${path}`).toEqual([{ adminSession: [] }, ...cron, ...wallet]);
    }
    expect(JSON.stringify(body)).not.toContain(SECRET);
  });
});

describe('GET /admin/jobs', () => {
  it('shows every job with its last runs, newest first', async () => {
    await execute(
      database.url,
      `INSERT INTO job_runs (id, job, started_at, finished_at, ok, result)
       SELECT ('0198d5a2-7f6e-7c3a-9d4e-00000000000' || n)::uuid, 'admin-purge', at, at, n <> 7, jsonb_build_object('n', n)
       FROM generate_series(1, 7) n, LATERAL (SELECT '2026-11-22T10:00:00Z'::timestamptz + n * interval '1 s' AS at) t`,
    );
    await execute(
      database.url,
      `UPDATE jobs SET last_started_at = '2026-11-22T10:00:07Z', last_success_at = '2026-11-22T10:00:06Z',
         created_at = now() - interval '1 year' WHERE name = 'admin-purge'`,
    );
    const { status, body } = await send('GET', '/api/admin/jobs', { cookie });
    expect(status).toBe(200);
    const items = body['items'] as Json[];
    expect(items.map(({ name, periodSeconds }) => ({ name, periodSeconds }))).toEqual(JOBS);
    const purge = items.find(({ name }) => name === 'admin-purge');
    expect(purge).toMatchObject({
      lastStartedAt: '2026-11-22T10:00:07.000Z',
      lastSuccessAt: '2026-11-22T10:00:06.000Z',
    });
    const runs = purge?.['lastRuns'] as Json[];
    expect(runs.map(({ result }) => result)).toEqual([7, 6, 5, 4, 3].map((n) => ({ n })));
    expect(runs[0]).toMatchObject({ ok: false, startedAt: '2026-11-22T10:00:07.000Z' });
    expect(items.find(({ name }) => name === 'payout-driver')).toMatchObject({
      lastStartedAt: null,
      lastSuccessAt: null,
      lastRuns: [],
    });
  });

  it('is for admins', async () => {
    expect(await send('GET', '/api/admin/jobs', {})).toMatchObject(refused);
  });
});
