import type { OpenAPIObject } from '@nestjs/swagger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pollUntil } from '../../support/poll.js';
import { AppWorld, type Route } from '../../support/worlds/app-world.js';
import { bodyMembers, operationOf } from '../../support/checks/openapi.js';
import { create } from '../../support/builders/personal.js';
import type { RawAnswer } from '../../support/proxies/raw-http.js';
import { TestWallet } from '../../support/builders/wallets.js';

type Json = Record<string, unknown>;

const ID = '0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e6f';
const KEY = TestWallet.generate().address;

let world: AppWorld;
let document: OpenAPIObject;
let session: Record<string, string>;
/** Of an open commitment, so that a request would do something if it were let through. */
let commitmentId: string;

beforeAll(async () => {
  world = await AppWorld.start({ JOBS_ENABLED: 'false' });
  document = (await world.send('GET', '/openapi.json')).body as unknown as OpenAPIObject;
  session = await world.adminHeaders();
  commitmentId = (await create(world)).id;
});
afterAll(async () => {
  await world?.stop();
});

/** Every request comes from a signed-in admin, so that it is the input that is refused and not the caller. */
function send(
  { method }: Route,
  path: string,
  rawBody?: string | Uint8Array,
  headers: Record<string, string> = {},
) {
  const json = rawBody === undefined ? {} : { 'content-type': 'application/json' };
  const all = { ...session, ...json, ...headers };
  return world.send(method, path, { headers: all, ...(rawBody === undefined ? {} : { rawBody }) });
}

function expectProblem(answer: RawAnswer, what: string): void {
  expect(answer.status, `${what}: ${answer.text}`).toBeGreaterThanOrEqual(400);
  expect(answer.status, what).toBeLessThan(500);
  expect(answer.headers['content-type'], what).toMatch(/^application\/problem\+json/);
  expect(answer.body, what).toMatchObject({
    status: answer.status,
    code: expect.stringMatching(/^[a-z_]+$/),
    title: expect.any(String),
    requestId: answer.headers['x-request-id'],
  });
  expect(answer.text, what).not.toMatch(/node_modules|\.ts:|\.js:|SELECT |syntax error|violates/);
}

/** The first id as given; any further one is that of nothing. */
const pathOf = ({ path }: Route, id = commitmentId) =>
  path
    .replace(':wallet', id === commitmentId ? KEY : id)
    .replace(/:\w+/, () => id)
    .replaceAll(/:\w+/g, ID);
const routes = (method: string) => world.apiRoutes.filter((route) => route.method === method);
const name = ({ method, path }: Route) => `${method} ${path}`;

/** Runs all requests of one route and sees that nothing but refusals was written. */
async function expectAllRefused(
  route: Route,
  requests: readonly (readonly [string, () => Promise<RawAnswer>])[],
): Promise<void> {
  const before = await world.rowsDigest(['audit_logs']);
  for (const [what, request] of requests) expectProblem(await request(), `${name(route)} with ${what}`);
  expect(await world.rowsDigest(['audit_logs']), name(route)).toEqual(before);
}

const BAD_IDS = [
  'x',
  '0',
  '-1',
  'null',
  '%00',
  '%0a',
  `${ID}%00`,
  `${ID}%0a`,
  `%20${ID}`,
  `${ID}0`,
  ID.slice(0, -1),
  ID.replaceAll('-', ''),
  `{${ID}}`,
  `urn:uuid:${ID}`,
  '..%2f..%2fetc%2fpasswd',
  '%2e%2e',
  "'%20OR%201=1--",
  '%F0%9F%98%80',
  '%ff',
  '%zz',
  '%ED%A0%80',
  'a'.repeat(1_000),
  'a'.repeat(9_000),
  '９'.normalize('NFKC').repeat(36),
];

describe('bad ids in the path', () => {
  it('are refused at every route that takes one', async () => {
    const withId = world.apiRoutes.filter(({ path }) => path.includes(':'));
    expect(withId.length).toBeGreaterThan(3);
    for (const route of withId) {
      const ids = BAD_IDS.map((id) => [id.slice(0, 60), () => send(route, pathOf(route, id))] as const);
      await expectAllRefused(route, [...ids, ['an unknown id', () => send(route, pathOf(route, ID))]]);
    }
  });
});

const JUNK_QUERIES = [
  'limit=x',
  'limit=1e9',
  'cursor=%00',
  'cursor[]=x',
  'limit[a]=1',
  'x=1',
  'wallet=%ff',
  'status=%ED%A0%80',
];

describe('bad queries', () => {
  it('are refused by every list, and fail no other route', async () => {
    for (const route of routes('GET')) {
      const isList = (operationOf(document, 'GET', route.path) as Json | undefined)?.['parameters'];
      const names = ((isList ?? []) as { name: string }[]).map((parameter) => parameter.name);
      for (const query of JUNK_QUERIES) {
        const answer = await send(route, `${pathOf(route)}?${query}`);
        expect(answer.status, `${name(route)}?${query}`).toBeLessThan(500);
        if (names.includes('cursor')) expectProblem(answer, `${name(route)}?${query}`);
      }
    }
  });
});

/** A body whose members are all well-formed, but which must not be acted upon: the signature is nobody's. */
const GOOD: Json = {
  action: 'commitment.attest',
  full: true,
  params: {},
  wallet: KEY,
  issuedAt: new Date().toISOString(),
  signature: '2'.repeat(87),
  nonce: 'abcdefgh12345678',
  kind: 'personal',
  destinationOnFail: TestWallet.generate().address,
  amountLamports: 2_000_000_000,
  deadline: '2099-01-01T00:00:00.000Z',
  statement: 'Statement',
  tokenMint: TestWallet.generate().address,
  commitmentId: ID,
  limit: 10,
  since: '2026-11-22T10:00:00.000Z',
  dryRun: true,
  cursor: Buffer.from(ID).toString('base64url'),
  scope: 'commitment',
  replaces: KEY,
  destination: KEY,
  reason: 'Reason',
  witnesses: 'all',
  purpose: 'milestone_release',
  admin: KEY,
  accounts: [KEY],
  voidFrom: '2026-11-22T10:00:00.000Z',
  contentType: 'image/png',
  name: 'Name',
  bio: 'Bio',
  avatarUrl: 'https://example.com/a.png',
  avatarPath: 'path',
  transaction: 'AQ==',
  creator: KEY,
  symbol: 'SYM',
  uri: 'https://example.com/coin.json',
  buyTokens: 1_000_000,
  buyMostLamports: 1_000_000,
};

/** Members that may be left out. */
const OPTIONAL = [
  'accounts',
  'statement',
  'params',
  'commitmentId',
  'limit',
  'since',
  'dryRun',
  'cursor',
  'purpose',
  'voidFrom',
  'name',
  'bio',
  'avatarUrl',
  'avatarPath',
  'transaction',
  'buyTokens',
  'buyMostLamports',
];

const BAD_VALUES = [
  'null',
  'true',
  '0',
  '-1',
  '0.5',
  '1e30',
  '9007199254740992',
  '9007199254740993',
  '-9007199254740993',
  '[]',
  '[5]',
  '{}',
  '{"a":{"b":1}}',
  '""',
  '"x"',
  '"0x10"',
  '"0OIl"',
  `"${'1'.repeat(31)}"`,
  `"${'z'.repeat(45)}"`,
  `"${'z'.repeat(10_000)}"`,
  '"a\\u0000b"',
  '"\\ud800"',
  '"\\u202e"',
  '"\\u0007"',
  '"\\n"',
];

function goodBody(route: Route): Json {
  const operation = operationOf(document, route.method, route.path);
  const members = operation ? bodyMembers(document, operation) : [];
  return Object.fromEntries(
    members.map((member) => {
      expect(GOOD, `${name(route)}: give GOOD a value for "${member}"`).toHaveProperty(member);
      return [member, GOOD[member]];
    }),
  );
}

function withRaw(body: Json, member: string, raw: string): string {
  return JSON.stringify({ ...body, [member]: '@@' }).replace('"@@"', () => raw);
}

function wholeBodies(route: Route): [string, string | Uint8Array, Record<string, string>?][] {
  const body = goodBody(route);
  const good = JSON.stringify({ ...body, nobodyKnows: 1 });
  const megabyte = JSON.stringify({ ...body, filler: 'x'.repeat(1_000_000) });
  return [
    ['an unknown member', good],
    ['an unknown member alone', '{"nobodyKnows":1}'],
    ['a server-made member', JSON.stringify({ ...body, id: ID, status: 'succeeded' })],
    ['a duplicate key', '{"wallet":"a","wallet":"b"}'],
    ['a duplicate key in disguise', '{"wallet":"a","w\\u0061llet":"b"}'],
    ['__proto__', '{"__proto__":{"admin":true}}'],
    ['constructor', '{"constructor":{"prototype":{"admin":true}}}'],
    ['a list', '[]'],
    ['a list of one', `[${good}]`],
    ['null', 'null'],
    ['a text', '"text"'],
    ['a number', '1'],
    ['broken JSON', '{"wallet":'],
    ['JSON and more', '{}{}'],
    ['a comment', '{/* */}'],
    ['a trailing comma', '{"a":1,}'],
    ['single quotes', "{'a':1}"],
    ['NaN', '{"a":NaN}'],
    ['a control character', '{"a":"\u0001"}'],
    ['no UTF-8', Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d)],
    ['two byte-order marks', '\ufeff\ufeff{}'],
    ['a byte-order mark before an unknown member', '\ufeff{"nobodyKnows":1}'],
    ['UTF-16', Buffer.from('{}', 'utf16le')],
    ['10,000 open brackets', '['.repeat(10_000)],
    ['a float', '{"a":0.5}'],
    ['2^53', '{"a":9007199254740992}'],
    ['16 KiB and one byte', JSON.stringify({ a: 'x'.repeat(16 * 1024 - 7) })],
    ['1 MB', megabyte],
    ['text/plain', '{}', { 'content-type': 'text/plain' }],
    ['a form', 'wallet=a', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a multipart form', '--x--', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['another charset', '{}', { 'content-type': 'application/json; charset=utf-16' }],
    ['a nonsense type', '{}', { 'content-type': 'nonsense' }],
    ['a coding', '{"nobodyKnows":1}', { 'content-encoding': 'gzip' }],
  ];
}

/** Refused for its form: the route has not even looked whether what it names is there. */
async function refusedUnread(sent: Promise<RawAnswer>, what: string, route: Route): Promise<RawAnswer> {
  const answer = await sent;
  expect([400, 413, 415], `${name(route)} with ${what}: ${answer.text}`).toContain(answer.status);
  return answer;
}

describe('bad bodies', () => {
  it('are refused at every route that changes something', async () => {
    expect(routes('POST').length).toBeGreaterThan(5);
    for (const route of routes('POST')) {
      const bodies = wholeBodies(route);
      const requests = bodies.map(
        ([what, raw, headers]) =>
          [what, () => refusedUnread(send(route, pathOf(route), raw, headers), what, route)] as const,
      );
      await expectAllRefused(route, requests);
    }
  });

  it('with one bad member are refused, whatever the member', async () => {
    let members = 0;
    for (const route of routes('POST')) {
      const body = goodBody(route);
      for (const member of Object.keys(body)) {
        members += 1;
        const requests = BAD_VALUES.map(
          (raw) =>
            [
              `${member} of ${raw.slice(0, 50)}`,
              () => send(route, pathOf(route), withRaw(body, member, raw)),
            ] as const,
        );
        await expectAllRefused(route, requests);
      }
      for (const member of Object.keys(body).filter((one) => !OPTIONAL.includes(one))) {
        const { [member]: _, ...rest } = body;
        await expectAllRefused(route, [
          [`no ${member}`, () => send(route, pathOf(route), JSON.stringify(rest))],
        ]);
      }
    }
    expect(members).toBeGreaterThan(12);
  });

  it('leave the session and the service as they were', async () => {
    expect((await world.send('GET', '/api/admin/me', { headers: session })).status).toBe(200);
    await pollUntil('the service to be ready', async () =>
      (await world.send('GET', '/health/ready')).status === 200 ? true : undefined,
    );
    expect((await world.send('GET', `/api/commitments/${commitmentId}`)).body['status']).toBe('active');
  });
});

describe('wrong methods and paths', () => {
  it('are refused with what is allowed', async () => {
    for (const path of new Set(world.apiRoutes.map((route) => pathOf(route)))) {
      const own = world.apiRoutes.filter((route) => pathOf(route) === path).map(({ method }) => method);
      for (const method of ['PUT', 'PATCH', 'DELETE'].filter((one) => !own.includes(one))) {
        const answer = await world.send(method, path, { headers: session });
        expectProblem(answer, `${method} ${path}`);
        expect([answer.status, answer.body['code']], `${method} ${path}`).toEqual([
          405,
          'method_not_allowed',
        ]);
        expect(answer.headers['allow'], `${method} ${path}`).toMatch(/GET|POST|DELETE/);
      }
      expectProblem(await world.send('GET', `${path}/nothing/here`, { headers: session }), path);
    }
  });
});
