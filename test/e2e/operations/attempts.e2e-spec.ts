import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EndpointOptions, isForAdmins } from '#src/common/endpoint.js';
import { expectDenied, forgeries } from '../../support/checks/attempts.js';
import { AppWorld, type Route } from '../../support/worlds/app-world.js';
import { create, creationBody, signingText } from '../../support/builders/personal.js';
import { CRON_SECRET } from '../../support/builders/rewards.js';
import { TestWallet } from '../../support/builders/wallets.js';

type Json = Record<string, unknown>;
type Headers = Record<string, string>;

const ID = '0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e6f';
const ANONYMOUS = 'anonymous';

let world: AppWorld;
/** Of an open commitment, so that a request would do something if it were let through. */
let commitmentId: string;
const author = TestWallet.generate();
const former = TestWallet.generate();
const stranger = TestWallet.generate();

beforeAll(async () => {
  world = await AppWorld.start({ JOBS_ENABLED: 'false', CRON_SECRET });
  commitmentId = (await create(world, {}, author)).id;
});
afterAll(async () => {
  await world?.stop();
});

interface Attempt {
  readonly name: string;
  readonly headers: Headers;
  readonly refused: readonly [number, string];
  /** Who the audit log says it was. */
  readonly actor: string;
}

const name = ({ method, path }: Route) => `${method} ${path}`;
const pathOf = ({ path }: Route) =>
  path
    .replace(':wallet', author.address)
    .replace(/:\w+/, () => commitmentId)
    .replaceAll(/:\w+/g, ID);
const ruleOf = ({ endpoint }: Route): EndpointOptions => endpoint ?? { access: 'public', limit: 'read' };
const routes = (wanted: (rule: EndpointOptions) => boolean) =>
  world.apiRoutes.filter((route) => route.endpoint !== undefined && wanted(route.endpoint));

const idOf = ({ cookie = '' }: Headers) => cookie.split('=')[1] ?? '';
const cookieOf = (id: string) => `cts_admin_session=${id}`;
const hashOf = (id: string) => createHash('sha256').update(id).digest('hex');

async function sessionThatIsOver(): Promise<string> {
  const id = idOf(await world.adminHeaders());
  const sql = `UPDATE admin_sessions SET created_at = now() - interval '13 h', expires_at = now() - interval '1 s' WHERE wallet = $1`;
  await world.sql(sql, [world.admin.address]);
  return id;
}

async function sessionSignedOut(): Promise<string> {
  const headers = await world.adminHeaders();
  expect((await world.send('POST', '/api/admin/logout', { headers })).status).toBe(204);
  return idOf(headers);
}

/** A session as somebody writes it who can write rows, and holds no secret of the service. */
async function sessionMadeByHand(): Promise<string> {
  const id = randomBytes(32).toString('base64url');
  const sql = `INSERT INTO admin_sessions (id_hash, wallet, created_at, expires_at, mac)
    VALUES ($1, $2, now(), now() + interval '1 h', $1)`;
  await world.sql(sql, [hashOf(id), world.admin.address]);
  return id;
}

async function sessionOfFormerAdmin(): Promise<string> {
  await world.restart({ ADMIN_WALLET_PUBKEYS: `${former.address},${world.admin.address}` });
  const id = idOf(await world.adminHeaders(former));
  await world.restart();
  return id;
}

/** Attempts at a route of an admin that any method has to refuse. */
async function attempts(): Promise<Attempt[]> {
  const { origin } = world;
  const withSession = (id: string): Headers => ({ origin, cookie: cookieOf(id) });
  const notSignedIn = { refused: [401, 'not_signed_in'], actor: ANONYMOUS } as const;
  return [
    { name: 'no cookie', headers: { origin }, ...notSignedIn },
    { name: 'a forged session', headers: withSession('A'.repeat(43)), ...notSignedIn },
    {
      name: 'the hash of a session',
      headers: withSession(hashOf(idOf(await world.adminHeaders()))),
      ...notSignedIn,
    },
    { name: 'an expired session', headers: withSession(await sessionThatIsOver()), ...notSignedIn },
    { name: 'a session signed out', headers: withSession(await sessionSignedOut()), ...notSignedIn },
    { name: 'T8: a session made by hand', headers: withSession(await sessionMadeByHand()), ...notSignedIn },
    {
      name: 'a session of a wallet taken off the allowlist',
      headers: withSession(await sessionOfFormerAdmin()),
      refused: [403, 'not_an_admin'],
      actor: former.address,
    },
  ];
}

/** Attempts that a browser makes for another site. */
async function crossSite(): Promise<Attempt[]> {
  const { cookie = '' } = await world.adminHeaders();
  const [refused, actor] = [[403, 'origin_mismatch'], world.admin.address] as const;
  return [
    { name: 'no Origin', headers: { cookie }, refused, actor },
    ...['https://evil.example.com', `${world.origin}.evil.example`, 'null', 'http://app.example.com'].map(
      (origin) => ({ name: `the Origin ${origin}`, headers: { cookie, origin }, refused, actor }),
    ),
  ];
}

describe('every route of an admin', () => {
  it('refuses who is no admin or comes from another site, puts it on record, and does nothing', async () => {
    const all = routes(isForAdmins);
    expect(all.length).toBeGreaterThan(6);
    const [always, onChange] = [await attempts(), await crossSite()];
    const before = await world.rowsDigest(['audit_logs']);
    for (const route of all) {
      const { method } = route;
      const { audit, access } = ruleOf(route);
      const tried = method === 'GET' ? always : [...always, ...onChange];
      for (const attempt of tried) {
        const answer = await world.send(method, pathOf(route), { headers: attempt.headers });
        await expectDenied(world, answer, `${name(route)} with ${attempt.name}`, { audit, ...attempt });
      }
      const headers = { 'x-cron-secret': access === 'admin' ? CRON_SECRET : `${CRON_SECRET}x` };
      const cron = { audit, actor: ANONYMOUS, refused: [401, 'not_signed_in'] } as const;
      await expectDenied(
        world,
        await world.send(method, pathOf(route), { headers }),
        `${name(route)} by cron`,
        cron,
      );
    }
    expect(await world.rowsDigest(['audit_logs'])).toEqual(before);
  });

  it('counts an admitted request for its session as well', async () => {
    const headers = await world.adminHeaders();
    const answer = await world.send('GET', '/api/admin/me', { headers });
    expect(answer.headers['ratelimit-policy']).toMatch(/^"admin";q=\d+;w=60, "session";q=\d+;w=60$/);
  });
});

describe('POST /admin/login', () => {
  const ask = (wallet: TestWallet) =>
    world.ask('/admin/nonce', { wallet: wallet.address }) as Promise<{ nonce: string; message: string }>;
  const login = (body: Json, headers: Headers = { origin: world.origin }) =>
    world.post('/admin/login', JSON.stringify(body), headers);
  const denied = (code: string, status = 401, actor = ANONYMOUS) => ({
    audit: 'admin_login',
    actor,
    refused: [status, code] as const,
  });

  it('refuses what was used before, was signed elsewhere or by another, and puts it on record', async () => {
    const wallet = world.admin.address;
    const used = await ask(world.admin);
    const signature = world.admin.signBase58(used.message);
    expect((await login({ wallet, nonce: used.nonce, signature })).status).toBe(200);
    const sessions = await world.rowsDigest(['audit_logs', 'admin_nonces']);

    const replay = await login({ wallet, nonce: used.nonce, signature });
    await expectDenied(world, replay, 'a replayed nonce', denied('nonce_expired'));
    const { nonce } = await ask(world.admin);
    await expectDenied(
      world,
      await login({ wallet, nonce, signature }),
      'a replayed signature',
      denied('invalid_signature'),
    );
    const other = await ask(world.admin);
    const elsewhere = other.message.replaceAll('app.example.com', 'evil.example.com');
    expect(elsewhere).not.toBe(other.message);
    const phished = await login({
      wallet,
      nonce: other.nonce,
      signature: world.admin.signBase58(elsewhere),
    });
    await expectDenied(world, phished, 'a message of another domain', denied('invalid_signature'));
    const mine = await ask(stranger);
    const foreign = { wallet, nonce: mine.nonce, signature: stranger.signBase58(mine.message) };
    await expectDenied(world, await login(foreign), "another wallet's nonce", denied('nonce_expired'));
    const outsider = await login({ ...foreign, wallet: stranger.address });
    await expectDenied(world, outsider, 'no admin', denied('not_an_admin', 403, stranger.address));
    for (const headers of [{}, { origin: 'https://evil.example.com' }] as Headers[]) {
      await expectDenied(world, await login({}, headers), 'another site', denied('origin_mismatch', 403));
    }
    expect(await world.rowsDigest(['audit_logs', 'admin_nonces'])).toEqual(sessions);
  });

  it('tells nobody who is an admin before the signature is right', async () => {
    const shapes = [];
    for (const wallet of [world.admin, stranger]) {
      const { nonce, message, ...rest } = await ask(wallet);
      const body = { wallet: wallet.address, nonce, signature: TestWallet.generate().signBase58(message) };
      const answer = await login(body);
      const hidden = (text: string) =>
        text
          .replaceAll(wallet.address, 'WALLET')
          .replaceAll(nonce, 'NONCE')
          .replaceAll(/\d{4}-[\d-]{5}T[\d:.]+Z/g, 'TIME')
          .replaceAll(/"requestId":"[^"]+"/g, '"requestId"');
      shapes.push([answer.status, hidden(answer.text), hidden(message), Object.keys(rest)]);
    }
    expect(shapes[0]).toEqual(shapes[1]);
    expect(shapes[0]?.[0]).toBe(401);
  });
});

interface Action {
  readonly action: string;
  /** As they stand in the message. */
  readonly params: () => Json | Promise<Json>;
  /** Which of them stand in the path. */
  readonly inPath?: readonly string[];
}

const milestone = () => ({ commitmentId, milestoneId: ID });

/** How each signed route is signed for. */
const ACTIONS: Record<string, Action> = {
  'POST /api/commitments': {
    action: 'commitment.create',
    params: async () => (await creationBody(world, author)).params,
  },
  'POST /api/commitments/:id/attest': {
    action: 'commitment.attest',
    params: () => ({ commitmentId }),
    inPath: ['commitmentId'],
  },
  'POST /api/commitments/:id/milestones/:milestoneId/complete': {
    action: 'milestone.complete',
    params: milestone,
    inPath: ['commitmentId', 'milestoneId'],
  },
  'POST /api/commitments/:id/milestones/:milestoneId/signal': {
    action: 'milestone.signal',
    params: milestone,
    inPath: ['commitmentId', 'milestoneId'],
  },
  'POST /api/commitments/:id/failure-distribution/enroll': {
    action: 'distribution.enroll',
    params: () => ({ commitmentId }),
    inPath: ['commitmentId'],
  },
  'POST /api/commitments/:id/failure-distribution/claim': {
    action: 'distribution.claim',
    params: () => ({ commitmentId }),
    inPath: ['commitmentId'],
  },
  'POST /api/profiles/:wallet': {
    action: 'profile.update',
    params: () => ({ name: 'Ada', bio: 'Ships.' }),
  },
  'POST /api/profiles/avatar/upload-url': {
    action: 'avatar.upload',
    params: () => ({ contentType: 'image/png' }),
  },
  'POST /api/pumpfun/claim': { action: 'pumpfun.claim', params: () => ({}) },
  'POST /api/dev-verify': {
    action: 'dev.verify',
    params: () => ({ tokenMint: TestWallet.generate().address }),
  },
};

/** A text that the same wallet could well have signed for something else. */
async function textOfAnother(action: string): Promise<string> {
  const [other, params] =
    action === 'dev.verify'
      ? (['commitment.attest', { commitmentId }] as const)
      : (['dev.verify', { tokenMint: stranger.address }] as const);
  return (await signingText(world, author, other, params)).message;
}

describe('every route that a wallet signs for', () => {
  it('refuses what the wallet has not signed for it, puts it on record, and does nothing', async () => {
    const all = routes(({ access }) => access === 'signed');
    expect(all.length).toBeGreaterThan(4);
    for (const route of all) {
      const of = ACTIONS[name(route)];
      if (of === undefined) throw new Error(`give ACTIONS an entry for ${name(route)}`);
      const { audit } = ruleOf(route);
      const params = await of.params();
      const { message, issuedAt } = await signingText(world, author, of.action, params);
      const elsewhere = await textOfAnother(of.action);
      const rest = Object.fromEntries(Object.entries(params).filter(([key]) => !of.inPath?.includes(key)));
      const send = (time: string, signature: string) =>
        world.send(route.method, pathOf(route), {
          headers: { 'content-type': 'application/json' },
          rawBody: JSON.stringify({ ...rest, wallet: author.address, issuedAt: time, signature }),
        });
      const before = await world.rowsDigest(['audit_logs']);
      for (const [what, time, signature, refused] of forgeries(
        message,
        issuedAt,
        elsewhere,
        author,
        stranger,
      )) {
        const answer = await send(time, signature);
        await expectDenied(world, answer, `${name(route)} with ${what}`, {
          audit,
          actor: ANONYMOUS,
          refused,
        });
        expect(answer.headers['ratelimit-policy'], name(route)).not.toContain('"wallet"');
      }
      expect(await world.rowsDigest(['audit_logs']), name(route)).toEqual(before);

      // The right one is another matter: it is the wallet's own request then, and counts for it.
      const right = await send(issuedAt, author.signBase58(message));
      expect(right.status, `${name(route)}: ${right.text}`).not.toBe(401);
      expect(right.headers['ratelimit-policy'], name(route)).toMatch(
        /^"\w+";q=\d+;w=60, "wallet";q=120;w=60$/,
      );
      if (right.status !== 201) continue;
      const replay = await send(issuedAt, author.signBase58(message));
      const refused = [409, 'signature_used'] as const;
      await expectDenied(world, replay, `${name(route)} replayed`, { audit, actor: author.address, refused });
    }
  });
});
