import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Sweep } from '#src/releases/settlements/sweep.service.js';
import {
  AMOUNT,
  attest,
  attested,
  create,
  type Created,
  fail,
  statusAndCode,
  unattested,
} from '../../support/builders/personal.js';
import { expectPaid, PersonalBench } from '../../support/builders/personal-bench.js';
import { finish, notDueForSweep, type SweepAnswer } from '../../support/builders/sweeps.js';
import { planOf, statementsOf } from '../../support/checks/statements.js';
import { honest, on, slow } from '../../support/proxies/rpc-faults.js';

type Json = Record<string, unknown>;

let bench: PersonalBench;
beforeAll(async () => {
  bench = await PersonalBench.start();
});
afterEach(() => bench.heal());
afterAll(async () => {
  await bench?.stop();
});

const sweep = async (body: object = {}, client = bench.admin) =>
  (await client.post<SweepAnswer>('/commitments/sweep', body)).body;
const NOTHING = { due: 0, settled: 0, empty: 0, refused: 0, items: [] };

/** What an escrow holds that can exist and not even pay a fee. */
const STUCK = 890_880n;

async function unstick({ id, escrow }: Created): Promise<void> {
  await bench.world.chain.cheats.fundSol(escrow.address, BigInt(AMOUNT));
  expect((await fail(bench.admin, id)).status).toBe(200);
}

describe('the sweep', () => {
  it('M13: settles what has passed its deadline unattested, and the driver pays at its next run', async () => {
    const deadline = await bench.inTenMinutes();
    const [due, empty, stuck] = [
      await unattested(bench.world, { deadline }),
      await unattested(bench.world, { deadline, lamports: 0n }),
      await unattested(bench.world, { deadline, lamports: STUCK }),
    ];
    const [kept, later] = [
      await attested(bench.world, { deadline }),
      await unattested(bench.world, { deadline: await bench.inAMonth() }),
    ];
    expect(await sweep()).toEqual(NOTHING);
    await bench.passDeadline(due);
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
    expect(await bench.statusOf(empty)).toBe('failed');
    for (const left of [stuck, kept, later]) expect(await bench.statusOf(left)).toBe('active');

    await finish(bench.world);
    await expectPaid(bench, due, destinationOnFail, item(due)?.payoutId);
    expect(await bench.statusOf(due)).toBe('failed');
    for (const swept of [due, empty])
      expect(await bench.auditOf(swept, 'commitment_failure_ok')).toMatchObject([
        { actor: bench.world.admin.address },
      ]);
    const [run] = await bench.world.sql(
      `SELECT actor, fields FROM audit_logs WHERE event = 'admin_sweep_ok' ORDER BY id DESC LIMIT 1`,
    );
    const counts = { due: 3, settled: 1, empty: 1, refused: 1, limit: 10 };
    expect(run).toEqual({ actor: bench.world.admin.address, fields: counts });

    expect(await sweep()).toMatchObject({ due: 1, settled: 0, refused: 1 });
    await unstick(stuck);
    expect(await sweep()).toEqual(NOTHING);
  });

  it('gives everybody a turn: what cannot be paid does not stand before the others', async () => {
    const stuck = [await bench.expired({ lamports: STUCK }), await bench.expired({ lamports: STUCK })];
    const due = await bench.expired();
    const turns = [await sweep({ limit: 1 }), await sweep({ limit: 1 }), await sweep({ limit: 1 })];
    expect(turns.flatMap(({ items }) => items.map(({ commitmentId }) => commitmentId))).toEqual(
      [...stuck, due].map(({ id }) => id),
    );
    await finish(bench.world);
    expect(await bench.statusOf(due)).toBe('failed');
    await Promise.all(stuck.map(unstick));
  });

  it('T14: ends any number of free commitments in bulk, and pays a funded one of theirs beside them', async () => {
    const deadline = await bench.inTenMinutes();
    const free = [
      await unattested(bench.world, { deadline, lamports: 0n }),
      await unattested(bench.world, { deadline, lamports: 0n }),
    ];
    const due = await unattested(bench.world, { deadline, lamports: 5_000_000n });
    await bench.passDeadline(due);
    const report = await sweep();
    expect(report).toMatchObject({ due: 3, settled: 1, empty: 2, refused: 0 });
    // The funded one comes first, and pays its own fee: it holds less than a commitment may promise.
    expect(report.items.map(({ outcome }) => outcome)).toEqual(['settled', 'empty', 'empty']);
    await finish(bench.world);
    expect(await bench.paidOutOf(due)).toMatchObject([{ lamports: 4_990_000n, feeLamports: 10_000n }]);
    for (const made of [...free, due]) {
      const { body } = await bench.world.client().get<Json>(`/commitments/${made.id}`);
      const fundedLamports = made === due ? 5_000_000 : 0;
      expect(body).toMatchObject({ status: 'failed', escrow: { fundedLamports } });
    }
    const { body } = await bench.world.client().get<{ items: Json[] }>(`/timeline?commitmentId=${due.id}`);
    expect(body.items).toContainEqual(
      expect.objectContaining({ event: 'commitment_failure_decided', fundedLamports: 5_000_000 }),
    );
  });

  it('T14: one wallet has a bounded number of unfunded commitments open, however many it asks for at once', async () => {
    await bench.restart({ MAX_UNFUNDED_COMMITMENTS: '3' });
    const wallet = await bench.world.fundedWallet();
    const funded = await unattested(bench.world, { deadline: await bench.inAMonth() }, wallet);
    const asked = Array.from({ length: 6 }, () =>
      statusAndCode(create(bench.world, {}, wallet)).catch(() => 'made'),
    );
    const answers = await Promise.all(asked);
    expect(answers.filter((answer) => answer === 'made')).toHaveLength(3);
    expect(answers).toContainEqual([409, 'too_many_unfunded']);
    expect(await bench.statusOf(funded)).toBe('active');
    await bench.world.sql(`SET session_replication_role = replica;
      UPDATE commitments SET status = 'failed', resolution = 'failure', resolved_at = now() WHERE wallet = '${wallet.address}'`);
    await bench.restart();
  });

  it('M7, M15: run on two replicas at once settles and pays each commitment once', async () => {
    const deadline = await bench.inTenMinutes();
    const made = [];
    for (let count = 0; count < 5; count += 1) made.push(await unattested(bench.world, { deadline }));
    await bench.world.travelTo(Date.parse(deadline) + 1000);
    const other = await bench.world.replica({ SOLANA_RPC_URL: bench.rpc.url });
    bench.rpc.plan = slow(30);
    const [one, two, three] = await Promise.all([sweep(), other.get(Sweep).run(), sweep()]);
    const settled = [one, two, three].flatMap(({ items }) =>
      items.filter(({ outcome }) => outcome === 'settled'),
    );
    expect(settled.map(({ commitmentId }) => commitmentId).sort()).toEqual(made.map(({ id }) => id).sort());
    await Promise.all([finish(bench.world), finish(bench.world, other)]);
    for (const commitment of made) {
      const item = settled.find(({ commitmentId }) => commitmentId === commitment.id);
      await expectPaid(bench, commitment, commitment.destinationOnFail, item?.payoutId);
    }
  });

  it('without an RPC endpoint changes nothing, and goes on when it is back', async () => {
    const made = [await bench.expired(), await bench.expired()];
    bench.rpc.plan = () => ({ kind: 'status', status: 503 });
    expect(await statusAndCode(sweep())).toEqual([503, 'rpc_unavailable']);
    // The chain goes away in the middle of a run.
    bench.rpc.plan = on('simulateTransaction', () => ({ kind: 'status', status: 503 }));
    const report = await sweep();
    expect(report).toMatchObject({ due: 2, settled: 0, refused: 2 });
    expect(report.items.map(({ code }) => code)).toEqual(['rpc_unavailable', 'rpc_unavailable']);
    expect(await Promise.all(made.map((one) => bench.payoutsOf(one)))).toEqual([[], []]);
    bench.rpc.plan = honest;
    // Until the endpoint's pause after its failures is over.
    await expect.poll(async () => (await sweep().catch(() => NOTHING)).settled).toBe(2);
    await finish(bench.world);
  });
});

describe('the cost of a sweep', () => {
  it('N6: looks at what is due alone: 5,000 other commitments cost it nothing', async () => {
    await sweep({ limit: 500 });
    await bench.expired();
    const few = await statementsOf(bench.world, () => bench.world.app.get(Sweep).run());
    await notDueForSweep(bench.world, 5_000);
    const due = await bench.expired();
    const statements = await statementsOf(bench.world, () => bench.world.app.get(Sweep).run());
    expect(statements).toHaveLength(few.length);
    const take = statements.filter(({ sql }) => sql.includes('SKIP LOCKED'));
    expect(take).toHaveLength(1);
    expect(await bench.statusOf(due)).toBe('resolving');
    const nodes = take[0] === undefined ? [] : await planOf(bench.world, take[0]);
    expect(nodes.flatMap((node) => node['Index Name'] ?? [])).toContain('commitments_sweep_idx');
    expect(nodes.map((node) => node['Node Type'])).not.toContain('Seq Scan');
  });
});

describe('the scheduler', () => {
  it('sweeps by itself and lets the driver pay', async () => {
    const commitment = await bench.expired();
    await bench.world.restart({ JOBS_ENABLED: 'true' });
    const look = async () => {
      // The time until the driver's next run is skipped.
      await bench.world.sql(`UPDATE jobs SET next_run_at = now() WHERE name = 'payout-driver'`);
      await bench.world.sql(
        `UPDATE payouts SET next_run_at = now() WHERE status IN ('pending', 'in_flight')`,
      );
      return bench.statusOf(commitment);
    };
    await expect.poll(look, { interval: 300 }).toBe('failed');
    expect(await bench.auditOf(commitment, 'commitment_failure_ok')).toMatchObject([{ actor: 'job:sweep' }]);
    const [payout] = await bench.payoutsOf(commitment);
    await expectPaid(bench, commitment, commitment.destinationOnFail, payout?.['id']);
    expect(await statusAndCode(attest(bench.world, commitment))).toEqual([409, 'already_resolved']);
  });
});
