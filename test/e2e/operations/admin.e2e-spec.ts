import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { movementsOf } from '#src/local/demo/proof.js';
import { PayoutDriver } from '#src/releases/engine/payout-driver.service.js';
import { AppWorld } from '../../support/worlds/app-world.js';
import { attested, type Created } from '../../support/builders/personal.js';
import { pollUntil } from '../../support/poll.js';
import { TestWallet } from '../../support/builders/wallets.js';

type Variables = Record<string, string>;

const UNKNOWN = '0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e6f';

let world: AppWorld;
let commitment: Created;

beforeAll(async () => {
  world = await AppWorld.start({ JOBS_ENABLED: 'false' });
  commitment = await attested(world);
});
afterAll(async () => {
  await world?.stop();
});

const succeed = (headers: Variables, id = commitment.id) =>
  world.sendAct('admin.commitment.success', { commitmentId: id }, headers);
const auditOf = (requestId: unknown) =>
  world.sql(
    'SELECT event, actor, commitment_id AS "commitmentId", fields FROM audit_logs WHERE request_id = $1 ORDER BY id',
    [requestId],
  );

/** A session of a wallet that was an admin when it signed in. */
async function sessionOfFormerAdmin(wallet: TestWallet): Promise<Variables> {
  await world.restart({ ADMIN_WALLET_PUBKEYS: `${wallet.address},${world.admin.address}` });
  const headers = await world.adminHeaders(wallet);
  await world.restart();
  return headers;
}

describe('POST /commitments/:id/success', () => {
  it('is denied to everybody but a signed-in admin from the right origin, and each denial is on record', async () => {
    const former = TestWallet.generate();
    const formerSession = await sessionOfFormerAdmin(former);
    const session = await world.adminHeaders();
    const { cookie = '' } = session;
    const denied: [string, Variables, number, string, string][] = [
      ['nobody', { origin: world.origin }, 401, 'not_signed_in', 'anonymous'],
      [
        'a made-up session',
        { origin: world.origin, cookie: `cts_admin_session=${'A'.repeat(43)}` },
        401,
        'not_signed_in',
        'anonymous',
      ],
      [
        'another origin',
        { cookie, origin: 'https://evil.example.com' },
        403,
        'origin_mismatch',
        world.admin.address,
      ],
      [
        'a subdomain',
        { cookie, origin: 'https://x.app.example.com' },
        403,
        'origin_mismatch',
        world.admin.address,
      ],
      ['no origin', { cookie }, 403, 'origin_mismatch', world.admin.address],
      ['a former admin', formerSession, 403, 'not_an_admin', former.address],
    ];
    const before = await world.rowsDigest(['audit_logs', 'admin_sessions']);
    for (const [name, headers, status, code, actor] of denied) {
      const answer = await succeed(headers);
      expect([answer.status, answer.body['code']], name).toEqual([status, code]);
      const requestId = answer.headers['x-request-id'];
      expect(requestId, name).toBe(answer.body['requestId']);
      expect(await auditOf(requestId), name).toEqual([
        {
          event: 'admin_commitment_success_denied',
          actor,
          commitmentId: commitment.id,
          fields: expect.objectContaining({ code }),
        },
      ]);
    }
    expect(await world.rowsDigest(['audit_logs', 'admin_sessions'])).toEqual(before);
  });

  it('with an Idempotency-Key pays once, and answers the retry of a client that lost the answer alike', async () => {
    const { id, escrow } = await attested(world);
    const headers = { ...(await world.adminHeaders()), 'idempotency-key': '"pay-once"' };
    const answers = await Promise.all(Array.from({ length: 6 }, () => succeed(headers, id)));
    const paid = answers.filter(({ status }) => status === 200);
    expect(paid.length).toBeGreaterThanOrEqual(1);
    const others = answers.filter(({ status }) => status !== 200).map(({ body }) => body['code']);
    expect(others.filter((code) => code !== 'request_in_progress')).toEqual([]);
    const again = await succeed(headers, id);
    expect([again.status, again.text, again.headers['idempotent-replayed']]).toEqual([
      200,
      paid[0]?.text,
      'true',
    ]);
    const transfers = await movementsOf(world.chain.rpcUrl, escrow.address);
    expect(transfers.filter(({ from }) => from === escrow.address)).toHaveLength(1);
    const withoutKey = await succeed(await world.adminHeaders(), id);
    expect(withoutKey.headers).not.toHaveProperty('idempotent-replayed');
  });

  it('D8: names the admin, the request and the money in the row of the success', async () => {
    const { id, escrow, authority } = await attested(world);
    const answer = await succeed(await world.adminHeaders(), id);
    expect(answer.status).toBe(200);
    const rows = await auditOf(answer.headers['x-request-id']);
    const { payout } = answer.body as { payout: { id: string; amountLamports: number } };
    expect(rows.map(({ event }) => event)).toEqual([
      'admin_commitment_success_ok',
      'payout_signed',
      'payout_confirmed',
    ]);
    for (const row of rows) expect(row).toMatchObject({ actor: world.admin.address, commitmentId: id });
    expect(rows[0]).toMatchObject({
      fields: {
        source: escrow.address,
        destination: authority.address,
        amountLamports: payout.amountLamports,
      },
    });
    const [{ requested_by: requestedBy } = {}] = await world.sql(
      'SELECT requested_by FROM payouts WHERE id = $1',
      [payout.id],
    );
    expect(requestedBy).toBe(world.admin.address);
  });

  it('D8: a refusal by a rule, an unknown commitment and a broken id each leave their row', async () => {
    const headers = await world.adminHeaders();
    const { id } = await attested(world, { lamports: 0n });
    for (const [target, status, commitmentId] of [
      [id, 422, id],
      [UNKNOWN, 404, UNKNOWN],
      ['%00', 400, null],
      [`${UNKNOWN}%00`, 400, null],
      ['x'.repeat(500), 400, null],
    ] as const) {
      const answer = await succeed(headers, target);
      expect(answer.status, target).toBe(status);
      expect(await auditOf(answer.headers['x-request-id']), target).toMatchObject([
        { event: 'admin_commitment_success_denied', actor: world.admin.address, commitmentId },
      ]);
    }
  });

  it('is denied after the logout', async () => {
    const headers = await world.adminHeaders();
    expect((await world.send('GET', '/api/admin/me', { headers })).body['wallet']).toBe(world.admin.address);
    const logout = await world.send('POST', '/api/admin/logout', { headers });
    expect(logout.status).toBe(204);
    expect(await auditOf(logout.headers['x-request-id'])).toMatchObject([
      { event: 'admin_logout_ok', actor: world.admin.address },
    ]);
    expect((await succeed(headers)).body['code']).toBe('not_signed_in');
  });
});

/** A payout as three failures on chain leave it: decided under a pause, so that nothing of it was sent before. */
async function stoppedPayout({ id }: Created): Promise<string> {
  const headers = await world.adminHeaders();
  const pause = await world.sendAct('admin.pause.create', { scope: 'all', reason: 'not yet' }, headers);
  const decided = await succeed(headers, id);
  expect([pause.status, decided.status]).toEqual([201, 202]);
  const { id: payoutId } = decided.body['payout'] as { id: string };
  // No pending payout is stopped but by what its transactions did, so the guard of the table has to look away.
  await world.sql(`SET session_replication_role = replica;
    UPDATE payouts SET status = 'stopped', failures = 3 WHERE id = '${payoutId}'`);
  const ended = await world.sendAct('admin.pause.end', { pauseId: pause.body['id'] }, headers);
  expect(ended.status, ended.text).toBeLessThan(300);
  return payoutId;
}

describe('POST /admin/payouts/:id/retry', () => {
  const retry = (id: string, headers: Variables) =>
    world.sendAct('admin.payout.retry', { payoutId: id }, headers);

  it('takes a stopped payout up again, which the driver then pays once', async () => {
    const stopped = await attested(world);
    const payoutId = await stoppedPayout(stopped);
    const driver = world.app.get(PayoutDriver);
    await driver.runOnce();
    const headers = await world.adminHeaders();
    expect((await world.send('GET', `/api/payouts/${payoutId}`)).body['status']).toBe('stopped');

    const answer = await retry(payoutId, headers);
    expect(answer.body).toMatchObject({ id: payoutId, status: 'pending' });
    expect(await auditOf(answer.headers['x-request-id'])).toMatchObject([
      { event: 'admin_payout_retry_ok', actor: world.admin.address, commitmentId: stopped.id },
    ]);
    await pollUntil('the payout to land', async () => {
      await driver.runOnce();
      const { body } = await world.send('GET', `/api/commitments/${stopped.id}`);
      return body['status'] === 'succeeded' || undefined;
    });
    expect(await movementsOf(world.chain.rpcUrl, stopped.escrow.address)).toMatchObject([{ memo: payoutId }]);
    expect((await retry(payoutId, headers)).body).toMatchObject({ status: 409, code: 'not_stopped' });
  });

  it('is for admins, and each refusal names the payout', async () => {
    for (const [headers, code] of [
      [{}, 'not_signed_in'],
      [{ cookie: (await world.adminHeaders())['cookie'] ?? '' }, 'origin_mismatch'],
      [await world.adminHeaders(), 'payout_not_found'],
    ] as const) {
      const answer = await retry(UNKNOWN, headers);
      expect(answer.body['code']).toBe(code);
      const [row] = await world.sql('SELECT event, payout_id FROM audit_logs WHERE request_id = $1', [
        answer.headers['x-request-id'],
      ]);
      expect(row).toEqual({ event: 'admin_payout_retry_denied', payout_id: UNKNOWN });
    }
  });
});

describe('the audit log', () => {
  it('names the wallet and the request of what wallets do', async () => {
    const rows = await world.sql<{ event: string; actor: string; requestId: string }>(
      `SELECT event, actor, request_id AS "requestId" FROM audit_logs WHERE commitment_id = $1 AND event ~ '_ok$' ORDER BY id`,
      [commitment.id],
    );
    expect(rows.map(({ event }) => event)).toEqual(['commitment_create_ok', 'commitment_attest_ok']);
    for (const { actor, requestId } of rows) {
      expect(actor).toBe(commitment.authority.address);
      expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('cannot be changed, and holds no secret', async () => {
    for (const sql of [
      `UPDATE audit_logs SET actor = 'x'`,
      'DELETE FROM audit_logs',
      'TRUNCATE audit_logs',
    ]) {
      await expect(world.sql(sql), sql).rejects.toThrow('evidence');
    }
    const { cookie = '' } = await world.adminHeaders();
    const [, session = ''] = cookie.split('=');
    expect(session.length).toBeGreaterThan(30);
    const [{ found } = {}] = await world.sql(
      `SELECT count(*)::int AS found FROM audit_logs a WHERE a::text LIKE '%' || $1 || '%' OR a::text LIKE '%e2e-secret%'`,
      [session],
    );
    expect(found).toBe(0);
  });
});
