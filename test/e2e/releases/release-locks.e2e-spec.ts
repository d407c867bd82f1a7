import { AS_MANY_AS_A_WAIT, looksAtPayouts } from '../../support/checks/statements.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PayoutDriver } from '#src/releases/engine/payout-driver.service.js';
import { answerOf, differences, operationOf } from '../../support/checks/openapi.js';
import { refusal } from '../../support/builders/personal.js';
import { pollUntil } from '../../support/poll.js';
import { ReleaseBench } from '../../support/builders/release-bench.js';
import { claimable, paidOutOf, releasePath, UNLOCK } from '../../support/builders/releases.js';
import { CRON_SECRET } from '../../support/builders/rewards.js';
import {
  denyStatuses,
  denyTransactions,
  dropFirstTransaction,
  firstOf,
  honest,
  on,
  onNth,
  sentThrough,
  submit,
} from '../../support/proxies/rpc-faults.js';
import { balanceOf } from '../../support/builders/wallets.js';

const UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

let bench: ReleaseBench;
beforeAll(async () => {
  bench = await ReleaseBench.start();
});
afterEach(() => bench.heal());
afterAll(async () => {
  await bench?.stop();
});

describe('the lock of a release', () => {
  it('M1, M5: stays while the chain may have the transaction, whoever wants it gone', async () => {
    const made = await claimable(bench.world, bench.market, { lamports: 5n * UNLOCK });
    // It lands, and nobody gets to know.
    bench.rpc.plan = denyStatuses(bench.rpc);
    const paying = bench.release(made);
    const lock = await pollUntil('a signed release', async () => {
      const found = await bench.lockOf(made);
      return found?.txSig ? found : undefined;
    });
    const [payout] = await bench.payoutsOf(made);
    expect(lock).toEqual({
      commitmentId: made.id,
      milestoneId: made.milestoneId,
      createdAt: expect.stringMatching(UTC),
      txSig: payout?.signature,
      payoutId: payout?.id,
      clearable: false,
      reason: expect.stringContaining(String(lock.txSig)),
    });
    expect((await bench.clear(made)).body).toMatchObject({
      status: 409,
      code: 'attempt_may_still_land',
      lock,
    });
    const removal = bench.world.sql('DELETE FROM reward_release_locks WHERE milestone_id = $1', [
      made.milestoneId,
    ]);
    await expect(removal).rejects.toThrow('may still land');
    expect((await refusal(bench.release(made))).problem).toMatchObject({
      status: 409,
      code: 'release_in_progress',
      title: 'Release already in progress',
      lock,
    });

    bench.rpc.plan = honest;
    expect((await paying).body).toMatchObject({ signature: lock.txSig, commitment: { status: 'completed' } });
    expect(await paidOutOf(bench.world, made)).toMatchObject([
      { signature: lock.txSig, memo: lock.payoutId },
    ]);
    expect(await bench.lockOf(made)).toBeUndefined();
    expect((await bench.clear(made)).body).toMatchObject({ status: 404, code: 'release_lock_not_found' });
    expect(await bench.statusesOf(made)).toEqual(['released']);
  });

  it('M5: removed by force opens no way to a second payment', async () => {
    const made = await claimable(bench.world, bench.market, { lamports: 5n * UNLOCK });
    bench.rpc.plan = denyStatuses(bench.rpc);
    const paying = bench.release(made);
    await pollUntil('a signed release', async () => (await bench.lockOf(made))?.txSig);
    await bench.world.sql(
      `SET session_replication_role = replica; DELETE FROM reward_release_locks; RESET session_replication_role`,
    );
    expect(await bench.lockOf(made)).toBeUndefined();
    const { status, code, problem } = await refusal(bench.release(made));
    expect([status, code]).toEqual([409, 'release_in_progress']);
    expect(problem['lock']).toBeNull();
    bench.rpc.plan = honest;
    expect((await paying).status).toBe(200);
    expect(await paidOutOf(bench.world, made)).toHaveLength(1);
    expect(await bench.statusesOf(made)).toEqual(['released']);
  });

  it('M5: may be cleared while nothing is signed, and the next release pays once', async () => {
    const made = await claimable(bench.world, bench.market, { lamports: 5n * UNLOCK });
    // The chain goes away in the moment of the decision, whose check ends with this call.
    bench.rpc.plan = on('simulateTransaction', () => ({
      kind: 'after',
      judge: () => {
        bench.rpc.plan = () => ({ kind: 'status', status: 503 });
        return undefined;
      },
    }));
    const waiting = bench.release(made);
    const lock = await pollUntil('a release that waits for the chain', async () => {
      const found = await bench.lockOf(made);
      return found?.reason.includes('RPC') === true ? found : undefined;
    });
    expect(lock).toMatchObject({ txSig: null, clearable: true });
    const cleared = await bench.clear(made);
    expect([cleared.status, cleared.body]).toEqual([200, lock]);
    expect(await bench.lockOf(made)).toBeUndefined();
    expect(await bench.statusesOf(made)).toEqual(['claimable']);
    expect(await bench.payoutsOf(made)).toMatchObject([{ id: lock.payoutId, status: 'cancelled' }]);
    // Who asked for it learns at the next look that it has been given up.
    const looks = await looksAtPayouts(bench.world, async () => {
      expect(await waiting).toMatchObject({ status: 202, body: { payout: { status: 'cancelled' } } });
    });
    expect(looks).toBeLessThan(AS_MANY_AS_A_WAIT);

    bench.rpc.plan = honest;
    const { status, body } = await bench.release(made);
    expect(status).toBe(200);
    // One thing to pay has one id: what was cancelled is decided again.
    expect(body.payout.id).toBe(lock.payoutId);
    expect(await paidOutOf(bench.world, made)).toMatchObject([{ memo: body.payout.id, lamports: UNLOCK }]);
    expect(await bench.payoutsOf(made)).toMatchObject([{ status: 'confirmed' }]);
    const named = [{ actor: bench.world.admin.address, payoutId: lock.payoutId }];
    expect(await bench.auditOf('admin_release_lock_clear_ok', made)).toMatchObject(named);
  });

  it('M5: goes at moments when nothing can land, and at no other', async () => {
    const moments: readonly (readonly [string, number, number])[] = [
      ['simulateTransaction', 1, 404], // the check before the decision
      ['getLatestBlockhash', 1, 200],
      ['simulateTransaction', 2, 200], // the last call before the message is stored
      ['sendTransaction', 1, 409],
      ['getSignatureStatuses', 1, 409],
    ];
    const made = await claimable(bench.world, bench.market, { milestones: moments.length });
    await bench.fund(made, BigInt(moments.length) * (await bench.requiredFor(made)));
    const headers = await bench.world.adminHeaders();
    for (const [index, [method, nth, expected]] of moments.entries()) {
      const one = { ...made, milestoneId: made.milestoneIds[index] ?? '' };
      const answers: number[] = [];
      bench.rpc.plan = onNth(method, nth, async () => {
        answers.push((await bench.clear(one, headers)).status);
        return undefined;
      });
      const { body } = await bench.release(one);
      expect([method, answers]).toEqual([method, [expected]]);
      const isPaid = expected !== 200;
      expect(body.payout.status).toBe(isPaid ? 'confirmed' : 'cancelled');
      const memos = (await paidOutOf(bench.world, made)).map(({ memo }) => memo);
      expect(memos.includes(body.payout.id)).toBe(isPaid);
      if (!isPaid) await bench.release(one);
    }
    expect(await bench.show(made)).toMatchObject({ status: 'completed' });
    const memos = (await paidOutOf(bench.world, made)).map(({ memo }) => memo);
    expect(memos).toHaveLength(moments.length);
    expect(new Set(memos).size).toBe(moments.length);
    expect(await balanceOf(bench.world.chain.rpcUrl, made.escrow)).toBe(0n);
  });

  it('M5, M16: goes when the chain has proven the transaction dead, and the next release pays once', async () => {
    const made = await claimable(bench.world, bench.market, { lamports: 5n * UNLOCK });
    // Taken and never passed on; when it is over, nothing new can be prepared.
    const noSecondBlockhash = on('getLatestBlockhash', (nth) =>
      nth > 1 ? { kind: 'status', status: 503 } : undefined,
    );
    bench.rpc.plan = firstOf(dropFirstTransaction(bench.rpc), noSecondBlockhash);
    const paying = bench.release(made);
    const signed = await pollUntil('a signed release', async () => {
      const lock = await bench.lockOf(made);
      return lock?.txSig ? lock : undefined;
    });
    expect((await bench.clear(made)).body).toMatchObject({ status: 409, code: 'attempt_may_still_land' });
    const dead = await pollUntil('the proof that it is dead', async () => {
      // On a slow machine the request has given up waiting.
      await bench.world.app.get(PayoutDriver).runOnce();
      const lock = await bench.lockOf(made);
      return lock?.clearable === true ? lock : undefined;
    });
    expect(dead).toMatchObject({ txSig: signed.txSig, payoutId: signed.payoutId });
    expect((await bench.clear(made)).status).toBe(200);
    await paying;
    expect(await bench.payoutsOf(made)).toMatchObject([
      { id: dead.payoutId, status: 'cancelled', attempts: [{ signature: signed.txSig, status: 'dead' }] },
    ]);

    const [first] = sentThrough(bench.rpc);
    if (first?.signature !== signed.txSig) throw new Error('the dead transaction was never sent');
    bench.heal();
    const { body } = await bench.release(made);
    await submit(bench.world.chain.rpcUrl, first);
    expect(body.signature).not.toBe(signed.txSig);
    expect(await paidOutOf(bench.world, made)).toMatchObject([{ signature: body.signature }]);
    expect(await bench.statusesOf(made)).toEqual(['released']);
  });

  it('M5, M16: stays when a transaction that was taken for dead is on chain, which pays once', async () => {
    const made = await claimable(bench.world, bench.market, { lamports: 5n * UNLOCK });
    const denied = firstOf(denyStatuses(bench.rpc), denyTransactions(bench.rpc));
    bench.rpc.plan = denied;
    const paying = bench.release(made);
    const { rpcUrl } = bench.world.chain;
    const paid = async () => (await balanceOf(rpcUrl, made.escrow)) < 5n * UNLOCK || undefined;
    await pollUntil('the payment', paid);
    const pause = { scope: 'commitment', commitmentId: made.id, reason: 'a look' };
    const { body: paused } = await bench.admin.act<{ id: string }>('admin.pause.create', pause);
    // As endpoints that lie together make it, when a deposit has hidden what is missing.
    await bench.fund(made, 5n * UNLOCK);
    await bench.world.sql(
      `SET session_replication_role = replica;
       UPDATE payout_attempts SET status = 'dead', ended_at = now() WHERE status = 'signed';
       UPDATE payouts SET status = 'pending' WHERE status = 'in_flight'`,
    );
    expect((await paying).status).toBe(202);
    bench.rpc.plan = honest;
    const lock = await bench.lockOf(made);
    const { status, body } = await bench.clear(made);
    expect([status, body['code']]).toEqual([409, 'attempt_may_still_land']);
    expect(body['lock']).toMatchObject({ clearable: false, payoutId: lock?.payoutId });
    expect(body['detail']).toContain(`${lock?.txSig} is on chain`);

    // What is missing speaks as well, when nothing else does.
    await bench.fund(made, 4n * UNLOCK);
    bench.rpc.plan = denied;
    expect((await bench.clear(made)).body['detail']).toContain('Nothing is paid again until they agree');

    bench.rpc.plan = honest;
    await bench.admin.act('admin.pause.end', { pauseId: paused.id });
    await bench.world.app.get(PayoutDriver).runOnce();
    expect(await bench.statusesOf(made)).toEqual(['released']);
    expect(await paidOutOf(bench.world, made)).toMatchObject([{ signature: lock?.txSig }]);
  });

  it('M3, R3: outlasts a transaction that preflight refuses; the next one pays along what was in the way', async () => {
    const made = await claimable(bench.world, bench.market);
    const required = await bench.requiredFor(made);
    await bench.fund(made, required);
    // What may not stay in an account arrives with the transaction.
    bench.rpc.plan = onNth('sendTransaction', 1, async () => {
      await bench.fund(made, required + 1_000n);
      return undefined;
    });
    const { status, body } = await bench.release(made);
    expect(status).toBe(200);
    expect(body.payout).toMatchObject({ attempts: [{ status: 'dead' }, { status: 'confirmed' }] });
    const [paid, ...others] = await paidOutOf(bench.world, made);
    expect([paid?.memo, others]).toEqual([body.payout.id, []]);
    expect((paid?.lamports ?? 0n) + (paid?.feeLamports ?? 0n)).toBe(required + 1_000n);
    expect(await bench.lockOf(made)).toBeUndefined();
  });
});

describe('who releases', () => {
  it('D8: is named by the audit log, also when it is denied', async () => {
    const made = await claimable(bench.world, bench.market);
    await refusal(bench.release(made));
    await bench.fund(made, 2n * UNLOCK);
    const { body } = await bench.release(made);
    await refusal(bench.release(made));
    const { address } = bench.world.admin;
    expect(await bench.auditOf('admin_reward_milestone_release_ok', made)).toMatchObject([
      {
        actor: address,
        payoutId: body.payout.id,
        fields: {
          milestoneId: made.milestoneId,
          source: made.escrow,
          destination: made.creator.address,
          amountLamports: Number(UNLOCK),
        },
      },
    ]);
    const denied = await bench.auditOf('admin_reward_milestone_release_denied', made);
    expect(denied.map(({ actor, fields }) => [actor, fields['code']])).toEqual([
      [address, 'escrow_underfunded'],
      [address, 'already_released'],
    ]);
    expect((await bench.clear(made)).status).toBe(404);
    expect(await bench.auditOf('admin_release_lock_clear_denied', made)).toMatchObject([
      { actor: address, fields: { code: 'release_lock_not_found', status: 404 } },
    ]);
  });

  it('is a signed-in admin, from the right origin, and no scheduler', async () => {
    const made = await claimable(bench.world, bench.market, { lamports: 2n * UNLOCK });
    const { cookie = '' } = await bench.world.adminHeaders();
    const rest = [
      [{}, 401, 'not_signed_in'],
      [{ 'x-cron-secret': CRON_SECRET }, 401, 'not_signed_in'],
      [{ cookie }, 403, 'origin_mismatch'],
      [{ cookie, origin: 'https://evil.example.com' }, 403, 'origin_mismatch'],
    ] as const;
    for (const [headers, status, code] of rest) {
      const released = await bench.world.send('POST', `/api${releasePath(made)}`, { headers });
      expect(released.body).toMatchObject({ status, code });
      expect((await bench.clear(made, headers)).body).toMatchObject({ status, code });
    }
    expect((await bench.world.send('GET', '/api/admin/release-locks')).status).toBe(401);
    expect(await bench.auditOf('admin_reward_milestone_release_denied', made)).toHaveLength(rest.length);
    expect(await paidOutOf(bench.world, made)).toEqual([]);
  });

  it('gets answers as the document says', async () => {
    const made = await claimable(bench.world, bench.market, { lamports: 2n * UNLOCK });
    const document = (await bench.world.send('GET', '/openapi.json')).body as never;
    const undocumented = (method: string, pattern: string, status: number, body: unknown) => {
      const type = status < 400 ? 'application/json' : 'application/problem+json';
      const content = answerOf(operationOf(document, method, pattern), status)?.content;
      const schema = content?.[type]?.schema;
      return schema === undefined ? 'no schema' : differences(document, schema, body);
    };
    const pattern = '/api/commitments/:id/milestones/:milestoneId/release';
    expect(undocumented('POST', pattern, 200, (await bench.release(made)).body)).toEqual([]);
    expect(undocumented('POST', pattern, 409, (await refusal(bench.release(made))).problem)).toEqual([]);
  });
});

describe('reading', () => {
  it('M9: writes nothing during a release, and does not bring an old picture back', async () => {
    // So that nothing moves but by a read: the request gives up waiting, and no driver runs.
    await bench.restart({ PAYOUT_WAIT_SECONDS: '4' });
    const made = await claimable(bench.world, bench.market, { lamports: 5n * UNLOCK });
    bench.rpc.plan = denyStatuses(bench.rpc);
    const { status, body } = await bench.release(made);
    expect([status, body.payout.status]).toEqual([202, 'in_flight']);
    const before = await bench.world.rowsDigest();
    const paths = [
      `/commitments/${made.id}`,
      `/commitments/${made.id}/payouts`,
      `/commitments/${made.id}/milestones/${made.milestoneId}/signals`,
      `/payouts/${body.payout.id}`,
      '/commitments?status=active',
      '/timeline',
      '/admin/release-locks',
    ];
    for (const path of [...paths, ...paths]) await bench.admin.get(path);
    expect(await bench.world.rowsDigest()).toEqual(before);
    expect(await bench.statusesOf(made)).toEqual(['releasing']);

    // Reads that begin before the booking and end after it.
    let book: () => void = () => undefined;
    const booked = new Promise<void>((resolve) => (book = resolve));
    let held = 0;
    bench.rpc.plan = on('getMultipleAccounts', async () => {
      held += 1;
      await booked;
      return undefined;
    });
    const reads: Promise<unknown>[] = [];
    await pollUntil('a read on its way', () => {
      reads.push(bench.show(made));
      return held > 0 || undefined;
    });
    await bench.world.sql('UPDATE payouts SET next_run_at = now() WHERE id = $1', [body.payout.id]);
    await bench.world.app.get(PayoutDriver).runOnce();
    expect(await bench.statusesOf(made)).toEqual(['released']);
    book();
    await Promise.all(reads);
    expect(await bench.statusesOf(made)).toEqual(['released']);
    expect(await paidOutOf(bench.world, made)).toHaveLength(1);
  });
});
