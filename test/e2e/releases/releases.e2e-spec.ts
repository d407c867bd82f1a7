import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { create, refusal, statusAndCode } from '../../support/builders/personal.js';
import { ReleaseBench, settled } from '../../support/builders/release-bench.js';
import { claimable, paidOutOf, UNLOCK } from '../../support/builders/releases.js';
import {
  complete,
  completed,
  holder,
  normalize,
  reward,
  signal,
  TOKEN,
} from '../../support/builders/rewards.js';
import { answerLost, on, slow } from '../../support/proxies/rpc-faults.js';
import type { Fault } from '../../support/proxies/rpc-proxy.js';
import { announce } from '../../support/builders/failures.js';
import { balanceOf } from '../../support/builders/wallets.js';
import { roundTripsOf } from '../../support/checks/round-trips.js';

const UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const NOWHERE = '0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e6f';

let bench: ReleaseBench;
beforeAll(async () => {
  bench = await ReleaseBench.start();
});
afterEach(() => bench.heal());
afterAll(async () => {
  await bench?.stop();
});

describe('the release of a milestone', () => {
  it('pays the creator exactly what was promised, which the chain alone can prove', async () => {
    const made = await claimable(bench.world, bench.market, { milestones: 2, lamports: 3n * UNLOCK });
    const before = await balanceOf(bench.world.chain.rpcUrl, made.creator.address);
    const { status, body } = await bench.release(made);
    expect(status).toBe(200);
    const { signature = '', payout } = body;
    expect(payout).toMatchObject({
      commitmentId: made.id,
      purpose: 'milestone_release',
      status: 'confirmed',
      source: made.escrow,
      destination: made.creator.address,
      amountLamports: Number(UNLOCK),
      signature,
      attempts: [{ signature, status: 'confirmed' }],
    });
    const paid = await paidOutOf(bench.world, made);
    expect(paid).toMatchObject([
      { signature, to: made.creator.address, lamports: UNLOCK, memo: payout.id, feePayer: made.escrow },
    ]);
    const fee = paid[0]?.feeLamports ?? 0n;
    expect(await balanceOf(bench.world.chain.rpcUrl, made.escrow)).toBe(3n * UNLOCK - UNLOCK - fee);
    expect(await balanceOf(bench.world.chain.rpcUrl, made.creator.address)).toBe(before + UNLOCK);

    const shown = await bench.show(made);
    expect(shown).toMatchObject({ status: 'active' });
    expect(shown.milestones).toMatchObject([
      { status: 'released', signature, releasedAt: expect.stringMatching(UTC), waitingFor: [] },
      { status: 'claimable', waitingFor: [{ condition: 'release', who: 'admin' }] },
    ]);
    expect(shown.milestones[1]).not.toHaveProperty('signature');
    expect(body.commitment).toMatchObject({ id: made.id, status: 'active' });
  });

  it('costs so many round trips, and no more', async () => {
    const made = await claimable(bench.world, bench.market, { milestones: 3, lamports: 4n * UNLOCK });
    // Whatever is read once a process was read for the first.
    const [first = '', second = ''] = made.milestoneIds;
    await bench.release(made, first);
    const body = await bench.world.actBody('admin.milestone.release', {
      commitmentId: made.id,
      milestoneId: second,
    });
    const headers = { ...(await bench.world.adminHeaders()), 'content-type': 'application/json' };
    const path = `/api/commitments/${made.id}/milestones/${second}/release`;
    const { statements, calls } = await roundTripsOf(async () => {
      const rawBody = JSON.stringify(body);
      expect(await bench.world.send('POST', path, { headers, rawBody })).toMatchObject({ status: 200 });
    });
    // A chain that takes its time is looked at more often: two statements and a call each time.
    const looks = calls.filter((method) => method === 'getSignatureStatuses').length;
    expect(statements.length - 2 * (looks - 1), statements.join('\n')).toBeLessThanOrEqual(65);
    expect(calls.length - looks, calls.join(' ')).toBeLessThanOrEqual(9);
  });

  it('of the last milestone completes the commitment', async () => {
    const made = await claimable(bench.world, bench.market, { milestones: 2, lamports: 3n * UNLOCK });
    const [first = '', second = ''] = made.milestoneIds;
    expect((await bench.release(made, second)).body.commitment).toMatchObject({ status: 'active' });
    const { body } = await bench.release(made, first);
    expect(body.commitment).toMatchObject({ status: 'completed', resolvedAt: expect.stringMatching(UTC) });
    expect(await bench.show(made)).toMatchObject({
      status: 'completed',
      milestones: [{ status: 'released' }, { status: 'released' }],
    });
    expect(await bench.auditOf('commitment_complete_ok', made)).toMatchObject([
      { actor: bench.world.admin.address },
    ]);
    expect(await paidOutOf(bench.world, made)).toHaveLength(2);
  });

  it('asked for again is refused with the signature that paid it', async () => {
    const made = await claimable(bench.world, bench.market, { lamports: 5n * UNLOCK });
    const { body } = await bench.release(made);
    const { status, problem } = await refusal(bench.release(made));
    expect([status, problem]).toEqual([
      409,
      expect.objectContaining({ code: 'already_released', signature: body.signature }),
    ]);
    expect(await paidOutOf(bench.world, made)).toHaveLength(1);
    expect(await bench.payoutsOf(made)).toHaveLength(1);
  });

  it('before it is claimable is refused with what it waits for', async () => {
    const made = await reward(bench.world, bench.market, {
      milestones: [{ title: 'Ship it', unlockLamports: Number(UNLOCK) }],
    });
    await bench.fund(made, 3n * UNLOCK);
    const waiting = async () => {
      const { status, code, problem } = await refusal(bench.release(made));
      expect([status, code]).toEqual([409, 'not_claimable']);
      const list = problem['waitingFor'] as { condition: string; who: string }[];
      // What is shown may be a second older.
      const shown = async () => (await bench.show(made)).milestones[0]?.waitingFor;
      await expect.poll(shown).toEqual(list);
      return list.map(({ condition, who }) => `${condition}: ${who}`);
    };
    expect(await waiting()).toEqual(['attested: creator', 'approvals: holders']);
    await complete(bench.world, made);
    expect(await waiting()).toEqual(['approvals: holders']);
    await signal(bench.world, bench.market.whale, made);
    expect(await waiting()).toEqual(['reweighed_approvals: service']);
    await normalize(bench.world, { commitmentId: made.id });
    expect((await bench.release(made)).status).toBe(200);
  });

  it('of nothing that could be released is refused', async () => {
    const [made, other] = [
      await claimable(bench.world, bench.market, { milestones: 2, unlocked: 1 }),
      await claimable(bench.world, bench.market, { unlocked: 0 }),
    ];
    const personal = await create(bench.world);
    const cases: readonly (readonly [string, string, [number, string]])[] = [
      [personal.id, made.milestoneId, [409, 'wrong_kind']],
      [NOWHERE, made.milestoneId, [404, 'commitment_not_found']],
      [made.id, NOWHERE, [404, 'milestone_not_found']],
      [other.id, made.milestoneId, [404, 'milestone_not_found']],
    ];
    for (const [id, milestoneId, expected] of cases) {
      expect(
        await statusAndCode(bench.admin.act('admin.milestone.release', { commitmentId: id, milestoneId })),
      ).toEqual(expected);
    }
    // While a failure is announced, what is not earned yet is not released.
    await announce(bench.world, bench.admin, made);
    await bench.fund(made, 3n * UNLOCK);
    expect(await statusAndCode(bench.release(made))).toEqual([409, 'already_failing']);
    expect(await paidOutOf(bench.world, made)).toEqual([]);
  });

  it('M18: from an escrow that holds too little is refused with both amounts, and nothing stays locked', async () => {
    const made = await claimable(bench.world, bench.market, { lamports: UNLOCK });
    const before = await bench.world.rowsDigest(['audit_logs']);
    const { status, problem } = await refusal(bench.release(made));
    expect([status, problem]).toEqual([
      422,
      expect.objectContaining({
        title: 'Escrow underfunded for this release',
        code: 'escrow_underfunded',
        balanceLamports: Number(UNLOCK),
        requiredLamports: expect.any(Number),
      }),
    ]);
    const required = BigInt(Number(problem['requiredLamports']));
    expect(required).toBeGreaterThan(UNLOCK);
    expect(await bench.world.rowsDigest(['audit_logs'])).toEqual(before);
    expect(await bench.statusesOf(made)).toEqual(['claimable']);
    expect([await bench.lockOf(made), await bench.payoutsOf(made)]).toEqual([undefined, []]);

    await bench.fund(made, required - 1n);
    expect(await statusAndCode(bench.release(made))).toEqual([422, 'escrow_underfunded']);
    await bench.fund(made, required);
    expect((await bench.release(made)).status).toBe(200);
    expect(await balanceOf(bench.world.chain.rpcUrl, made.escrow)).toBe(0n);
  });

  it('R3: of the last milestone takes along what a stranger has sent and could not stay behind', async () => {
    const made = await claimable(bench.world, bench.market, { lamports: UNLOCK });
    const required = await bench.requiredFor(made);
    await bench.fund(made, required + 100n);
    const { status, body } = await bench.release(made);
    expect([status, body.commitment.status]).toEqual([200, 'completed']);
    expect(await paidOutOf(bench.world, made)).toMatchObject([{ lamports: UNLOCK + 100n }]);
    expect(await balanceOf(bench.world.chain.rpcUrl, made.escrow)).toBe(0n);
  });
});

describe('a release whose answer gets lost on the way', () => {
  // The escrow holds enough for many payments, so a second one would land.
  it.each<[string, Fault]>([
    ['cut', { kind: 'cut' }],
    ['refused with 503', { kind: 'status', status: 503 }],
    ['refused with 429', { kind: 'status', status: 429 }],
    ['answered with an error', { kind: 'error', code: -32603 }],
  ])('M2: %s after the chain has taken the transaction, is paid once', async (_, fault) => {
    const made = await claimable(bench.world, bench.market, { lamports: 10n * UNLOCK });
    bench.rpc.plan = on('sendTransaction', () => answerLost(fault));
    const { status, body } = await bench.release(made);
    expect(status).toBe(200);
    expect(await paidOutOf(bench.world, made)).toMatchObject([
      { signature: body.signature, memo: body.payout.id, lamports: UNLOCK },
    ]);
    expect((await bench.payoutsOf(made)).flatMap(({ attempts }) => attempts)).toHaveLength(1);
  });
});

describe('many releases at the same moment', () => {
  it('M7: 32 of one milestone make one payment, with money for all of them and slow reads', async () => {
    const lamports = 40n * UNLOCK;
    const made = await claimable(bench.world, bench.market, { milestones: 2, unlocked: 1, lamports });
    bench.rpc.plan = slow(50);
    const { paid, refused } = await settled(Array.from({ length: 32 }, () => bench.release(made)));
    expect(paid).toHaveLength(1);
    const [{ signature, payout } = { payout: undefined }] = paid;
    for (const { status, problem } of refused) {
      expect(status).toBe(409);
      if (problem['code'] === 'already_released') continue;
      expect(problem).toMatchObject({
        code: 'release_in_progress',
        title: 'Release already in progress',
        lock: { commitmentId: made.id, milestoneId: made.milestoneId, payoutId: payout?.id },
      });
    }
    expect(refused.some(({ code }) => code === 'release_in_progress')).toBe(true);
    const outgoing = await paidOutOf(bench.world, made);
    expect(outgoing).toMatchObject([{ signature, memo: payout?.id, lamports: UNLOCK }]);
    expect(await balanceOf(bench.world.chain.rpcUrl, made.escrow)).toBe(
      lamports - UNLOCK - (outgoing[0]?.feeLamports ?? 0n),
    );
    expect(await bench.payoutsOf(made)).toHaveLength(1);
    expect(await bench.auditOf('admin_reward_milestone_release_ok', made)).toHaveLength(1);
    expect(await bench.statusesOf(made)).toEqual(['released', 'locked']);
  });

  it.each([2, 3])('M8, M14: %i equal milestones are paid each by its own transaction', async (count) => {
    const made = await claimable(bench.world, bench.market, { milestones: count });
    await bench.fund(made, BigInt(count) * (await bench.requiredFor(made)));
    const before = await balanceOf(bench.world.chain.rpcUrl, made.creator.address);
    const answers = await Promise.all(made.milestoneIds.map((id) => bench.release(made, id)));
    expect(answers.map(({ status }) => status)).toEqual(made.milestoneIds.map(() => 200));
    const signatures = answers.map(({ body }) => body.signature);
    expect(new Set(signatures).size).toBe(count);

    const outgoing = await paidOutOf(bench.world, made);
    expect(outgoing).toHaveLength(count);
    for (const { body } of answers) {
      expect(outgoing.filter(({ signature }) => signature === body.signature)).toMatchObject([
        { memo: body.payout.id, to: made.creator.address, lamports: UNLOCK },
      ]);
    }
    expect(await balanceOf(bench.world.chain.rpcUrl, made.escrow)).toBe(0n);
    expect(await balanceOf(bench.world.chain.rpcUrl, made.creator.address)).toBe(
      before + BigInt(count) * UNLOCK,
    );
    const shown = await bench.show(made);
    expect(shown.status).toBe('completed');
    expect(shown.milestones.map(({ status, signature }) => [status, signature])).toEqual(
      signatures.map((signature) => ['released', signature]),
    );
    expect(await bench.auditOf('commitment_complete_ok', made)).toHaveLength(1);
  });

  it('M8: with money for one of two, one is paid and the other later', async () => {
    const made = await claimable(bench.world, bench.market, { milestones: 2 });
    const required = await bench.requiredFor(made);
    await bench.fund(made, required);
    const { paid, refused } = await settled(made.milestoneIds.map((id) => bench.release(made, id)));
    expect([paid.length, refused.map(({ code }) => code)]).toEqual([1, ['escrow_underfunded']]);
    expect((await bench.statusesOf(made)).sort()).toEqual(['claimable', 'released']);
    expect((await bench.locks()).filter(({ commitmentId }) => commitmentId === made.id)).toEqual([]);
    const rest = (await bench.show(made)).milestones.find(({ status }) => status === 'claimable');
    await bench.fund(made, required);
    expect((await bench.release(made, rest?.id)).body.commitment.status).toBe('completed');
    expect(new Set((await paidOutOf(bench.world, made)).map(({ memo }) => memo)).size).toBe(2);
    expect(await balanceOf(bench.world.chain.rpcUrl, made.escrow)).toBe(0n);
  });
});

describe('frozen terms', () => {
  it('V3: another threshold in the environment decides nothing about a commitment that exists', async () => {
    const old = await completed(bench.world, bench.market);
    const terms = (await bench.show(old)).terms;
    await bench.restart({
      REWARD_APPROVAL_THRESHOLD_USD: '100',
      REWARD_MIN_HOLDING_USD: '300',
      REWARD_CLAIM_DELAY_SECONDS: '86400',
    });
    const fresh = await completed(bench.world, bench.market);
    const thresholds = [old, fresh].map(async (made) => {
      return (await bench.show(made)).milestones[0]?.approvals.thresholdUsd;
    });
    expect(await Promise.all(thresholds)).toEqual(['400', '100']);
    expect((await bench.show(old)).terms).toEqual(terms);

    // $399 would be enough for the new threshold, and $1 is missing of the old one; nobody waits for a day.
    const small = await holder(bench.world, bench.market, 399n * TOKEN);
    await signal(bench.world, small, old);
    expect(await normalize(bench.world, { commitmentId: old.id })).toMatchObject({ due: 0, unlocked: 0 });
    await bench.restart({ REWARD_APPROVAL_THRESHOLD_USD: '1000000' });
    const last = await holder(bench.world, bench.market, 21n * TOKEN);
    await signal(bench.world, last, old);
    expect(await normalize(bench.world, { commitmentId: old.id })).toMatchObject({ unlocked: 1 });
    await bench.fund(old, 2n * UNLOCK);
    expect((await bench.release(old)).body.commitment.status).toBe('completed');

    // $399 is above the new one's threshold; what it waits for is its own delay.
    await signal(bench.world, small, fresh);
    expect(await normalize(bench.world, { commitmentId: fresh.id })).toMatchObject({ unlocked: 0 });
    expect((await bench.show(fresh)).milestones[0]?.waitingFor.map(({ condition }) => condition)).toContain(
      'claim_delay',
    );
  });
});
