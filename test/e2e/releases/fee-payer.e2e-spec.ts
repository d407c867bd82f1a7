import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeBase58 } from '#src/common/text/base58.js';
import { Transactions } from '#src/common/database/transactions.js';
import { attemptFact, payoutFact } from '#src/escrow/door/facts/facts.js';
import { FeePayerWatch } from '#src/escrow/fee-payer/fee-payer-watch.service.js';
import type { PaymentAnswer, PayoutAnswer, RestClient } from '#src/local/rest-client.js';
import { movementsOf } from '#src/local/demo/proof.js';
import { Marks } from '#src/marks/marks.service.js';
import { PayoutDriver } from '#src/releases/engine/payout-driver.service.js';
import { Payout } from '#src/releases/payouts/payout.entity.js';
import { PayoutAttempt } from '#src/releases/payouts/payout-attempt.entity.js';
import { AppWorld } from '../../support/worlds/app-world.js';
import { AMOUNT, attested, create, type Created, refusal, succeed } from '../../support/builders/personal.js';
import { balanceOf, SOL, TestWallet } from '../../support/builders/wallets.js';

const FLOOR = SOL / 10n;
/** Two signatures, and the lowest priority fee. */
const FEE = 10_060n;

const payer = TestWallet.generate();
const successor = TestWallet.generate();

let world: AppWorld;
let admin: RestClient;

/** No job runs: what moves, moves because the test asks for it. */
async function configure(wallet: TestWallet | null, env: Record<string, string> = {}): Promise<void> {
  const key = wallet === null ? '' : encodeBase58(wallet.keypair.secretKey);
  await world.restart({ ESCROW_FEE_PAYER_SECRET_KEY: key, ...env });
  admin = await world.adminClient();
}

beforeAll(async () => {
  world = await AppWorld.start({
    JOBS_ENABLED: 'false',
    PAYOUT_WAIT_SECONDS: '10',
    PERSONAL_MIN_LAMPORTS: '1',
  });
  for (const wallet of [payer, successor]) await hold(wallet.address, SOL);
  await configure(payer);
});
afterAll(async () => {
  await world?.stop();
});

const hold = (address: string, lamports: bigint) => world.chain.cheats.fundSol(address, lamports);
const balance = (address: string) => balanceOf(world.chain.rpcUrl, address);
const paidOut = async ({ escrow: { address } }: Created) =>
  (await movementsOf(world.chain.rpcUrl, address)).filter(({ from }) => from === address);

async function payoutOf({ id }: Created) {
  const { body } = await world
    .client()
    .get<{ items: (PayoutAnswer & { waitingFor?: string })[] }>(`/commitments/${id}/payouts`);
  const [payout] = body.items;
  if (payout === undefined) throw new Error(`commitment ${id} has no payout`);
  return payout;
}

/** The driver's next run, now. */
async function drive(): Promise<void> {
  await world.sql('UPDATE payouts SET next_run_at = now()');
  await world.app.get(PayoutDriver).runOnce();
}

async function pause(): Promise<() => Promise<unknown>> {
  const { body } = await admin.act<{ id: string }>('admin.pause.create', { scope: 'all', reason: 'test' });
  return () => admin.act('admin.pause.end', { pauseId: body.id });
}

/** A payout that is written and not begun; `change` is made to its row although that is frozen. */
async function waitingPayout(change = ''): Promise<Created> {
  const made = await attested(world);
  const end = await pause();
  expect((await succeed(admin, made.id)).status).toBe(202);
  await force(change, made);
  await end();
  return made;
}

/** Changes rows of the payout as if this server had written them so: they are marked anew. */
async function force(change: string, { id }: Created): Promise<void> {
  if (change === '') return;
  await world.sql(`SET session_replication_role = replica; UPDATE ${change} AND p.commitment_id = '${id}'`);
  const { manager } = world.app.get(Transactions);
  const payout = await manager.findOneByOrFail(Payout, { commitmentId: id });
  const attempts = await manager.findBy(PayoutAttempt, { payoutId: payout.id });
  await world.app.get(Marks).make(manager, payoutFact(payout), ...attempts.map(attemptFact));
}

const events = (event: string) =>
  world.sql<{ fields: Record<string, unknown> }>('SELECT fields FROM audit_logs WHERE event = $1', [event]);

describe('a configured fee payer', () => {
  it('M18: pays the fee, and the escrow is emptied to exactly nothing', async () => {
    const made = await attested(world);
    const before = [await balance(payer.address), await balance(made.authority.address)];
    const { status, body } = await succeed(admin, made.id);
    expect(status).toBe(200);
    expect(body.payout).toMatchObject({
      amountLamports: AMOUNT,
      attempts: [{ feePayer: payer.address, feeLamports: Number(FEE), signature: body.signature }],
    });
    expect(await paidOut(made)).toMatchObject([
      { signature: body.signature, feePayer: payer.address, lamports: BigInt(AMOUNT), memo: body.payout.id },
    ]);
    expect(await balance(made.escrow.address)).toBe(0n);
    expect(await balance(payer.address)).toBe((before[0] ?? 0n) - FEE);
    expect(await balance(made.authority.address)).toBe((before[1] ?? 0n) + BigInt(AMOUNT));
  });

  it('M18: lets a commitment be as small as an account can be', async () => {
    const params = { amountLamports: 900_000 };
    const made = await attested(world, { ...params, lamports: 900_000n });
    expect((await succeed(admin, made.id)).status).toBe(200);
    expect(await balance(made.escrow.address)).toBe(0n);
    await configure(null);
    const { problem } = await refusal(create(world, params));
    expect(JSON.stringify(problem['errors'])).toContain('could not exist and pay for its refund');
    await configure(payer);
  });

  it('M18: that cannot pay refuses, names what it holds and needs, and nothing is locked', async () => {
    const made = await attested(world);
    await hold(payer.address, 700_000n);
    const { status, problem } = await refusal(succeed(admin, made.id));
    expect([status, problem['code'], problem['title']]).toEqual([
      503,
      'fee_payer_underfunded',
      'Fee payer underfunded',
    ]);
    expect(problem).toMatchObject({ feePayer: payer.address, balanceLamports: 700_000 });
    const needed = BigInt(Number(problem['requiredLamports']));
    const { body } = await world.client().get<{ status: string }>(`/commitments/${made.id}`);
    expect(body.status).toBe('active');

    await hold(payer.address, needed - 1n);
    expect((await refusal(succeed(admin, made.id))).code).toBe('fee_payer_underfunded');
    await hold(payer.address, needed);
    expect((await succeed(admin, made.id)).status).toBe(200);
    await hold(payer.address, SOL);
  });

  it('M18: that runs dry makes a payout wait, reported once, and paid once it is funded', async () => {
    const made = await waitingPayout();
    await hold(payer.address, 700_000n);
    for (let run = 0; run < 3; run += 1) await drive();
    expect(await payoutOf(made)).toMatchObject({
      status: 'pending',
      waitingFor: expect.stringContaining(payer.address),
    });
    const blocked = await events('payout_blocked_error');
    expect(blocked.filter(({ fields }) => String(fields['reason']).includes(payer.address))).toHaveLength(1);
    await hold(payer.address, SOL);
    await drive();
    await drive();
    expect(await paidOut(made)).toHaveLength(1);
  });

  it('may be paid itself', async () => {
    const made = await attested(world, {}, payer);
    await hold(payer.address, SOL);
    const { body } = await succeed(admin, made.id);
    expect(body.payout).toMatchObject({ destination: payer.address, amountLamports: AMOUNT });
    expect(await balance(payer.address)).toBe(SOL + BigInt(AMOUNT) - FEE);
  });
});

describe('the fee that is part of a promise', () => {
  it('M12: is paid by the escrow, to the lamport, whatever is configured', async () => {
    const made = await waitingPayout('payouts p SET fee_lamports = 7001 WHERE true');
    const before = await balance(payer.address);
    await drive();
    await drive();
    const { amountLamports, attempts } = await payoutOf(made);
    expect(attempts).toMatchObject([{ feePayer: made.escrow.address, feeLamports: 7_001 }]);
    expect(amountLamports).toBe(AMOUNT - 7_001);
    expect(await paidOut(made)).toMatchObject([{ feeLamports: 7_001n }]);
    expect([await balance(made.escrow.address), await balance(payer.address)]).toEqual([0n, before]);
  });

  it('M12: of nothing waits for a fee payer where there is none', async () => {
    const made = await waitingPayout('payouts p SET fee_lamports = 0 WHERE true');
    await configure(null);
    await drive();
    await drive();
    const { waitingFor } = await payoutOf(made);
    expect(waitingFor).toContain('Set ESCROW_FEE_PAYER_SECRET_KEY');
    expect(await paidOut(made)).toEqual([]);
    await configure(payer);
    await drive();
    await drive();
    expect(await paidOut(made)).toMatchObject([{ lamports: BigInt(AMOUNT), feePayer: payer.address }]);
  });
});

describe('the rotation of the fee payer', () => {
  it('M16: a transaction made for the old key is never signed by the new one, and made anew when it is over', async () => {
    // Prepared, and not signed: the escrow's key does not open for a while.
    await configure(payer, { PAYOUT_WAIT_SECONDS: '1' });
    const made = await attested(world);
    await turnKey(made);
    expect((await succeed(admin, made.id)).status).toBe(202);
    expect((await payoutOf(made)).attempts).toMatchObject([{ status: 'prepared' }]);
    await turnKey(made);

    await configure(successor);
    await drive();
    const { waitingFor, attempts } = await payoutOf(made);
    expect(attempts).toMatchObject([{ status: 'prepared', feePayer: payer.address }]);
    expect(waitingFor).toContain(`was made for fee payer ${payer.address}`);
    expect(await events('escrow_signing_refused_error')).toEqual([]);

    await force(
      `payout_attempts a SET created_at = a.created_at - interval '1 hour', last_valid_block_height = 0
         FROM payouts p WHERE p.id = a.payout_id`,
      made,
    );
    await drive();
    await drive();
    expect((await payoutOf(made)).attempts).toMatchObject([
      { status: 'abandoned', feePayer: payer.address, signature: null },
      { status: expect.stringMatching(/confirmed|finalized/), feePayer: successor.address },
    ]);
    expect(await paidOut(made)).toMatchObject([{ feePayer: successor.address, lamports: BigInt(AMOUNT) }]);
    await configure(payer);
  });
});

/** Damages the escrow's sealed key; a second time puts it right again. */
async function turnKey({ id }: Created): Promise<void> {
  await world.sql(
    `UPDATE escrows SET ciphertext = set_byte(ciphertext, 20, get_byte(ciphertext, 20) # 1) WHERE commitment_id = $1`,
    [id],
  );
}

describe('the watch over the fee payer', () => {
  const watch = () => world.app.get(FeePayerWatch).run();
  const shown = async () => (await admin.get<Record<string, unknown>>('/admin/fee-payer')).body;
  const health = async () => {
    const { body } = await world.send('GET', '/health/ready');
    return (body['checks'] as Record<string, { status: string; detail?: string }>)['feePayer'];
  };

  it('tells once when it falls below its floor, and once when it is back, whoever looks', async () => {
    expect(await watch()).toMatchObject({ configured: true, low: false });
    expect(await shown()).toEqual({
      address: payer.address,
      balanceLamports: Number(await balance(payer.address)),
      floorLamports: Number(FLOOR),
      ok: true,
    });
    await hold(payer.address, FLOOR - 1n);
    for (let replica = 0; replica < 2; replica += 1) {
      await configure(payer);
      expect(await watch()).toMatchObject({ low: true });
      expect(await watch()).toMatchObject({ low: true });
    }
    expect(await events('fee_payer_low_error')).toEqual([
      {
        fields: {
          address: payer.address,
          balanceLamports: Number(FLOOR - 1n),
          floorLamports: Number(FLOOR),
        },
      },
    ]);
    expect(await shown()).toMatchObject({ ok: false });
    const { text: metrics } = await world.send('GET', '/metrics');
    expect(metrics).toContain(`\ncts_fee_payer_balance_lamports ${FLOOR - 1n}\n`);
    expect(metrics).toContain(`\ncts_fee_payer_floor_lamports ${FLOOR}\n`);
    expect(await health()).toMatchObject({
      status: 'error',
      detail: expect.stringMatching(`${payer.address} holds ${FLOOR - 1n} lamports, below`),
    });
    await hold(payer.address, SOL);
    await configure(payer);
    expect(await watch()).toMatchObject({ low: false });
    expect(await events('fee_payer_ok')).toHaveLength(1);
    expect(await health()).toEqual({ status: 'ok', detail: `${payer.address} holds ${SOL} lamports` });
  });

  it('has nothing to do without one', async () => {
    await configure(null);
    expect(await watch()).toEqual({ configured: false });
    expect(await shown()).toEqual({
      address: null,
      balanceLamports: null,
      floorLamports: Number(FLOOR),
      ok: true,
    });
    expect(await health()).toEqual({ status: 'ok' });
    const made = await attested(world);
    const { body }: { body: PaymentAnswer } = await succeed(admin, made.id);
    expect(body.payout.attempts).toMatchObject([{ feePayer: made.escrow.address, feeLamports: 5_060 }]);
  });
});
