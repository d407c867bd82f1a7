import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PaymentAnswer, RestClient } from '#src/local/rest-client.js';
import { movementsOf } from '#src/local/demo/proof.js';
import { Sweep } from '#src/releases/settlements/sweep.service.js';
import { AppWorld } from '../../support/worlds/app-world.js';
import {
  AMOUNT,
  attest,
  attested,
  create,
  type Created,
  fail,
  refusal,
  statusAndCode,
  succeed,
  unattested,
} from '../../support/builders/personal.js';
import { pollUntil } from '../../support/poll.js';
import { honest, on, slow } from '../../support/proxies/rpc-faults.js';
import { RpcProxy } from '../../support/proxies/rpc-proxy.js';
import { finish, notDueForSweep, type SweepAnswer } from '../../support/builders/sweeps.js';
import { withClient } from '../../support/sql.js';
import { setAccount } from '../../support/builders/tokens.js';
import { planOf, statementsOf } from '../../support/checks/statements.js';
import { balanceOf } from '../../support/builders/wallets.js';

type Json = Record<string, unknown>;

const WINDOW_SECONDS = 259_200;
const WAITING = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;

let world: AppWorld;
let rpc: RpcProxy;
let admin: RestClient;

/** No job runs: what moves, moves because the test asks for it. */
beforeAll(async () => {
  world = await AppWorld.start({ JOBS_ENABLED: 'false' });
  rpc = await RpcProxy.start(world.chain.rpcUrl);
  await world.restart({ SOLANA_RPC_URL: rpc.url });
  admin = await world.adminClient();
});
afterEach(() => {
  rpc.plan = honest;
});
afterAll(async () => {
  await world?.stop();
  await rpc?.stop();
});

const inTenMinutes = () => world.chainTime(600);
const inAMonth = () => world.chainTime(30 * 86_400);
const passDeadline = async ({ body }: Pick<Created, 'body'>, seconds = 1) =>
  world.travelTo(Date.parse(String(body['deadline'])) + seconds * 1000);
const paidOutOf = async ({ escrow }: Created) => movementsOf(world.chain.rpcUrl, escrow.address);
const statusOf = async ({ id }: Created) =>
  (await world.client().get<{ status: string }>(`/commitments/${id}`)).body.status;
const payoutsOf = async ({ id }: Created) =>
  (await world.client().get<{ items: Json[] }>(`/commitments/${id}/payouts`)).body.items;
const auditOf = ({ id }: Created, event: string) =>
  world.sql<{ actor: string; payoutId: string | null; fields: Json }>(
    `SELECT actor, payout_id AS "payoutId", fields FROM audit_logs WHERE commitment_id = $1 AND event = $2`,
    [id, event],
  );

const file = ({ id: commitmentId }: Created) =>
  admin.act<PaymentAnswer>('admin.commitment.failure', { commitmentId, reason: 'nothing was shipped' });
const sweepAll = async () => (await admin.post<SweepAnswer>('/commitments/sweep', { limit: 500 })).body;

/** Funded, unattested, and a second past its deadline. */
async function expired(given: Parameters<typeof unattested>[1] = {}) {
  const commitment = await unattested(world, { deadline: await inTenMinutes(), ...given });
  await passDeadline(commitment);
  return commitment;
}

/** By the chain alone: the whole escrow has left it once, for this address. */
async function expectPaid(commitment: Created, destination: string, memo: unknown): Promise<void> {
  const movements = await paidOutOf(commitment);
  expect(movements).toMatchObject([{ to: destination, memo }]);
  const [{ lamports, feeLamports } = { lamports: 0n, feeLamports: 0n }] = movements;
  expect(lamports + feeLamports).toBe(BigInt(AMOUNT));
  expect(await balanceOf(world.chain.rpcUrl, destination)).toBe(lamports);
  expect(await balanceOf(world.chain.rpcUrl, commitment.escrow.address)).toBe(0n);
}

describe('the failure of a personal commitment', () => {
  it('M13: pays the promised recipient the whole escrow, which the chain alone can prove', async () => {
    const commitment = await expired();
    const { id, destinationOnFail, authority } = commitment;
    const before = await balanceOf(world.chain.rpcUrl, authority.address);
    const { status, body } = await fail(admin, id);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      payout: { purpose: 'personal_failure', status: 'confirmed', destination: destinationOnFail },
      commitment: { id, status: 'failed', resolvedAt: expect.any(String) },
      signature: expect.any(String),
    });
    await expectPaid(commitment, destinationOnFail, body.payout.id);
    expect(await balanceOf(world.chain.rpcUrl, authority.address)).toBe(before);
    expect(await auditOf(commitment, 'admin_commitment_failure_ok')).toMatchObject([
      {
        actor: world.admin.address,
        payoutId: body.payout.id,
        fields: { destination: destinationOnFail, amountLamports: body.payout.amountLamports },
      },
    ]);
    for (const again of [fail, succeed])
      expect(await statusAndCode(again(admin, id))).toEqual([409, 'already_resolved']);
    expect(await paidOutOf(commitment)).toHaveLength(1);
  });

  it('R6: pays no address where a token account stands by now, locks nothing, and pays it when it is a wallet again', async () => {
    const commitment = await expired();
    const { id, destinationOnFail } = commitment;
    const { rpcUrl } = world.chain;
    const tokenProgram = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
    await setAccount(rpcUrl, destinationOnFail, { owner: tokenProgram, data: Buffer.alloc(165) });
    const { status, code, problem } = await refusal(fail(admin, id));
    expect([status, code]).toEqual([422, 'destination_not_payable']);
    expect(problem['detail']).toContain(`${destinationOnFail} cannot be paid: it is a mint, a token account`);
    expect([await statusOf(commitment), await payoutsOf(commitment)]).toEqual(['active', []]);
    await setAccount(rpcUrl, destinationOnFail, { owner: '1'.repeat(32), data: Buffer.alloc(0) });
    const { body } = await fail(admin, id);
    expect(await paidOutOf(commitment)).toMatchObject([{ to: destinationOnFail, memo: body.payout.id }]);
  });

  it('is refused before the deadline, after a success, and to whoever is no admin', async () => {
    const open = await unattested(world, { deadline: await inAMonth() });
    const done = await attested(world);
    await succeed(admin, done.id);
    const before = await world.rowsDigest(['audit_logs']);
    expect(await statusAndCode(fail(admin, open.id))).toEqual([409, 'deadline_not_passed']);
    expect(await statusAndCode(fail(admin, done.id))).toEqual([409, 'already_resolved']);
    expect(await statusAndCode(fail(world.client(), open.id))).toEqual([401, 'not_signed_in']);
    expect((await world.rowsDigest())['commitments']).toBe(before['commitments']);
    expect(await payoutsOf(open)).toEqual([]);
    expect(await auditOf(open, 'admin_commitment_failure_denied')).toHaveLength(2);
  });

  it('of what was attested in time is filed, with a reason, and carried out when the decision window ends', async () => {
    const commitment = await attested(world, { deadline: await inTenMinutes() });
    expect(await statusAndCode(file(commitment))).toEqual([409, 'deadline_not_passed']);
    await passDeadline(commitment, WINDOW_SECONDS - 60);
    expect(await statusAndCode(fail(admin, commitment.id))).toEqual([400, 'validation_failed']);
    const { status, body } = await file(commitment);
    expect([status, body.commitment.status]).toEqual([202, 'active']);
    const shown = (await world.client().get<Record<string, unknown>>(`/commitments/${commitment.id}`)).body;
    expect(shown).toMatchObject({ failureReason: 'nothing was shipped' });
    expect(await statusAndCode(file(commitment))).toEqual([409, 'already_failing']);
    await passDeadline(commitment, WINDOW_SECONDS + 2);
    expect(Date.parse(String(shown['failureEffectiveAt']))).toBeLessThan((await world.chainSeconds()) * 1000);
    const { items } = await sweepAll();
    const mine = items.find(({ commitmentId }) => commitmentId === commitment.id);
    expect(mine?.outcome).toBe('settled');
    await finish(world);
    await expectPaid(commitment, String(commitment.body['destinationOnFail']), String(mine?.payoutId));
  });

  it('R4: that was filed can be withdrawn, and what nobody decides then is refunded, as is what only sleeps', async () => {
    const deadline = await inTenMinutes();
    const [filed, forgotten] = [await attested(world, { deadline }), await attested(world, { deadline })];
    const empty = await attested(world, { deadline, lamports: 0n });
    await passDeadline(filed, 1);
    await file(filed);
    await admin.act('admin.failure.cancel', { commitmentId: filed.id });
    const again = admin.act('admin.failure.cancel', { commitmentId: filed.id });
    expect(await statusAndCode(again)).toEqual([409, 'not_failing']);
    await passDeadline(filed, WINDOW_SECONDS + 2);
    const { items } = await sweepAll();
    await finish(world);
    for (const commitment of [filed, forgotten]) {
      const mine = items.find(({ commitmentId }) => commitmentId === commitment.id);
      expect(await paidOutOf(commitment)).toMatchObject([
        { to: commitment.authority.address, memo: mine?.payoutId },
      ]);
    }
    // R12: nobody can say that it kept a promise.
    const shown = (await world.client().get<Record<string, unknown>>(`/commitments/${empty.id}`)).body;
    expect(shown).toMatchObject({ status: 'failed', escrow: { fundedLamports: 0 } });
  });

  it('of an escrow that was never funded is over at once, with nothing to pay', async () => {
    const commitment = await expired({ lamports: 0n });
    const { status, body } = await fail(admin, commitment.id);
    expect(status).toBe(200);
    expect(body).toEqual({ commitment: expect.objectContaining({ id: commitment.id, status: 'failed' }) });
    expect(await payoutsOf(commitment)).toEqual([]);
    expect(await auditOf(commitment, 'admin_commitment_failure_ok')).toMatchObject([
      { actor: world.admin.address, payoutId: null, fields: { amountLamports: 0 } },
    ]);
    expect(await statusAndCode(fail(admin, commitment.id))).toEqual([409, 'already_resolved']);
  });

  it('M7: asked for 16 times at once, under slow reads, pays once', async () => {
    const commitment = await expired();
    rpc.plan = slow(30);
    const calls = await Promise.allSettled(Array.from({ length: 16 }, () => fail(admin, commitment.id)));
    const won = calls.flatMap((call) => (call.status === 'fulfilled' ? [call.value.body] : []));
    const lost = calls.flatMap((call) => (call.status === 'rejected' ? [(call.reason as Json)['code']] : []));
    expect(won).toHaveLength(1);
    expect(lost).toEqual(Array.from({ length: 15 }, () => 'already_resolved'));
    await expectPaid(commitment, commitment.destinationOnFail, won[0]?.payout.id);
  });

  it('M7: an attestation that is stored while the failure is being decided is not overlooked', async () => {
    const commitment = await expired();
    const answer = await withClient(world.databaseUrl, async (client) => {
      await client.query('BEGIN');
      await client.query(`UPDATE commitments SET attested_at = deadline - interval '1 s' WHERE id = $1`, [
        commitment.id,
      ]);
      const pending = statusAndCode(fail(admin, commitment.id));
      // It has read the row as it was, and asks for its lock now.
      await pollUntil('the failure to wait for the row', async () => (await world.sql(WAITING))[0]);
      await client.query('COMMIT');
      return pending;
    });
    expect(answer).toEqual([409, 'deadline_not_passed']);
    expect(await payoutsOf(commitment)).toEqual([]);
    // Nobody has signed that attestation, so the door would refund it for ever in vain.
    await world.sql(`SET session_replication_role = replica;
      UPDATE commitments SET attested_at = NULL WHERE id = '${commitment.id}'`);
    await fail(admin, commitment.id);
  });
});

const sweep = async (body: object = {}, client = admin) =>
  (await client.post<SweepAnswer>('/commitments/sweep', body)).body;
const NOTHING = { due: 0, settled: 0, empty: 0, refused: 0, items: [] };

/** What an escrow holds that can exist and not even pay a fee. */
const STUCK = 890_880n;

async function unstick({ id, escrow }: Created): Promise<void> {
  await world.chain.cheats.fundSol(escrow.address, BigInt(AMOUNT));
  expect((await fail(admin, id)).status).toBe(200);
}

describe('the sweep', () => {
  it('M13: settles what has passed its deadline unattested, and the driver pays at its next run', async () => {
    const deadline = await inTenMinutes();
    const [due, empty, stuck] = [
      await unattested(world, { deadline }),
      await unattested(world, { deadline, lamports: 0n }),
      await unattested(world, { deadline, lamports: STUCK }),
    ];
    const [kept, later] = [
      await attested(world, { deadline }),
      await unattested(world, { deadline: await inAMonth() }),
    ];
    expect(await sweep()).toEqual(NOTHING);
    await passDeadline(due);
    const report = await sweep({ limit: 10 });
    expect(report).toMatchObject({ due: 3, settled: 1, empty: 1, refused: 1 });
    const item = (made: Created) => report.items.find(({ commitmentId }) => commitmentId === made.id);
    const { destinationOnFail } = due;
    expect(item(due)).toMatchObject({ outcome: 'settled', destination: destinationOnFail });
    expect(item(empty)).toEqual({
      commitmentId: empty.id,
      outcome: 'empty',
      destination: empty.destinationOnFail,
      amountLamports: 0,
    });
    expect(item(stuck)).toMatchObject({ outcome: 'refused', code: 'destination_not_payable' });
    expect(await statusOf(empty)).toBe('failed');
    for (const left of [stuck, kept, later]) expect(await statusOf(left)).toBe('active');

    await finish(world);
    await expectPaid(due, destinationOnFail, item(due)?.payoutId);
    expect(await statusOf(due)).toBe('failed');
    for (const swept of [due, empty])
      expect(await auditOf(swept, 'commitment_failure_ok')).toMatchObject([{ actor: world.admin.address }]);
    const [run] = await world.sql(
      `SELECT actor, fields FROM audit_logs WHERE event = 'admin_sweep_ok' ORDER BY id DESC LIMIT 1`,
    );
    const counts = { due: 3, settled: 1, empty: 1, refused: 1, limit: 10 };
    expect(run).toEqual({ actor: world.admin.address, fields: counts });

    expect(await sweep()).toMatchObject({ due: 1, settled: 0, refused: 1 });
    await unstick(stuck);
    expect(await sweep()).toEqual(NOTHING);
  });

  it('gives everybody a turn: what cannot be paid does not stand before the others', async () => {
    const stuck = [await expired({ lamports: STUCK }), await expired({ lamports: STUCK })];
    const due = await expired();
    const turns = [await sweep({ limit: 1 }), await sweep({ limit: 1 }), await sweep({ limit: 1 })];
    expect(turns.flatMap(({ items }) => items.map(({ commitmentId }) => commitmentId))).toEqual(
      [...stuck, due].map(({ id }) => id),
    );
    await finish(world);
    expect(await statusOf(due)).toBe('failed');
    await Promise.all(stuck.map(unstick));
  });

  it('T14: ends any number of free commitments in bulk, and pays a funded one of theirs beside them', async () => {
    const deadline = await inTenMinutes();
    const free = [
      await unattested(world, { deadline, lamports: 0n }),
      await unattested(world, { deadline, lamports: 0n }),
    ];
    const due = await unattested(world, { deadline, lamports: 5_000_000n });
    await passDeadline(due);
    const report = await sweep();
    expect(report).toMatchObject({ due: 3, settled: 1, empty: 2, refused: 0 });
    // The funded one comes first, and pays its own fee: it holds less than a commitment may promise.
    expect(report.items.map(({ outcome }) => outcome)).toEqual(['settled', 'empty', 'empty']);
    await finish(world);
    expect(await paidOutOf(due)).toMatchObject([{ lamports: 4_990_000n, feeLamports: 10_000n }]);
    for (const made of [...free, due]) {
      const { body } = await world.client().get<Json>(`/commitments/${made.id}`);
      const fundedLamports = made === due ? 5_000_000 : 0;
      expect(body).toMatchObject({ status: 'failed', escrow: { fundedLamports } });
    }
    const { body } = await world.client().get<{ items: Json[] }>(`/timeline?commitmentId=${due.id}`);
    expect(body.items).toContainEqual(
      expect.objectContaining({ event: 'commitment_failure_decided', fundedLamports: 5_000_000 }),
    );
  });

  it('T14: one wallet has a bounded number of unfunded commitments open, however many it asks for at once', async () => {
    await world.restart({ SOLANA_RPC_URL: rpc.url, MAX_UNFUNDED_COMMITMENTS: '3' });
    const wallet = await world.fundedWallet();
    const funded = await unattested(world, { deadline: await inAMonth() }, wallet);
    const asked = Array.from({ length: 6 }, () =>
      statusAndCode(create(world, {}, wallet)).catch(() => 'made'),
    );
    const answers = await Promise.all(asked);
    expect(answers.filter((answer) => answer === 'made')).toHaveLength(3);
    expect(answers).toContainEqual([409, 'too_many_unfunded']);
    expect(await statusOf(funded)).toBe('active');
    await world.sql(`SET session_replication_role = replica;
      UPDATE commitments SET status = 'failed', resolution = 'failure', resolved_at = now() WHERE wallet = '${wallet.address}'`);
    await world.restart({ SOLANA_RPC_URL: rpc.url });
    admin = await world.adminClient();
  });

  it('M7, M15: run on two replicas at once settles and pays each commitment once', async () => {
    const deadline = await inTenMinutes();
    const made = [];
    for (let count = 0; count < 5; count += 1) made.push(await unattested(world, { deadline }));
    await world.travelTo(Date.parse(deadline) + 1000);
    const other = await world.replica({ SOLANA_RPC_URL: rpc.url });
    rpc.plan = slow(30);
    const [one, two, three] = await Promise.all([sweep(), other.get(Sweep).run(), sweep()]);
    const settled = [one, two, three].flatMap(({ items }) =>
      items.filter(({ outcome }) => outcome === 'settled'),
    );
    expect(settled.map(({ commitmentId }) => commitmentId).sort()).toEqual(made.map(({ id }) => id).sort());
    await Promise.all([finish(world), finish(world, other)]);
    for (const commitment of made) {
      const item = settled.find(({ commitmentId }) => commitmentId === commitment.id);
      await expectPaid(commitment, commitment.destinationOnFail, item?.payoutId);
    }
  });

  it('without an RPC endpoint changes nothing, and goes on when it is back', async () => {
    const made = [await expired(), await expired()];
    rpc.plan = () => ({ kind: 'status', status: 503 });
    expect(await statusAndCode(sweep())).toEqual([503, 'rpc_unavailable']);
    // The chain goes away in the middle of a run.
    rpc.plan = on('simulateTransaction', () => ({ kind: 'status', status: 503 }));
    const report = await sweep();
    expect(report).toMatchObject({ due: 2, settled: 0, refused: 2 });
    expect(report.items.map(({ code }) => code)).toEqual(['rpc_unavailable', 'rpc_unavailable']);
    expect(await Promise.all(made.map(payoutsOf))).toEqual([[], []]);
    rpc.plan = honest;
    // Until the endpoint's pause after its failures is over.
    await expect.poll(async () => (await sweep().catch(() => NOTHING)).settled).toBe(2);
    await finish(world);
  });
});

describe('the cost of a sweep', () => {
  it('N6: looks at what is due alone: 5,000 other commitments cost it nothing', async () => {
    await sweep({ limit: 500 });
    await expired();
    const few = await statementsOf(world, () => world.app.get(Sweep).run());
    await notDueForSweep(world, 5_000);
    const due = await expired();
    const statements = await statementsOf(world, () => world.app.get(Sweep).run());
    expect(statements).toHaveLength(few.length);
    const take = statements.filter(({ sql }) => sql.includes('SKIP LOCKED'));
    expect(take).toHaveLength(1);
    expect(await statusOf(due)).toBe('resolving');
    const nodes = take[0] === undefined ? [] : await planOf(world, take[0]);
    expect(nodes.flatMap((node) => node['Index Name'] ?? [])).toContain('commitments_sweep_idx');
    expect(nodes.map((node) => node['Node Type'])).not.toContain('Seq Scan');
  });
});

describe('the scheduler', () => {
  it('sweeps by itself and lets the driver pay', async () => {
    const commitment = await expired();
    await world.restart({ JOBS_ENABLED: 'true' });
    const look = async () => {
      // The time until the driver's next run is skipped.
      await world.sql(`UPDATE jobs SET next_run_at = now() WHERE name = 'payout-driver'`);
      await world.sql(`UPDATE payouts SET next_run_at = now() WHERE status IN ('pending', 'in_flight')`);
      return statusOf(commitment);
    };
    await expect.poll(look, { interval: 300 }).toBe('failed');
    expect(await auditOf(commitment, 'commitment_failure_ok')).toMatchObject([{ actor: 'job:sweep' }]);
    const [payout] = await payoutsOf(commitment);
    await expectPaid(commitment, commitment.destinationOnFail, payout?.['id']);
    expect(await statusAndCode(attest(world, commitment))).toEqual([409, 'already_resolved']);
  });
});
