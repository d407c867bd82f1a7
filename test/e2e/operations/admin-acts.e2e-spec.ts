import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_ACTIONS, type AdminAction, adminRequest } from '#src/common/admin-actions.js';
import { awaitingLaunch } from '../../support/builders/launches.js';
import { create, signingText } from '../../support/builders/personal.js';
import { completedMilestone } from '../../support/builders/reward-rows.js';
import { TestWallet } from '../../support/builders/wallets.js';
import { expectDenied, forgeries, type Refused } from '../../support/checks/attempts.js';
import { AppWorld, type Route } from '../../support/worlds/app-world.js';

type Json = Record<string, unknown>;

const ID = '0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e6f';
const OTHER_PAUSE = { scope: 'purpose', purpose: 'personal_success', reason: 'another' };

let world: AppWorld;
/** Of an open commitment, so that a request would do something if it were let through. */
let commitmentId: string;
const author = TestWallet.generate();
const stranger = TestWallet.generate();

beforeAll(async () => {
  // Without a fee payer nothing is launched.
  const payer = TestWallet.generate().toJson();
  world = await AppWorld.start({ JOBS_ENABLED: 'false', ESCROW_FEE_PAYER_SECRET_KEY: payer });
  commitmentId = (await create(world, {}, author)).id;
});
afterAll(async () => {
  await world?.stop();
});

const pathOf = ({ path }: Pick<Route, 'path'>) => path.replaceAll(/:\w+/g, ID);

/** What each act of an admin is signed over, so that a request would do something if it were let through. */
const ADMIN_PARAMS: Record<AdminAction, () => Json | Promise<Json>> = {
  'admin.commitment.success': () => ({ commitmentId }),
  'admin.commitment.failure': () => ({ commitmentId, reason: 'nothing was shown' }),
  'admin.failure.cancel': () => ({ commitmentId }),
  'admin.milestone.release': milestoneRow,
  'admin.stray.forward': () => ({ commitmentId }),
  'admin.destination.change': async () => ({
    commitmentId,
    replaces: (
      await world.sql<{ to: string }>('SELECT destination_on_fail AS "to" FROM commitments WHERE id = $1', [
        commitmentId,
      ])
    )[0]?.to,
    destination: stranger.address,
  }),
  'admin.pause.create': () => ({ scope: 'commitment', commitmentId, reason: 'a look' }),
  'admin.pause.end': async () => ({ pauseId: await pauseRow() }),
  'admin.lock.clear': lockRow,
  'admin.revocation.create': () => ({ admin: stranger.address, voidFrom: '2026-11-22T10:00:00.000Z' }),
  'admin.session.end': async () => ({ session: await openSession() }),
  'admin.payout.retry': async () => ({ payoutId: await payoutRow(commitmentId, null, 'stopped') }),
  'admin.payout.resolve': async () => ({
    payoutId: await payoutRow(commitmentId, null, 'stopped'),
    witnesses: 'all',
  }),
  'admin.pumpfun.launch': launchable,
};

/** A commitment whose coin could be launched. */
async function launchable(): Promise<Json> {
  const made = await awaitingLaunch(world, await world.adminClient());
  return { commitmentId: made.id, name: 'Ship', symbol: 'SHIP', uri: 'https://example.com/ship.json' };
}

/** Handle of a session beside that of the test. */
async function openSession(): Promise<string> {
  await world.adminHeaders();
  const [row] = await world.sql<{ handle: string }>(
    'SELECT left(id_hash, 16) AS handle FROM admin_sessions ORDER BY created_at DESC LIMIT 1',
  );
  return row?.handle ?? '';
}

async function milestoneRow(): Promise<{ commitmentId: string; milestoneId: string }> {
  const tokenMint = TestWallet.generate().address;
  const row = await completedMilestone(world, { tokenMint, thresholdUsd: '400', completedAt: new Date() });
  return { commitmentId: row.commitmentId, milestoneId: row.id };
}

async function pauseRow(): Promise<string> {
  const id = randomUUID();
  await world.sql(
    `INSERT INTO payout_pauses (id, scope, purpose, reason, created_by, created_at)
     VALUES ($1, 'purpose', 'stray_forward', 'test', $2, now())`,
    [id, stranger.address],
  );
  return id;
}

async function payoutRow(of: string, subject: string | null, status: string): Promise<string> {
  const id = randomUUID();
  const purpose = subject === null ? 'stray_forward' : 'milestone_release';
  // No escrow stands behind it.
  await world.sql(`SET session_replication_role = replica;
    INSERT INTO payouts (id, commitment_id, purpose, business_key, subject_id, source, destination, amount_lamports, drain,
       status, failures, next_run_at, requested_by, created_at)
    VALUES ('${id}', '${of}', '${purpose}', '${id}', ${subject === null ? 'NULL' : `'${subject}'`}, '${author.address}',
      '${stranger.address}', 1, false, '${status}', 3, now(), 'test', now())`);
  return id;
}

async function lockRow(): Promise<Json> {
  const made = await milestoneRow();
  const payoutId = await payoutRow(made.commitmentId, made.milestoneId, 'pending');
  await world.sql(`SET session_replication_role = replica; UPDATE reward_milestones SET status = 'releasing',
    claimable_at = now(), reweighed_usd = 400 WHERE id = '${made.milestoneId}'`);
  await world.sql(
    'INSERT INTO reward_release_locks (commitment_id, milestone_id, created_at, payout_id) VALUES ($1, $2, now(), $3)',
    [made.commitmentId, made.milestoneId, payoutId],
  );
  return made;
}

describe('every act that an admin signs', () => {
  const acts = () => world.apiRoutes.filter(({ endpoint }) => endpoint?.act !== undefined);

  it('has the route that its table names', () => {
    const declared = acts().map((route) => [route.endpoint?.act, route.method, pathOf(route)].join(' '));
    const known = Object.entries(ADMIN_ACTIONS).map(([action, { method, path }]) =>
      [action, method, pathOf({ path: `/api${path}` })].join(' '),
    );
    expect(new Set(declared)).toEqual(new Set(known));
  });

  it('is refused unless the wallet of the session has signed exactly that, put on record, and does nothing', async () => {
    const [headers, actor] = [await world.adminHeaders(), world.admin.address];
    const invalid = [401, 'invalid_signature'] as const;
    for (const route of acts()) {
      const { act = 'admin.pause.end', audit } = route.endpoint ?? {};
      const params = await ADMIN_PARAMS[act]();
      const { method, path } = adminRequest(act, params);
      const send = (body: Json) =>
        world.send(method, `/api${path}`, {
          headers: { 'content-type': 'application/json', ...headers },
          rawBody: JSON.stringify(body),
        });
      const right = await world.actBody(act, params);
      const { message } = await signingText(world, world.admin, act, params);
      const elsewhere = (await signingText(world, world.admin, 'admin.pause.create', OTHER_PAUSE)).message;
      const { wallet: _w, issuedAt: _i, signature: _s, ...bare } = right;
      const forged = forgeries(message, String(right.issuedAt), elsewhere, world.admin, stranger);
      const attempts: [string, Json, Refused][] = [
        ['no proof', bare, invalid],
        ['no signature', { ...right, signature: undefined }, invalid],
        ["another wallet's own signature", await world.actBody(act, params, stranger), invalid],
        ...forged.map(([what, issuedAt, signature, refused]): [string, Json, Refused] => [
          what,
          { ...right, issuedAt, signature },
          signature === '' ? invalid : refused,
        ]),
      ];
      const before = await world.rowsDigest(['audit_logs']);
      for (const [what, body, refused] of attempts)
        await expectDenied(world, await send(body), `${act} with ${what}`, { audit, actor, refused });
      expect(await world.rowsDigest(['audit_logs']), act).toEqual(before);

      const carriedOut = await send(right);
      expect(carriedOut.status, `${act}: ${carriedOut.text}`).not.toBe(401);
      const kept = await world.sql('SELECT wallet, signature FROM signed_acts WHERE action = $1', [act]);
      const { wallet, signature } = right;
      expect(kept, act).toEqual(carriedOut.status < 300 ? [{ wallet, signature }] : []);
      const replay = await send(right);
      expect([404, 409, 422], `${act} replayed: ${replay.text}`).toContain(replay.status);
      const again = await world.sql('SELECT 1 FROM signed_acts WHERE action = $1', [act]);
      expect(again, act).toHaveLength(kept.length);
    }
  });

  it('names the act before it, and a text for parameters that the route refuses is refused alike', async () => {
    const [last] = await world.sql<{ hash: string }>(
      'SELECT message_hash AS hash FROM signed_acts WHERE commitment_id = $1 ORDER BY id DESC LIMIT 1',
      [commitmentId],
    );
    const { message } = await signingText(world, world.admin, 'admin.commitment.success', { commitmentId });
    expect(message).toContain(`- after: "${last?.hash}"`);
    const cases: [AdminAction, Json, string][] = [
      ['admin.commitment.success', { commitmentId: ID }, 'commitment_not_found'],
      ['admin.commitment.failure', { commitmentId, reason: '' }, 'validation_failed'],
      ['admin.milestone.release', { commitmentId, milestoneId: ID }, 'wrong_kind'],
      ['admin.pause.create', { scope: 'commitment', reason: 'x' }, 'validation_failed'],
      [
        'admin.destination.change',
        { commitmentId, replaces: stranger.address, destination: stranger.address },
        'validation_failed',
      ],
      ['admin.pause.end', { pauseId: ID }, 'pause_not_found'],
      ['admin.lock.clear', { commitmentId, milestoneId: ID }, 'release_lock_not_found'],
      ['admin.payout.retry', { payoutId: ID }, 'payout_not_found'],
      ['admin.session.end', { session: 'short' }, 'validation_failed'],
      ['admin.revocation.create', { admin: 'nobody' }, 'validation_failed'],
      [
        'admin.revocation.create',
        { admin: author.address, voidFrom: '2999-01-01T00:00:00Z' },
        'validation_failed',
      ],
      ['admin.payout.resolve', { payoutId: ID, witnesses: 'one' }, 'payout_not_found'],
      ['admin.payout.resolve', { payoutId: ID, witnesses: 'two' }, 'validation_failed'],
    ];
    for (const [action, params, code] of cases) {
      const asked = JSON.stringify({ action, wallet: world.admin.address, params });
      const text = await world.post('/signing-messages', asked);
      const route = await world.sendAct(action, params);
      expect([text.body['code'], route.body['code']], action).toEqual([code, code]);
      expect(text.body['detail'], action).toBe(route.body['detail']);
    }
  });
});
