import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PaymentAnswer, PayoutAnswer } from '#src/local/rest-client.js';
import { PAUSES_LOCK } from '#src/releases/pauses/pause.js';
import { PayoutDriver } from '#src/releases/engine/payout-driver.service.js';
import { PURPOSES } from '#src/releases/payouts/purpose.js';
import { Sweep } from '#src/releases/settlements/sweep.service.js';
import { announce, claim, fail, takeEffect } from '../../support/builders/failures.js';
import { attested, refusal, statusAndCode, succeed, unattested } from '../../support/builders/personal.js';
import { pollUntil } from '../../support/poll.js';
import { ReleaseBench } from '../../support/builders/release-bench.js';
import { claimable, paidOutOf, UNLOCK } from '../../support/builders/releases.js';
import { completed, holder, type Reward, signal, TOKEN } from '../../support/builders/rewards.js';
import { AS_MANY_AS_A_WAIT, looksAtPayouts } from '../../support/checks/statements.js';
import { denyStatuses, honest, on } from '../../support/proxies/rpc-faults.js';
import { withClient } from '../../support/sql.js';
import { balanceOf, TestWallet } from '../../support/builders/wallets.js';

type Json = Record<string, unknown>;
type Shown = PayoutAnswer & { readonly waitingFor?: string; readonly purpose: string };

const NOWHERE = '0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e6f';

let bench: ReleaseBench;
beforeAll(async () => {
  bench = await ReleaseBench.start();
});
afterEach(async () => {
  bench.heal();
  for (const { id } of await open()) await end(String(id));
});
afterAll(async () => {
  await bench?.stop();
});

async function pause(body: Json): Promise<Json & { id: string }> {
  return (await bench.admin.act<Json & { id: string }>('admin.pause.create', { reason: 'look', ...body }))
    .body;
}

async function end(id: string) {
  return bench.world.sendAct('admin.pause.end', { pauseId: id });
}

async function open(query = ''): Promise<Json[]> {
  return (await bench.admin.get<{ items: Json[] }>(`/admin/pauses${query}`)).body.items;
}

/** What is due now, and nothing more. */
async function drive(): Promise<void> {
  await bench.world.app.get(PayoutDriver).runOnce();
}

/** Everything that is not finished, now. */
async function driveAll(): Promise<void> {
  await bench.world.sql('UPDATE payouts SET next_run_at = now()');
  await drive();
}

async function payout(id: string): Promise<Shown> {
  return (await bench.world.client().get<Shown>(`/payouts/${id}`)).body;
}

/** A payout that is kept waiting is accepted, and nobody follows it any more. */
async function accepted(request: Promise<{ status: number; body: PaymentAnswer }>): Promise<Shown> {
  const answers: PaymentAnswer[] = [];
  const looks = await looksAtPayouts(bench.world, async () => {
    const { status, body } = await request;
    expect(status).toBe(202);
    answers.push(body);
  });
  expect(looks).toBeLessThan(AS_MANY_AS_A_WAIT);
  return payout(answers[0]?.payout.id ?? '');
}

type Paying = Promise<{ status: number; body: PaymentAnswer }>;

/** A pause of this purpose that begins when a transaction has been signed and its signature is about to be stored. */
async function pausedWhileSigning(purpose: string, begin: () => Paying) {
  let paying: Paying | undefined;
  await withClient(bench.world.databaseUrl, async (client) => {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [PAUSES_LOCK.toString()]);
    paying = begin();
    await pollUntil('a signature that is to be stored', async () => {
      const waits = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock' AND NOT granted`;
      return (await bench.world.sql(waits))[0];
    });
    await client.query(
      `INSERT INTO payout_pauses (id, scope, purpose, reason, created_by, created_at)
       VALUES (gen_random_uuid(), 'purpose', $1, 'in between', 'somebody', now())`,
      [purpose],
    );
    await client.query('COMMIT');
  });
  if (paying === undefined) throw new Error('nothing was begun');
  return paying;
}

async function untilFinalized(id: string): Promise<void> {
  await pollUntil('the payment', async () => {
    await driveAll();
    return (await payout(id)).status === 'finalized' || undefined;
  });
}

const rewardOf = (milestones = 1) =>
  claimable(bench.world, bench.market, { milestones, lamports: 5n * UNLOCK });
const paid = async (made: Reward) => (await paidOutOf(bench.world, made)).length;
const audit = (event: string) =>
  bench.world.sql<{ actor: string; fields: Json }>(
    'SELECT actor, fields FROM audit_logs WHERE event = $1 ORDER BY id DESC LIMIT 1',
    [event],
  );

describe('a pause', () => {
  it('of everything keeps a new payout waiting, which loses nothing and is paid once after', async () => {
    const made = await rewardOf();
    const { id } = await pause({ scope: 'all', reason: '  a look at the endpoints ' });
    const waiting = await accepted(bench.release(made));
    const waitingFor = `paused by ${bench.world.admin.address}: a look at the endpoints`;
    expect(waiting).toMatchObject({ status: 'pending', attempts: [], waitingFor });
    expect((await refusal(bench.release(made))).code).toBe('release_in_progress');
    await driveAll();
    expect([await paid(made), await payout(waiting.id)]).toMatchObject([0, { attempts: [], waitingFor }]);

    await end(id);
    expect((await payout(waiting.id)).waitingFor).toBe('its turn');
    // Due by itself now.
    await drive();
    expect((await payout(waiting.id)).attempts).toHaveLength(1);
    await untilFinalized(waiting.id);
    expect(await paidOutOf(bench.world, made)).toMatchObject([{ memo: waiting.id, lamports: UNLOCK }]);
    expect(await bench.statusesOf(made)).toEqual(['released']);
  });

  it('of one commitment stops that one and no other', async () => {
    const [one, other] = [await rewardOf(), await rewardOf()];
    await pause({ scope: 'commitment', commitmentId: one.id });
    expect((await bench.release(other)).status).toBe(200);
    await accepted(bench.release(one));
    expect([await paid(one), await paid(other)]).toEqual([0, 1]);
  });

  it('of one purpose stops that one and no other', async () => {
    const made = await rewardOf();
    const personal = await attested(bench.world);
    await pause({ scope: 'purpose', purpose: 'personal_success' });
    expect((await bench.release(made)).status).toBe(200);
    expect(await accepted(succeed(bench.admin, personal.id))).toMatchObject({ purpose: 'personal_success' });
  });

  it('lets what is signed go on to its end', async () => {
    const made = await rewardOf();
    bench.rpc.plan = denyStatuses(bench.rpc);
    const paying = bench.release(made);
    await pollUntil('a signed release', async () => (await bench.lockOf(made))?.txSig ?? undefined);
    await pause({ scope: 'all' });
    bench.rpc.plan = honest;
    const { status, body } = await paying;
    expect([status, body.payout.status]).toEqual([200, 'confirmed']);
    await untilFinalized(body.payout.id);
    expect(await paid(made)).toBe(1);
  });

  it('that races with a release leaves it unsigned, and it is paid once when the pause ends', async () => {
    const made = await rewardOf();
    const answer = await pausedWhileSigning('milestone_release', () => bench.release(made));
    expect(answer.status).toBe(202);
    const kept = await payout(answer.body.payout.id);
    expect(kept).toMatchObject({ status: 'in_flight', attempts: [{ status: 'prepared', signature: null }] });
    expect(kept.waitingFor).toBe('paused by somebody: in between');
    await driveAll();
    expect(await paid(made)).toBe(0);
    for (const { id } of await open()) await end(String(id));
    await untilFinalized(kept.id);
    expect(await paidOutOf(bench.world, made)).toMatchObject([{ memo: kept.id, lamports: UNLOCK }]);
  });

  it('that begins while something is being signed leaves it unsigned, and other purposes go on when that is over', async () => {
    const treasury = TestWallet.generate().address;
    await bench.restart({ FAILURE_TREASURY_BPS: '1000', FAILURE_TREASURY_PUBKEY: treasury });
    const made = await completed(bench.world, bench.market);
    await bench.restart();
    const voter = await holder(bench.world, bench.market, 100n * TOKEN);
    await signal(bench.world, voter, made);
    await bench.fund(made, 5n * UNLOCK);
    const { id: keepsTreasury } = await pause({ scope: 'purpose', purpose: 'failure_treasury' });
    await announce(bench.world, bench.admin, made);
    await takeEffect(bench.world, made);
    const other = (await bench.payoutsOf(made)).find(({ destination }) => destination === treasury)?.id ?? '';
    const answer = await pausedWhileSigning('distribution_claim', () =>
      claim(bench.world.client(), voter, made),
    );
    expect(answer.status).toBe(202);
    const kept = await payout(answer.body.payout.id);
    expect(kept).toMatchObject({ status: 'in_flight', attempts: [{ status: 'prepared', signature: null }] });
    expect(kept.waitingFor).toBe('paused by somebody: in between');

    await end(keepsTreasury);
    await driveAll();
    expect(await payout(other)).toMatchObject({
      purpose: 'failure_treasury',
      status: 'pending',
      attempts: [],
      waitingFor: expect.stringContaining(kept.id),
    });
    // The blockhash of the first one is over by then.
    await untilFinalized(other);
    expect(await payout(kept.id)).toMatchObject({ status: 'pending', attempts: [{ status: 'abandoned' }] });
    expect(await paidOutOf(bench.world, made)).toMatchObject([{ memo: other, to: treasury }]);
  });

  it('that races with a claim leaves it unsigned, and it is paid once when the pause ends', async () => {
    const made = await completed(bench.world, bench.market);
    const voter = await holder(bench.world, bench.market, 100n * TOKEN);
    await signal(bench.world, voter, made);
    await bench.fund(made, 5n * UNLOCK);
    await fail(bench.world, bench.admin, made);
    const asked = () => claim(bench.world.client(), voter, made);
    const { status, body } = await pausedWhileSigning('distribution_claim', asked);
    expect(status).toBe(202);
    const kept = await accepted(asked());
    expect(kept).toMatchObject({ id: body.payout.id, status: 'in_flight', attempts: [{ signature: null }] });
    await driveAll();
    expect(await paid(made)).toBe(0);
    for (const { id } of await open()) await end(String(id));
    await untilFinalized(kept.id);
    expect(await paidOutOf(bench.world, made)).toMatchObject([{ memo: kept.id, to: voter.address }]);
    expect((await refusal(asked())).code).toBe('already_claimed');
  });

  it('of personal failures lets the sweep decide, and what it owes waits', async () => {
    const deadline = await bench.world.chainTime(600);
    const made = await unattested(bench.world, { deadline });
    await bench.world.travelTo(Date.parse(deadline) + 1_000);
    const { id } = await pause({ scope: 'purpose', purpose: 'personal_failure' });
    const { items } = await bench.world.app.get(Sweep).run();
    const swept = items.find(({ commitmentId }) => commitmentId === made.id);
    expect(swept).toMatchObject({ outcome: 'settled' });
    const payoutId = swept?.payoutId ?? '';
    await driveAll();
    const { waitingFor, ...kept } = await payout(payoutId);
    expect(kept).toMatchObject({ purpose: 'personal_failure', status: 'pending', attempts: [] });
    expect(waitingFor).toContain('paused by');
    await end(id);
    await untilFinalized(payoutId);
    expect(await balanceOf(bench.world.chain.rpcUrl, made.escrow.address)).toBe(0n);
    expect(await balanceOf(bench.world.chain.rpcUrl, made.destinationOnFail)).toBeGreaterThan(0n);
  });

  it('does not wait for the chain, and neither does its end', async () => {
    bench.rpc.plan = on('getMultipleAccounts', () => ({ kind: 'status', status: 503 }));
    const { id } = await pause({ scope: 'all' });
    expect((await end(id)).status).toBe(200);
  });
});

describe('pauses', () => {
  it('are made once, shown, ended once, and every step is in the audit log', async () => {
    const made = await rewardOf();
    const actor = bench.world.admin.address;
    const all = await pause({ scope: 'all' });
    const one = await pause({ scope: 'commitment', commitmentId: made.id });
    expect(one).toMatchObject({
      scope: 'commitment',
      commitmentId: made.id,
      reason: 'look',
      createdBy: actor,
    });
    expect(await audit('admin_pause_create_ok')).toMatchObject([
      { actor, fields: { pauseId: one.id, scope: 'commitment', reason: 'look' } },
    ]);
    const again = await refusal(pause({ scope: 'commitment', commitmentId: made.id, reason: 'again' }));
    expect([again.status, again.code, again.problem['pause']]).toEqual([409, 'already_paused', one]);

    const ended = await end(one.id);
    expect([ended.status, ended.body]).toMatchObject([200, { id: one.id, endedBy: actor }]);
    expect(await audit('admin_pause_end_ok')).toMatchObject([{ actor, fields: { pauseId: one.id } }]);
    expect((await end(one.id)).body).toMatchObject({ status: 409, code: 'pause_ended' });
    expect((await end(NOWHERE)).body).toMatchObject({ status: 404, code: 'pause_not_found' });
    expect(await open()).toEqual([all]);
    expect((await open('?all=true')).slice(0, 2)).toMatchObject([{ id: all.id }, { id: one.id }]);
    await pause({ scope: 'commitment', commitmentId: made.id });
  });

  it.each([
    [{ scope: 'all', commitmentId: NOWHERE }, 400, 'validation_failed'],
    [{ scope: 'commitment' }, 400, 'validation_failed'],
    [{ scope: 'purpose', commitmentId: NOWHERE }, 400, 'validation_failed'],
    [{ scope: 'purpose', purpose: 'everything' }, 400, 'validation_failed'],
    [{ scope: 'all', reason: ' ' }, 400, 'validation_failed'],
    [{ scope: 'commitment', commitmentId: NOWHERE }, 404, 'commitment_not_found'],
  ])('of %j are refused', async (body, status, code) => {
    expect(await statusAndCode(pause(body))).toEqual([status, code]);
    expect(await open()).toEqual([]);
  });

  it('can be made of every purpose', async () => {
    for (const purpose of PURPOSES)
      expect(await pause({ scope: 'purpose', purpose })).toMatchObject({ purpose });
    expect(await open()).toHaveLength(PURPOSES.length);
  });

  it.each([
    ['begin again', 'UPDATE payout_pauses SET ended_at = NULL, ended_by = NULL'],
    ['get another reason', `UPDATE payout_pauses SET reason = 'nothing'`],
    ['end twice', 'UPDATE payout_pauses SET ended_at = now()'],
    ['vanish', 'DELETE FROM payout_pauses'],
  ])('cannot %s, whoever says so', async (_, sql) => {
    await end((await pause({ scope: 'all' })).id);
    await expect(bench.world.sql(sql)).rejects.toThrow(/only be ended, once|is refused/);
  });
});
