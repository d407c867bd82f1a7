import type { OpenAPIObject } from '@nestjs/swagger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditSealer } from '#src/audit/seals/audit-sealer.service.js';
import { LocalPriceFeed } from '#src/local/local-price-feed.js';
import { createToken, mintTo } from '#src/local/chain/token.js';
import { pollUntil } from '../../support/poll.js';
import { AppWorld } from '../../support/worlds/app-world.js';
import { answerOf, differences, operationOf } from '../../support/checks/openapi.js';
import {
  attest,
  attested,
  create,
  creationBody,
  statusAndCode,
  succeed,
} from '../../support/builders/personal.js';
import { complete, reward, type Reward } from '../../support/builders/rewards.js';
import { announce, fail } from '../../support/builders/failures.js';
import { writeHistory } from '../../support/builders/history-rows.js';
import { everydayEnv, everydayWork, everyList } from '../../support/builders/everyday-work.js';
import { readingsOf, readsTheWhole } from '../../support/checks/page-reads.js';
import { TestWallet } from '../../support/builders/wallets.js';

type Json = Record<string, unknown>;
type PageOf<T> = { readonly items: T[]; readonly nextCursor: string | null };

const WATCH = `
  CREATE SCHEMA watch;
  CREATE TABLE watch.ddl (tag text);
  CREATE FUNCTION watch.note() RETURNS event_trigger LANGUAGE plpgsql AS $$
  BEGIN INSERT INTO watch.ddl VALUES (tg_tag); END $$;
  CREATE EVENT TRIGGER watch_ddl ON ddl_command_start EXECUTE FUNCTION watch.note()`;

let world: AppWorld;
const authority = TestWallet.generate();
const other = TestWallet.generate();
/** Oldest first; of `authority`, but for the last. The first is resolved. */
const ids: string[] = [];
let paid: { readonly payoutId: string; readonly commitmentId: string };

beforeAll(async () => {
  world = await AppWorld.start({ JOBS_ENABLED: 'false' });
  await world.chain.cheats.fundSol(authority.address, 10_000_000_000n);
  const resolved = await attested(world, {}, authority);
  const { body } = await succeed(await world.adminClient(), resolved.id);
  paid = { payoutId: body.payout.id, commitmentId: resolved.id };
  ids.push(resolved.id);
  for (const wallet of [authority, authority, authority, authority, other]) {
    ids.push((await create(world, {}, wallet)).id);
  }
});
afterAll(async () => {
  await world?.stop();
});

async function list(query: string): Promise<string[]> {
  const { body } = await world.client().get<PageOf<Json>>(`/commitments?${query}`);
  return body.items.map(({ id }) => String(id));
}

describe('GET /commitments', () => {
  it('answers newest first, in pages that meet without a gap', async () => {
    const newestFirst = ids.toReversed();
    expect(await list('')).toEqual(newestFirst);
    const pages: string[][] = [];
    let cursor = '';
    do {
      const { body } = await world.client().get<PageOf<Json>>(`/commitments?limit=4${cursor}`);
      pages.push(body.items.map(({ id }) => String(id)));
      cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
    } while (cursor !== '' && pages.length < 10);
    expect(pages.map(({ length }) => length)).toEqual([4, 2]);
    expect(pages.flat()).toEqual(newestFirst);
    expect((await world.client().get<PageOf<Json>>('/commitments?limit=6')).body.nextCursor).toBeNull();
  });

  it('filters by wallet, status and kind, all at once', async () => {
    const own = ids.slice(0, 5).toReversed();
    expect(await list(`wallet=${authority.address}`)).toEqual(own);
    expect(await list('status=succeeded')).toEqual([ids[0]]);
    expect(await list(`status=active&wallet=${authority.address}&kind=personal`)).toEqual(own.slice(0, 4));
    expect(await list('kind=creator_reward')).toEqual([]);
    expect(await list(`wallet=${TestWallet.generate().address}`)).toEqual([]);
    expect(await list('limit=1')).toEqual(ids.slice(-1));
    expect(await list('limit=200')).toHaveLength(6);
  });

  it.each(
    [
      ['limit=0', 'validation_failed'],
      ['limit=201', 'validation_failed'],
      ['limit=-1', 'validation_failed'],
      ['limit=1.5', 'validation_failed'],
      ['limit=1e2', 'validation_failed'],
      ['limit=', 'validation_failed'],
      ['limit=9007199254740992', 'validation_failed'],
      ['limit=1&limit=2', 'validation_failed'],
      ['cursor=x', 'invalid_cursor'],
      [`cursor=${Buffer.from('0198d5a2').toString('base64url')}`, 'invalid_cursor'],
      ['cursor=%00', 'validation_failed'],
      [`cursor=${'a'.repeat(65)}`, 'validation_failed'],
      ['status=done', 'validation_failed'],
      ['status=active&status=failed', 'validation_failed'],
      ['kind=', 'validation_failed'],
      ['wallet=0OIl', 'validation_failed'],
      [`wallet=${'z'.repeat(5_000)}`, 'validation_failed'],
      ['order=asc', 'validation_failed'],
      ['constructor=x&limit=x', 'validation_failed'],
    ].map(([query = '', code = '']) => [query.slice(0, 50), query, code]),
  )('refuses ?%s', async (_, query, code) => {
    expect(await statusAndCode(world.client().get(`/commitments?${query}`))).toEqual([400, code]);
  });

  it('a cursor that nobody was given starts after what it names', async () => {
    const last = Buffer.from('00000000-0000-7000-8000-000000000000').toString('base64url');
    expect(await list(`cursor=${last}`)).toEqual([]);
  });
});

describe('GET /commitments/:id/payouts', () => {
  it('pages as well', async () => {
    const path = `/commitments/${paid.commitmentId}/payouts`;
    const { body } = await world.client().get<PageOf<Json>>(`${path}?limit=1`);
    expect(body).toMatchObject({ items: [{ id: paid.payoutId }], nextCursor: null });
    expect(await statusAndCode(world.client().get(`${path}?limit=0`))).toEqual([400, 'validation_failed']);
    expect(await statusAndCode(world.client().get(`${path}?cursor=x`))).toEqual([400, 'invalid_cursor']);
  });
});

let rewarded: Reward;
let tokenMint: string;
/** Of a reconciliation. */
let runId: string;
/** A creator's reward that has failed. */
let failedId: string;
/** One whose failure is announced. */
let failingId: string;

/** Each GET route with ids that exist; those that show any commitment with one of each kind. */
function getPaths(): { readonly pattern: string; readonly path: string }[] {
  return world.apiRoutes
    .filter(({ method }) => method === 'GET')
    .flatMap(({ path: pattern }) => {
      const named = pattern.replace(':wallet', rewarded.creator.address).replace(':mint', tokenMint);
      const of = (id: string) => named.replace(':id', id).replace(':commitmentId', id);
      if (pattern.startsWith('/api/admin/reconciliations/')) return [{ pattern, path: of(runId) }];
      if (pattern === '/api/profiles')
        return [{ pattern, path: `${pattern}?wallets=${rewarded.creator.address}` }];
      const ids = pattern.startsWith('/api/payouts') ? [paid.payoutId] : [paid.commitmentId, rewarded.id];
      const paths = pattern.includes(':milestoneId')
        ? [of(rewarded.id).replace(':milestoneId', rewarded.milestoneId)]
        : ids.map(of);
      if (pattern.endsWith('/failure-distribution'))
        return [failedId, failingId].map((id) => ({ pattern, path: of(id) }));
      // Only rewards have a token: that earns fees, and may have been launched.
      if (pattern.endsWith('/fee-routing') || pattern.endsWith('/launch'))
        return [{ pattern, path: of(rewarded.id) }];
      return [...new Set(paths)].map((path) => ({ pattern, path }));
    });
}

/** The creator's profile and the page of the token. */
async function publish(creator: TestWallet, mint: string): Promise<void> {
  const params = { name: 'A builder', bio: 'Ships.' };
  await world.client().signAction(creator, 'profile.update', params, `/profiles/${creator.address}`);
  await world.send('PUT', `/api/projects/${mint}`, {
    headers: { 'content-type': 'application/json', ...(await world.adminHeaders()) },
    rawBody: JSON.stringify({ name: 'A coin' }),
  });
}

describe('every GET route', () => {
  beforeAll(async () => {
    const creator = await world.fundedWallet();
    const mint = await createToken(world.chain.rpcUrl, creator, { decimals: 6, program: 'spl-token' });
    await mintTo(world.chain.rpcUrl, creator, mint, creator.address, 1n);
    rewarded = await reward(world, { mint, creator });
    await complete(world, rewarded);
    failedId = (await reward(world, { mint, creator })).id;
    await fail(world, await world.adminClient(), { id: failedId });
    failingId = (await reward(world, { mint, creator })).id;
    await announce(world, await world.adminClient(), { id: failingId });
    await publish(creator, mint);
    await world.sql(`INSERT INTO pump_launches (commitment_id, name, symbol, uri, requested_by, created_at)
      VALUES ('${rewarded.id}', 'A coin', 'COIN', 'https://coin.example/c.json', '${creator.address}', now())`);
    tokenMint = mint;
    const run = { kind: 'escrow_balances' };
    ({ id: runId } = (
      await (await world.adminClient()).post<{ id: string }>('/admin/reconciliations', run)
    ).body);
  });

  it('lists a failure that is announced among those in notice', async () => {
    expect(await list('status=in_notice')).toEqual([failingId]);
    expect(await list('status=in_notice&kind=personal')).toEqual([]);
  });

  it('M9: writes nothing, as often as it is asked', async () => {
    const headers = await world.adminHeaders();
    expect(getPaths().length).toBeGreaterThan(5);
    // A readiness probe finds out whether the database takes writes by writing, to a table of its own that nothing reads.
    const before = await world.rowsDigest(['database_probes']);
    for (const { path } of [...getPaths(), ...getPaths()]) {
      // A machine with much else to do may let a statement run out of its time: 503, and asked again.
      const status = await pollUntil(`an answer of ${path}`, async () => {
        const answer = await world.send('GET', path, { headers });
        return answer.status === 503 ? undefined : answer.status;
      });
      expect(status, path).toBe(200);
    }
    expect(await world.rowsDigest(['database_probes'])).toEqual(before);
  });

  it('answers what the document says', async () => {
    const document = await openApi();
    const headers = await world.adminHeaders();
    for (const { pattern, path } of getPaths()) {
      const answer = await world.send('GET', path, { headers });
      // A file is documented by its own type, and is a text.
      const file = /\.(csv|ndjson)$/.exec(pattern)?.[1];
      const type =
        { csv: 'text/csv', ndjson: 'application/x-ndjson' }[file ?? ''] ??
        (pattern === '/metrics' ? 'text/plain' : 'application/json');
      const schema = operationOf(document, 'GET', pattern)?.responses['200']?.content?.[type]?.schema;
      expect(schema, pattern).toBeDefined();
      expect(answer.headers['content-type'], pattern).toContain(type);
      const body = type === 'text/plain' ? answer.text : answer.body;
      const checked = file === undefined ? schema : undefined;
      expect(checked === undefined ? [] : differences(document, checked, body), pattern).toEqual([]);
    }
  });

  it('answers HEAD with its headers alone', async () => {
    const { status, text } = await world.send('HEAD', `/api/commitments/${paid.commitmentId}`);
    expect([status, text]).toEqual([200, '']);
  });
});

async function openApi(): Promise<OpenAPIObject> {
  return (await world.send('GET', '/openapi.json')).body as unknown as OpenAPIObject;
}

describe('the document', () => {
  it('is OpenAPI 3.1 and names every route, and nothing that is not there', async () => {
    const document = await openApi();
    expect(document.openapi).toMatch(/^3\.1\./);
    const documented = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(documented.sort()).toEqual(world.apiRoutes.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it('is kept by the answers of the routes that change something, errors included', async () => {
    const document = await openApi();
    const check = (method: string, pattern: string, status: number, type: string, body: unknown) => {
      const schema = answerOf(operationOf(document, method, pattern), status)?.content?.[type]?.schema;
      expect(schema, `${method} ${pattern} ${status}`).toBeDefined();
      expect(schema && differences(document, schema, body), `${method} ${pattern} ${status}`).toEqual([]);
    };
    const json = 'application/json';
    const wallet = TestWallet.generate();
    const { body } = await creationBody(world, wallet, { statement: 'Documented' });
    const text = {
      action: 'commitment.create',
      wallet: wallet.address,
      params: (await creationBody(world, wallet)).params,
    };
    check('POST', '/api/signing-messages', 200, json, await world.ask('/signing-messages', text));

    const created = await world.post('/commitments', JSON.stringify(body));
    check('POST', '/api/commitments', created.status, json, created.body);
    const refused = await world.post('/commitments', JSON.stringify(body));
    check('POST', '/api/commitments', refused.status, 'application/problem+json', refused.body);

    const commitment = await create(world);
    check('POST', '/api/commitments/:id/attest', 200, json, await attest(world, commitment));
    await world.chain.cheats.fundSol(commitment.escrow.address, 2_000_000_000n);
    const admin = await world.adminClient();
    const success = await succeed(admin, commitment.id);
    check('POST', '/api/commitments/:id/success', success.status, json, success.body);
    check('POST', '/api/admin/nonce', 200, json, await world.ask('/admin/nonce', { wallet: wallet.address }));
  });
});

describe('the database', () => {
  it('N1: sees no schema change, whatever is asked', async (context) => {
    const [role] = await world.sql<{ super: boolean }>(
      `SELECT rolsuper AS super FROM pg_roles WHERE rolname = current_user`,
    );
    if (!role?.super) return context.skip('watching for schema changes needs a superuser');
    await world.sql(WATCH);
    const headers = await world.adminHeaders();
    const { id } = await attested(world);
    await succeed(await world.adminClient(), id);
    for (const { path } of getPaths()) await world.send('GET', path, { headers });
    await world.restart();
    for (const { path } of getPaths()) await world.send('GET', path, { headers });
    expect(await world.sql('SELECT tag FROM watch.ddl')).toEqual([]);
    // The watch itself works.
    await world.sql('CREATE TABLE IF NOT EXISTS public.commitments ()');
    expect(await world.sql('SELECT tag FROM watch.ddl')).toEqual([{ tag: 'CREATE TABLE' }]);
    await world.sql('DROP EVENT TRIGGER watch_ddl; DROP SCHEMA watch CASCADE');
  });
});

describe('with a long history', () => {
  it('no statement of a request, a job or /metrics reads more than it answers', async ({
    onTestFinished,
  }) => {
    const feed = await LocalPriceFeed.start();
    onTestFinished(() => feed.stop());
    await writeHistory(world.databaseUrl);
    await world.app.get(AuditSealer).run();
    const readings = await readingsOf(world, everydayEnv(feed), async () => {
      const headers = await world.adminHeaders();
      for (const path of [...getPaths().map((get) => get.path), ...everyList()])
        expect((await world.send('GET', path, { headers })).status, path).toBe(200);
      await everydayWork(world, feed);
    });
    // All that a day's work asks for.
    expect(readings.length).toBeGreaterThan(200);
    expect(readings.filter(readsTheWhole)).toEqual([]);
  });
});
