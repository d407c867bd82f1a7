import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PaymentAnswer } from '#src/local/rest-client.js';
import {
  attested,
  type Created,
  fail,
  refusal,
  statusAndCode,
  succeed,
  unattested,
} from '../../support/builders/personal.js';
import { expectPaid, PersonalBench } from '../../support/builders/personal-bench.js';
import { finish, type SweepAnswer } from '../../support/builders/sweeps.js';
import { setAccount } from '../../support/builders/tokens.js';
import { balanceOf } from '../../support/builders/wallets.js';
import { pollUntil } from '../../support/poll.js';
import { slow } from '../../support/proxies/rpc-faults.js';
import { withClient } from '../../support/sql.js';

type Json = Record<string, unknown>;

const WINDOW_SECONDS = 259_200;
const WAITING = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;

let bench: PersonalBench;
beforeAll(async () => {
  bench = await PersonalBench.start();
});
afterEach(() => bench.heal());
afterAll(async () => {
  await bench?.stop();
});

const file = ({ id: commitmentId }: Created) =>
  bench.admin.act<PaymentAnswer>('admin.commitment.failure', { commitmentId, reason: 'nothing was shipped' });
const sweepAll = async () => (await bench.admin.post<SweepAnswer>('/commitments/sweep', { limit: 500 })).body;

describe('the failure of a personal commitment', () => {
  it('M13: pays the promised recipient the whole escrow, which the chain alone can prove', async () => {
    const commitment = await bench.expired();
    const { id, destinationOnFail, authority } = commitment;
    const before = await balanceOf(bench.world.chain.rpcUrl, authority.address);
    const { status, body } = await fail(bench.admin, id);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      payout: { purpose: 'personal_failure', status: 'confirmed', destination: destinationOnFail },
      commitment: { id, status: 'failed', resolvedAt: expect.any(String) },
      signature: expect.any(String),
    });
    await expectPaid(bench, commitment, destinationOnFail, body.payout.id);
    expect(await balanceOf(bench.world.chain.rpcUrl, authority.address)).toBe(before);
    expect(await bench.auditOf(commitment, 'admin_commitment_failure_ok')).toMatchObject([
      {
        actor: bench.world.admin.address,
        payoutId: body.payout.id,
        fields: { destination: destinationOnFail, amountLamports: body.payout.amountLamports },
      },
    ]);
    for (const again of [fail, succeed])
      expect(await statusAndCode(again(bench.admin, id))).toEqual([409, 'already_resolved']);
    expect(await bench.paidOutOf(commitment)).toHaveLength(1);
  });

  it('R6: pays no address where a token account stands by now, locks nothing, and pays it when it is a wallet again', async () => {
    const commitment = await bench.expired();
    const { id, destinationOnFail } = commitment;
    const { rpcUrl } = bench.world.chain;
    const tokenProgram = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
    await setAccount(rpcUrl, destinationOnFail, { owner: tokenProgram, data: Buffer.alloc(165) });
    const { status, code, problem } = await refusal(fail(bench.admin, id));
    expect([status, code]).toEqual([422, 'destination_not_payable']);
    expect(problem['detail']).toContain(`${destinationOnFail} cannot be paid: it is a mint, a token account`);
    expect([await bench.statusOf(commitment), await bench.payoutsOf(commitment)]).toEqual(['active', []]);
    await setAccount(rpcUrl, destinationOnFail, { owner: '1'.repeat(32), data: Buffer.alloc(0) });
    const { body } = await fail(bench.admin, id);
    expect(await bench.paidOutOf(commitment)).toMatchObject([
      { to: destinationOnFail, memo: body.payout.id },
    ]);
  });

  it('is refused before the deadline, after a success, and to whoever is no admin', async () => {
    const open = await unattested(bench.world, { deadline: await bench.inAMonth() });
    const done = await attested(bench.world);
    await succeed(bench.admin, done.id);
    const before = await bench.world.rowsDigest(['audit_logs']);
    expect(await statusAndCode(fail(bench.admin, open.id))).toEqual([409, 'deadline_not_passed']);
    expect(await statusAndCode(fail(bench.admin, done.id))).toEqual([409, 'already_resolved']);
    expect(await statusAndCode(fail(bench.world.client(), open.id))).toEqual([401, 'not_signed_in']);
    expect((await bench.world.rowsDigest())['commitments']).toBe(before['commitments']);
    expect(await bench.payoutsOf(open)).toEqual([]);
    expect(await bench.auditOf(open, 'admin_commitment_failure_denied')).toHaveLength(2);
  });

  it('of what was attested in time is filed, with a reason, and carried out when the decision window ends', async () => {
    const commitment = await attested(bench.world, { deadline: await bench.inTenMinutes() });
    expect(await statusAndCode(file(commitment))).toEqual([409, 'deadline_not_passed']);
    await bench.passDeadline(commitment, WINDOW_SECONDS - 60);
    expect(await statusAndCode(fail(bench.admin, commitment.id))).toEqual([400, 'validation_failed']);
    const { status, body } = await file(commitment);
    expect([status, body.commitment.status]).toEqual([202, 'active']);
    const shown = (await bench.world.client().get<Record<string, unknown>>(`/commitments/${commitment.id}`))
      .body;
    expect(shown).toMatchObject({ failureReason: 'nothing was shipped' });
    expect(await statusAndCode(file(commitment))).toEqual([409, 'already_failing']);
    await bench.passDeadline(commitment, WINDOW_SECONDS + 2);
    expect(Date.parse(String(shown['failureEffectiveAt']))).toBeLessThan(
      (await bench.world.chainSeconds()) * 1000,
    );
    const { items } = await sweepAll();
    const mine = items.find(({ commitmentId }) => commitmentId === commitment.id);
    expect(mine?.outcome).toBe('settled');
    await finish(bench.world);
    await expectPaid(bench, commitment, String(commitment.body['destinationOnFail']), String(mine?.payoutId));
  });

  it('R4: that was filed can be withdrawn, and what nobody decides then is refunded, as is what only sleeps', async () => {
    const deadline = await bench.inTenMinutes();
    const [filed, forgotten] = [
      await attested(bench.world, { deadline }),
      await attested(bench.world, { deadline }),
    ];
    const empty = await attested(bench.world, { deadline, lamports: 0n });
    await bench.passDeadline(filed, 1);
    await file(filed);
    await bench.admin.act('admin.failure.cancel', { commitmentId: filed.id });
    const again = bench.admin.act('admin.failure.cancel', { commitmentId: filed.id });
    expect(await statusAndCode(again)).toEqual([409, 'not_failing']);
    await bench.passDeadline(filed, WINDOW_SECONDS + 2);
    const { items } = await sweepAll();
    await finish(bench.world);
    for (const commitment of [filed, forgotten]) {
      const mine = items.find(({ commitmentId }) => commitmentId === commitment.id);
      expect(await bench.paidOutOf(commitment)).toMatchObject([
        { to: commitment.authority.address, memo: mine?.payoutId },
      ]);
    }
    // R12: nobody can say that it kept a promise.
    const shown = (await bench.world.client().get<Record<string, unknown>>(`/commitments/${empty.id}`)).body;
    expect(shown).toMatchObject({ status: 'failed', escrow: { fundedLamports: 0 } });
  });

  it('of an escrow that was never funded is over at once, with nothing to pay', async () => {
    const commitment = await bench.expired({ lamports: 0n });
    const { status, body } = await fail(bench.admin, commitment.id);
    expect(status).toBe(200);
    expect(body).toEqual({ commitment: expect.objectContaining({ id: commitment.id, status: 'failed' }) });
    expect(await bench.payoutsOf(commitment)).toEqual([]);
    expect(await bench.auditOf(commitment, 'admin_commitment_failure_ok')).toMatchObject([
      { actor: bench.world.admin.address, payoutId: null, fields: { amountLamports: 0 } },
    ]);
    expect(await statusAndCode(fail(bench.admin, commitment.id))).toEqual([409, 'already_resolved']);
  });

  it('M7: asked for 16 times at once, under slow reads, pays once', async () => {
    const commitment = await bench.expired();
    bench.rpc.plan = slow(30);
    const calls = await Promise.allSettled(
      Array.from({ length: 16 }, () => fail(bench.admin, commitment.id)),
    );
    const won = calls.flatMap((call) => (call.status === 'fulfilled' ? [call.value.body] : []));
    const lost = calls.flatMap((call) => (call.status === 'rejected' ? [(call.reason as Json)['code']] : []));
    expect(won).toHaveLength(1);
    expect(lost).toEqual(Array.from({ length: 15 }, () => 'already_resolved'));
    await expectPaid(bench, commitment, commitment.destinationOnFail, won[0]?.payout.id);
  });

  it('M7: an attestation that is stored while the failure is being decided is not overlooked', async () => {
    const commitment = await bench.expired();
    const answer = await withClient(bench.world.databaseUrl, async (client) => {
      await client.query('BEGIN');
      await client.query(`UPDATE commitments SET attested_at = deadline - interval '1 s' WHERE id = $1`, [
        commitment.id,
      ]);
      const pending = statusAndCode(fail(bench.admin, commitment.id));
      // It has read the row as it was, and asks for its lock now.
      await pollUntil('the failure to wait for the row', async () => (await bench.world.sql(WAITING))[0]);
      await client.query('COMMIT');
      return pending;
    });
    expect(answer).toEqual([409, 'deadline_not_passed']);
    expect(await bench.payoutsOf(commitment)).toEqual([]);
    // Nobody has signed that attestation, so the door would refund it for ever in vain.
    await bench.world.sql(`SET session_replication_role = replica;
      UPDATE commitments SET attested_at = NULL WHERE id = '${commitment.id}'`);
    await fail(bench.admin, commitment.id);
  });
});
