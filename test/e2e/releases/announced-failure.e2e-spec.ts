import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mintTo, transferTokens } from '#src/local/chain/token.js';
import { DueFailures } from '#src/releases/distributions/due-failures.service.js';
import {
  announce,
  announcedOf,
  callOff,
  claim,
  distributionOf,
  enroll,
  fail,
  passNotice,
  settleChain,
  takeEffect,
} from '../../support/builders/failures.js';
import { pollUntil } from '../../support/poll.js';
import { refusal, statusAndCode } from '../../support/builders/personal.js';
import { ReleaseBench } from '../../support/builders/release-bench.js';
import { claimable, paidOutOf, UNLOCK } from '../../support/builders/releases.js';
import {
  complete,
  completed,
  holder,
  normalize,
  type Reward,
  reward,
  shownMilestone,
  signal,
  TOKEN,
} from '../../support/builders/rewards.js';
import { finalize, finish } from '../../support/builders/sweeps.js';
import { balanceOf, SOL, TestWallet } from '../../support/builders/wallets.js';
import { statementsOf } from '../../support/checks/statements.js';
import { denyStatuses, honest, on } from '../../support/proxies/rpc-faults.js';

let bench: ReleaseBench;
beforeAll(async () => {
  bench = await ReleaseBench.start();
});
afterEach(() => bench.heal());
afterAll(async () => {
  await bench?.stop();
});

const held = (address: string) => balanceOf(bench.world.chain.rpcUrl, address);
const client = () => bench.world.client();
const holds = (tokens: bigint) => holder(bench.world, bench.market, tokens * TOKEN);
const move = (from: TestWallet, to: TestWallet, tokens: bigint) =>
  transferTokens(bench.world.chain.rpcUrl, from, to.address, bench.market.mint, tokens * TOKEN);
const run = () => bench.world.app.get(DueFailures).run();
const ENDED = [409, 'already_failing'];

describe('a failure of a reward commitment', () => {
  it('R1: is announced, and shared by whoever held the token then, whether it had voted or not', async () => {
    const made = await completed(bench.world, bench.market);
    const [voter, honest_, seller, buyer] = await Promise.all([
      holds(30n),
      holds(500n),
      holds(70n),
      holds(1n),
    ]);
    await signal(bench.world, voter, made);
    await bench.fund(made, SOL);
    expect(await statusAndCode(enroll(client(), honest_, made))).toEqual([409, 'not_failing']);

    const { status, body } = await announce(bench.world, bench.admin, made, 'nothing was shipped');
    expect([status, body.commitment.status]).toEqual([202, 'failing']);
    const effectiveAt = body.commitment.failureEffectiveAt ?? '';
    const notice = Date.parse(effectiveAt) - (await bench.world.chainSeconds()) * 1_000;
    expect(notice).toBeGreaterThan((259_200 - 60) * 1_000);
    expect(notice).toBeLessThanOrEqual(259_200 * 1_000);
    expect(await bench.show(made)).toMatchObject({ status: 'failing', failureReason: 'nothing was shipped' });
    const { body: timeline } = await client().get<{ items: object[] }>(`/timeline?commitmentId=${made.id}`);
    expect(timeline.items[0]).toMatchObject({
      event: 'commitment_failure_announced',
      reason: 'nothing was shipped',
      failureEffectiveAt: effectiveAt,
    });
    // Attesting, approving and claiming wait, and so does a second announcement.
    expect(await statusAndCode(signal(bench.world, honest_, made))).toEqual(ENDED);
    expect(await statusAndCode(announce(bench.world, bench.admin, made))).toEqual(ENDED);
    expect(await statusAndCode(claim(client(), voter, made))).toEqual([409, 'not_resolved_as_failure']);
    expect(await run()).toMatchObject({ due: 0 });

    // Bought, borrowed and moved on during the notice: nothing of it counts, and nothing counts twice.
    const late = await bench.world.fundedWallet();
    await move(seller, late, 70n);
    await move(honest_, buyer, 400n);
    await move(buyer, voter, 300n);
    const weights = new Map<TestWallet, bigint>();
    for (const wallet of [honest_, seller, buyer])
      weights.set(wallet, BigInt((await enroll(client(), wallet, made)).body.weightRaw));
    expect([...weights.values()]).toEqual([500n * TOKEN, 70n * TOKEN, TOKEN]);
    expect(await statusAndCode(enroll(client(), late, made))).toEqual([403, 'not_a_holder']);
    expect(await statusAndCode(enroll(client(), bench.market.creator, made))).toEqual([403, 'not_eligible']);
    const again = await enroll(client(), honest_, made, [TestWallet.generate().address]);
    expect(again.body.weightRaw).toBe(String(500n * TOKEN));
    expect(await announcedOf(bench.world, made)).toMatchObject({
      status: 'announced',
      failureEffectiveAt: effectiveAt,
      enrolledWallets: 3,
      waitingFor: null,
    });

    await takeEffect(bench.world, made);
    expect(await statusAndCode(enroll(client(), late, made))).toEqual([409, 'not_failing']);
    const { shares, potLamports, feeLamports } = await distributionOf(bench.world, made);
    expect(potLamports + feeLamports).toBe(Number(SOL));
    const whole = 601n * TOKEN;
    for (const [wallet, weightRaw] of [...weights, [voter, 30n * TOKEN] as const]) {
      const share = shares.find((one) => one.wallet === wallet.address);
      expect(share?.weightRaw).toBe(String(weightRaw));
      const floor = (BigInt(potLamports) * weightRaw) / whole;
      expect([floor, floor + 1n]).toContain(BigInt(share?.amountLamports ?? 0));
      const before = await held(wallet.address);
      await claim(client(), wallet, made);
      expect(await held(wallet.address)).toBe(before + BigInt(share?.amountLamports ?? 0));
    }
    expect(shares).toHaveLength(4);
    expect(await held(made.escrow)).toBe(0n);

    // What comes later is for them, not for destinationOnFail.
    await finalize(bench.world, made);
    await bench.fund(made, 2n * SOL);
    const forward = bench.admin.act('admin.stray.forward', { commitmentId: made.id });
    expect(await statusAndCode(forward)).toEqual([409, 'belongs_to_holders']);
    expect(await held(made.escrow)).toBe(2n * SOL);
  });

  it('T12: leaves what was earned to its creator, in the order in which it became claimable, and locks nothing', async () => {
    const made = await claimable(bench.world, bench.market, { milestones: 4, unlocked: 0 });
    const [first = '', second = '', third = '', fourth = ''] = made.milestoneIds;
    for (const milestoneId of [second, first, third]) {
      await complete(bench.world, made, milestoneId);
      await signal(bench.world, bench.market.whale, { id: made.id, milestoneId });
      await bench.world.travelTo(((await bench.world.chainSeconds()) + 5) * 1_000);
      await normalize(bench.world, { commitmentId: made.id });
    }
    await bench.fund(made, UNLOCK + UNLOCK / 2n);
    const { earned, earnedLamports, legFeeLamports, ...rest } = await fail(bench.world, bench.admin, made);
    const fee = BigInt(legFeeLamports);
    const left = UNLOCK / 2n - 2n * fee;
    expect(earned).toEqual([
      { milestoneId: second, amountLamports: Number(UNLOCK) },
      { milestoneId: first, amountLamports: Number(left) },
      { milestoneId: third, amountLamports: 0 },
    ]);
    expect(earnedLamports).toBe(Number(UNLOCK + left));
    expect(rest).toMatchObject({ potLamports: 0, destinationLamports: 0, shares: [] });
    expect(await bench.show(made)).toMatchObject({ status: 'failed' });
    expect(await bench.statusesOf(made)).toEqual(['claimable', 'claimable', 'claimable', 'forfeited']);

    const creator = made.creator.address;
    const before = await held(creator);
    // In any order: the smaller one first.
    for (const milestoneId of [first, second])
      expect((await bench.release({ ...made, milestoneId })).status).toBe(200);
    expect(await held(creator)).toBe(before + UNLOCK + left);
    expect(await held(made.escrow)).toBe(0n);
    expect((await bench.show(made)).milestones[0]).toMatchObject({ paidLamports: Number(left) });
    expect((await bench.show(made)).milestones[1]).not.toHaveProperty('paidLamports');
    const unpaid = { ...made, milestoneId: third };
    expect(await statusAndCode(bench.release(unpaid))).toEqual([422, 'escrow_underfunded']);
    expect(await statusAndCode(bench.release({ ...made, milestoneId: fourth }))).toEqual([
      409,
      'not_claimable',
    ]);
    // What comes later fills it up before it is stray.
    await finish(bench.world);
    await bench.fund(made, 2n * UNLOCK);
    expect((await bench.release(unpaid)).status).toBe(200);
    expect(await held(creator)).toBe(before + 2n * UNLOCK + left);
    expect((await paidOutOf(bench.world, made)).map(({ to }) => to)).toEqual([creator, creator, creator]);
  });

  it('T12: is refused where nothing would be forfeited', async () => {
    const made = await claimable(bench.world, bench.market);
    expect(await statusAndCode(announce(bench.world, bench.admin, made))).toEqual([409, 'nothing_to_fail']);
    expect((await bench.show(made)).status).toBe('active');
  });

  it('T12: still weighs what was due at the announcement, and only what is earned stays releasable meanwhile', async () => {
    const made = await claimable(bench.world, bench.market, {
      milestones: 3,
      unlocked: 0,
      lamports: 5n * UNLOCK,
    });
    const [due = '', unapproved = ''] = made.milestoneIds;
    for (const milestoneId of [due, unapproved]) await complete(bench.world, made, milestoneId);
    await signal(bench.world, bench.market.whale, { id: made.id, milestoneId: due });
    await announce(bench.world, bench.admin, made);
    expect(await statusAndCode(complete(bench.world, made, made.milestoneIds[2]))).toEqual(ENDED);
    await normalize(bench.world, { commitmentId: made.id });
    expect(await bench.statusesOf(made)).toEqual(['claimable', 'completed', 'locked']);
    const milestone = await shownMilestone(bench.world, made);
    expect(milestone.waitingFor).toMatchObject([{ condition: 'commitment_active', value: 'failing' }]);
    expect(await statusAndCode(bench.release(made))).toEqual(ENDED);
    await bench.world.travelTo(Date.parse(String(milestone['earnedAt'])) + 1_000);
    expect((await bench.release(made)).status).toBe(200);
    await finish(bench.world);
    await takeEffect(bench.world, made);
    expect(await bench.statusesOf(made)).toEqual(['released', 'forfeited', 'forfeited']);
  });

  it('R11: is announced though no balance can be looked up, waits with a reason, and continues where it was', async () => {
    const made = await completed(bench.world, bench.market);
    const voters = await Promise.all([holds(30n), holds(40n)]);
    for (const wallet of voters) await signal(bench.world, wallet, made);
    await bench.fund(made, SOL);
    await settleChain(bench.world.chain);
    bench.rpc.plan = on('getSignaturesForAddress', () => ({ kind: 'status', status: 503 }));
    expect((await announce(bench.world, bench.admin, made)).status).toBe(202);
    await passNotice(bench.world, made);
    expect(await run()).toEqual({ due: 1, frozen: 0, waiting: 1 });
    expect(await announcedOf(bench.world, made)).toMatchObject({
      enrolledWallets: 2,
      weighedWallets: 0,
      waitingFor: expect.stringContaining('No Solana RPC endpoint answered'),
    });
    await run();
    expect(await bench.auditOf('failure_waiting_error', made)).toHaveLength(1);
    // A node whose history begins later is not guessed for.
    bench.rpc.plan = on('getFirstAvailableBlock', () => ({ kind: 'answer', result: 2 ** 52 }));
    await pollUntil('the failure to say so', async () => {
      await run();
      return (await announcedOf(bench.world, made)).waitingFor?.includes('its history begins at slot');
    });
    expect(await statusAndCode(callOff(bench.admin, made))).toEqual([409, 'decision_window_passed']);
    bench.rpc.plan = honest;
    await pollUntil('the failure to take effect', async () => (await run()).frozen === 1);
    expect(
      (await distributionOf(bench.world, made)).shares.map(({ weightRaw }) => weightRaw).toSorted(),
    ).toEqual([30n, 40n].map((tokens) => String(tokens * TOKEN)));
  });

  it('M5, R11: is announced while a release is under way, and takes effect when that has ended', async () => {
    const made = await claimable(bench.world, bench.market, {
      milestones: 3,
      unlocked: 2,
      lamports: 3n * UNLOCK,
    });
    bench.rpc.plan = denyStatuses(bench.rpc);
    const paying = bench.release(made);
    const lock = await pollUntil('a signed release', async () => {
      const found = await bench.lockOf(made);
      return found?.txSig ? found : undefined;
    });
    const { status } = await announce(bench.world, bench.admin, made);
    expect(status).toBe(202);
    await passNotice(bench.world, made);
    expect(await run()).toMatchObject({ due: 1, waiting: 1 });
    const waiting = (
      await client().get<{ waitingFor: string }>(`/commitments/${made.id}/failure-distribution`)
    ).body;
    expect(waiting.waitingFor).toContain('a payout of the escrow is in progress');
    expect((await bench.lockOf(made))?.txSig).toBe(lock.txSig);
    bench.rpc.plan = honest;
    await paying;
    expect(await run()).toMatchObject({ due: 1, frozen: 1 });
    expect(await statusAndCode(announce(bench.world, bench.admin, made))).toEqual([409, 'already_resolved']);
    // The second milestone is earned: it stays releasable after the failure.
    const [, second = '', third = ''] = made.milestoneIds;
    expect((await bench.release({ ...made, milestoneId: second })).status).toBe(200);
    expect(await statusAndCode(bench.release({ ...made, milestoneId: third }))).toEqual([
      409,
      'not_claimable',
    ]);
    await finish(bench.world);
    expect(await bench.statusesOf(made)).toEqual(['released', 'released', 'forfeited']);
    expect((await claim(client(), bench.market.whale, made)).status).toBe(200);
    const spent = (await paidOutOf(bench.world, made)).map(
      ({ lamports, feeLamports }) => lamports + feeLamports,
    );
    expect(spent.reduce((all, one) => all + one, 0n)).toBe(3n * UNLOCK);
    expect(await held(made.escrow)).toBe(0n);
  });

  it('N6: costs the job one statement for all that is not due', async () => {
    const none = await statementsOf(bench.world, run);
    await announce(bench.world, bench.admin, await reward(bench.world, bench.market));
    expect((await statementsOf(bench.world, run)).length).toBe(none.length);
    expect(none.filter(({ sql }) => sql.includes('failure_'))).toHaveLength(1);
  });
});

describe('an announced failure that somebody is against', () => {
  const other = TestWallet.generate();
  const bothAdmins = () =>
    bench.restart({ ADMIN_WALLET_PUBKEYS: `${bench.world.admin.address},${other.address}` });

  it('T12: is called off by any admin, and announced again by two', async () => {
    await bothAdmins();
    const second = await bench.world.adminClient(other);
    const made = await completed(bench.world, bench.market);
    const wallet = await holds(300n);
    await bench.fund(made, SOL);
    await announce(bench.world, bench.admin, made);
    await enroll(client(), wallet, made);
    const { body } = await callOff(second, made);
    expect(body.status).toBe('active');
    expect(body).not.toHaveProperty('failureEffectiveAt');
    expect(await statusAndCode(callOff(second, made))).toEqual([409, 'not_failing']);
    expect(await statusAndCode(enroll(client(), wallet, made))).toEqual([409, 'not_failing']);
    expect((await refusal(distributionOf(bench.world, made))).code).toBe('distribution_not_found');
    expect(await signal(bench.world, wallet, made)).toMatchObject({ inVoteWindow: true });

    for (let times = 0; times < 2; times += 1)
      expect((await announce(bench.world, bench.admin, made)).body.commitment.status).toBe('active');
    expect((await announce(bench.world, second, made)).body.commitment.status).toBe('failing');
    // Enrollments of the first one have lapsed; the approval counts.
    expect((await announcedOf(bench.world, made)).enrolledWallets).toBe(0);
    await takeEffect(bench.world, made);
    const { shares } = await distributionOf(bench.world, made);
    expect(shares).toMatchObject([{ wallet: wallet.address, weightRaw: String(300n * TOKEN) }]);
    expect((await claim(client(), wallet, made)).status).toBe(200);
  });

  it('T16: waits for another admin when its announcer is none any more', async () => {
    await bothAdmins();
    const second = await bench.world.adminClient(other);
    const [made, dropped] = [
      await reward(bench.world, bench.market),
      await reward(bench.world, bench.market),
    ];
    for (const one of [made, dropped]) await announce(bench.world, second, one);
    expect(await statusAndCode(announce(bench.world, bench.admin, made))).toEqual(ENDED);
    await bench.restart();
    await passNotice(bench.world, dropped);
    expect(await run()).toMatchObject({ waiting: 2 });
    expect((await announcedOf(bench.world, made)).waitingFor).toContain('is no admin any more');
    expect((await callOff(bench.admin, dropped)).body.status).toBe('active');
    expect((await announce(bench.world, bench.admin, made)).status).toBe(202);
    expect(await run()).toMatchObject({ frozen: 1, waiting: 0 });
    await finish(bench.world);
    expect((await bench.show(made)).status).toBe('failed');
  });

  it('gives open vote windows back the time that was lost', async () => {
    const made = await completed(bench.world, bench.market);
    await announce(bench.world, bench.admin, made);
    await bench.world.travelTo(((await bench.world.chainSeconds()) + 86_400) * 1_000);
    await callOff(bench.admin, made);
    expect(await signal(bench.world, await holds(30n), made)).toMatchObject({ inVoteWindow: true });
    await bench.world.travelTo(((await bench.world.chainSeconds()) + 86_400) * 1_000);
    expect(await signal(bench.world, await holds(30n), made)).toMatchObject({ inVoteWindow: false });
  });
});

describe('a printed token', () => {
  it('R2: shares a failure only as far as approvals had recorded it before', async () => {
    const made: Reward = await completed(bench.world, bench.market);
    const [voter, quiet] = await Promise.all([holds(30n), holds(70n)]);
    await signal(bench.world, voter, made);
    await bench.fund(made, SOL);
    const { creator, mint } = bench.market;
    await mintTo(bench.world.chain.rpcUrl, creator, mint, voter.address, 1_000n * TOKEN);
    await announce(bench.world, bench.admin, made);
    expect((await announcedOf(bench.world, made)) as object).toMatchObject({ supplyGrown: true });
    await enroll(client(), quiet, made);
    await takeEffect(bench.world, made);
    expect((await distributionOf(bench.world, made)).shares).toMatchObject([
      { wallet: voter.address, weightRaw: String(30n * TOKEN) },
    ]);
  });
});
