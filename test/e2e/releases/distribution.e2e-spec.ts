import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { encodeBase58 } from '#src/common/text/base58.js';
import { transferTokens } from '#src/local/chain/token.js';
import { PayoutDriver } from '#src/releases/engine/payout-driver.service.js';
import { PayoutOrders } from '#src/releases/engine/payout-orders.service.js';
import {
  announce,
  claim,
  distributionOf,
  fail,
  promisedBy,
  settleChain,
  takeEffect,
} from '../../support/builders/failures.js';
import { create, refusal, signingText, statusAndCode } from '../../support/builders/personal.js';
import { pollUntil } from '../../support/poll.js';
import type { RawAnswer } from '../../support/proxies/raw-http.js';
import { ReleaseBench, settled } from '../../support/builders/release-bench.js';
import { paidOutOf, UNLOCK } from '../../support/builders/releases.js';
import {
  complete,
  completed,
  holder,
  type Reward,
  reward,
  signal,
  TOKEN,
} from '../../support/builders/rewards.js';
import { countOf, denyStatuses, honest } from '../../support/proxies/rpc-faults.js';
import { balanceOf, SOL, TestWallet } from '../../support/builders/wallets.js';

const RENT = 890_880n;
const NOWHERE = '0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e6f';

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
const voter = (tokens: bigint) => holder(bench.world, bench.market, tokens * TOKEN);
const sum = (list: readonly bigint[]) => list.reduce((all, one) => all + one, 0n);

/** A wallet that holds tokens and no SOL. */
async function emptyVoter(tokens: bigint): Promise<TestWallet> {
  const wallet = TestWallet.generate();
  const { mint, creator } = bench.market;
  await transferTokens(bench.world.chain.rpcUrl, creator, wallet.address, mint, tokens * TOKEN);
  return wallet;
}

/** Everything that has left the escrow, fees included. */
async function spentBy(made: Reward): Promise<bigint> {
  return sum((await paidOutOf(bench.world, made)).map(({ lamports, feeLamports }) => lamports + feeLamports));
}

describe('the failure of a reward commitment', () => {
  it('M11, M13: freezes the split, and chain and plan agree to the lamport', async () => {
    const treasury = TestWallet.generate().address;
    await bench.restart({ FAILURE_TREASURY_BPS: '1000', FAILURE_TREASURY_PUBKEY: treasury });
    const milestones = ['One', 'Two'].map((title) => ({ title, unlockLamports: Number(UNLOCK) }));
    const made = await completed(bench.world, bench.market, { milestones });
    await bench.restart();
    const [, second = ''] = made.milestoneIds;
    await complete(bench.world, made, second);
    const [a, b, c, gone] = await Promise.all([voter(300n), voter(100n), voter(200n), voter(150n)]);
    await Promise.all([a, b, c, gone].map((wallet) => signal(bench.world, wallet, made)));
    await signal(bench.world, c, { id: made.id, milestoneId: second });
    const { rpcUrl } = bench.world.chain;
    await transferTokens(rpcUrl, gone, a.address, bench.market.mint, 150n * TOKEN);
    await bench.world.travelTo(((await bench.world.chainSeconds()) + 90_000) * 1_000);
    const late = await voter(500n);
    expect(await signal(bench.world, late, made)).toMatchObject({ inVoteWindow: false });
    await bench.fund(made, SOL);

    const distribution = await fail(bench.world, bench.admin, made);
    const fee = BigInt(distribution.legFeeLamports);
    expect(fee).toBeGreaterThanOrEqual(5_000n);
    const share = (SOL - 4n * fee) / 10n;
    const pot = SOL - 4n * fee - share;
    expect(distribution).toMatchObject({
      escrowBalanceLamports: Number(SOL),
      treasury,
      treasuryLamports: Number(share),
      potLamports: Number(pot),
      destinationLamports: 0,
      feeLamports: Number(4n * fee),
      reserveLamports: 0,
      unclaimedLamports: Number(pot),
      unclaimedShares: 3,
    });
    const amounts = new Map(
      distribution.shares.map((one) => [one.wallet, [one.weightRaw, one.amountLamports]]),
    );
    const tokens = (wallet: TestWallet) => amounts.get(wallet.address);
    expect(amounts.size).toBe(3);
    // What `gone` has given to `a` is a's, and counts once; so do two approvals of `c`.
    const shareOfA = (pot * 450n) / 750n;
    expect(tokens(a)?.[0]).toBe(String(450n * TOKEN));
    const amountOfA = BigInt(tokens(a)?.[1] ?? 0);
    expect([shareOfA, shareOfA + 1n]).toContain(amountOfA);
    expect(tokens(b)?.[0]).toBe(String(100n * TOKEN));
    expect(tokens(c)?.[0]).toBe(String(200n * TOKEN));
    expect(await bench.payoutsOf(made)).toMatchObject([
      { purpose: 'failure_treasury', destination: treasury },
    ]);
    expect(await held(treasury)).toBe(share);
    expect(await bench.show(made)).toMatchObject({
      status: 'failed',
      milestones: [{ status: 'forfeited' }, { status: 'forfeited' }],
    });
    expect(await bench.auditOf('admin_failure_announced', made)).toMatchObject([
      { actor: bench.world.admin.address },
    ]);
    expect(await bench.auditOf('commitment_failure_effective', made)).toMatchObject([
      { fields: { potLamports: Number(pot), shares: 3 } },
    ]);
    expect(await statusAndCode(announce(bench.world, bench.admin, made))).toEqual([409, 'already_resolved']);

    await expectSharesProtected(made, pot + 3n * fee);
    for (const wallet of [gone, late, TestWallet.generate()]) {
      expect(await statusAndCode(claim(client(), wallet, made))).toEqual([403, 'no_share']);
    }
    await expectClaimedOnce(made, a, amountOfA);
    expect((await distributionOf(bench.world, made)).unclaimedShares).toBe(2);
    // Dust that would make the last transfer impossible were it left behind.
    const before = await held(c.address);
    const { body: paid } = await claim(client(), b, made);
    await bench.fund(made, (await held(made.escrow)) + 1n);
    const last = await claim(client(), c, made);
    expect(last.status).toBe(200);
    expect(await held(c.address)).toBe(before + BigInt(tokens(c)?.[1] ?? 0) + 1n);
    expect(await held(made.escrow)).toBe(0n);
    expect(await spentBy(made)).toBe(SOL + 1n);
    const after = await distributionOf(bench.world, made, '?limit=2');
    expect(after).toMatchObject({ unclaimedShares: 0, unclaimedLamports: 0, potLamports: Number(pot) });
    expect(after.shares.map((one) => one.status)).toEqual(['paid', 'paid']);
    const rest = await distributionOf(bench.world, made, `?limit=2&cursor=${after.nextCursor}`);
    const shown = [...after.shares, ...rest.shares];
    expect(rest.nextCursor).toBeNull();
    expect(shown.map(({ wallet }) => wallet)).toEqual(distribution.shares.map(({ wallet }) => wallet));
    expect(shown.find(({ wallet }) => wallet === b.address)?.signature).toBe(paid.signature);
    expect(promisedBy(after) + 4n * fee).toBe(SOL);
  });

  it('M13: in which nobody shares pays all of it to destinationOnFail', async () => {
    const made = await reward(bench.world, bench.market);
    const destination = TestWallet.generate().address;
    const other = await reward(bench.world, bench.market, { destinationOnFail: destination });
    await bench.fund(other, SOL);
    const distribution = await fail(bench.world, bench.admin, other);
    expect(distribution).toMatchObject({ potLamports: 0, treasuryLamports: 0, shares: [] });
    expect((await bench.show(other)).status).toBe('failed');
    expect(await bench.payoutsOf(other)).toMatchObject([
      { purpose: 'failure_destination', destination, status: 'confirmed' },
    ]);
    expect(await held(destination)).toBe(BigInt(distribution.destinationLamports));
    expect(await held(other.escrow)).toBe(0n);
    expect(await statusAndCode(claim(client(), bench.market.whale, other))).toEqual([403, 'no_share']);

    // Nothing there, nothing to pay.
    expect(promisedBy(await fail(bench.world, bench.admin, made))).toBe(0n);
    expect((await bench.show(made)).status).toBe('failed');
    expect(await bench.payoutsOf(made)).toEqual([]);
  });

  it('M12, M18: small shares can be claimed in any order, and the reserve ends at destinationOnFail', async () => {
    const destination = TestWallet.generate().address;
    const made = await completed(bench.world, bench.market, { destinationOnFail: destination });
    const [big, small] = [await voter(1_000n), await emptyVoter(21n)];
    await Promise.all([big, small].map((wallet) => signal(bench.world, wallet, made)));
    await bench.fund(made, 10_000_000n);
    const distribution = await fail(bench.world, bench.admin, made);
    expect((await bench.show(made)).status).toBe('failed');
    expect(distribution).toMatchObject({
      reserveLamports: Number(RENT),
      feeLamports: 3 * distribution.legFeeLamports,
    });
    const amount = (wallet: TestWallet) =>
      BigInt(distribution.shares.find((one) => one.wallet === wallet.address)?.amountLamports ?? 0);
    expect(amount(small)).toBeLessThan(RENT);

    const before = await bench.world.rowsDigest(['audit_logs']);
    const { code, problem } = await refusal(claim(client(), small, made));
    expect([code, problem['detail']]).toEqual([
      'destination_not_payable',
      expect.stringContaining(String(RENT)),
    ]);
    expect(await bench.world.rowsDigest(['audit_logs'])).toEqual(before);
    await bench.world.chain.cheats.fundSol(small.address, RENT);
    await expectClaimedOnce(made, big, amount(big));
    expect((await claim(client(), small, made)).status).toBe(200);
    expect(await held(small.address)).toBe(RENT + amount(small));
    await pollUntil('the reserve to be paid', async () => {
      await bench.world.app.get(PayoutDriver).runOnce();
      return (await held(made.escrow)) === 0n ? true : undefined;
    });
    expect(await held(destination)).toBe(RENT);
    expect(await spentBy(made)).toBe(10_000_000n);
  });

  it('T12: money that comes after the freezing does not leave with the reserve', async () => {
    const destination = TestWallet.generate().address;
    const made = await completed(bench.world, bench.market, { destinationOnFail: destination });
    const [big, small] = [await voter(1_000n), await voter(21n)];
    await Promise.all([big, small].map((wallet) => signal(bench.world, wallet, made)));
    await bench.fund(made, 10_000_000n);
    const { reserveLamports, legFeeLamports } = await fail(bench.world, bench.admin, made);
    expect(reserveLamports).toBe(Number(RENT));
    expect((await claim(client(), big, made)).status).toBe(200);
    // Creator fees that arrive while one holder has not claimed yet.
    const later = 3n * SOL;
    await bench.fund(made, (await held(made.escrow)) + later);
    expect((await claim(client(), small, made)).status).toBe(200);
    await pollUntil('the reserve to be paid', async () => {
      await bench.world.app.get(PayoutDriver).runOnce();
      return (await held(destination)) > 0n || undefined;
    });
    expect(await held(destination)).toBe(RENT);
    expect(await held(made.escrow)).toBe(later);
    expect((await paidOutOf(bench.world, made)).at(-1)).toMatchObject({
      to: destination,
      lamports: RENT,
      feeLamports: BigInt(legFeeLamports),
    });
  });

  it("M10: a claim that meets another voter's payment on its way waits for it, and is paid", async () => {
    const made = await completed(bench.world, bench.market);
    const [a, b] = await Promise.all([voter(300n), voter(100n)]);
    await Promise.all([a, b].map((wallet) => signal(bench.world, wallet, made)));
    await bench.fund(made, SOL);
    await fail(bench.world, bench.admin, made);
    // Landed and not booked: the escrow holds less already, and is still promised to owe it.
    bench.rpc.plan = denyStatuses(bench.rpc);
    const first = claim(client(), a, made);
    await pollUntil('the first payment', async () => (await held(made.escrow)) < SOL || undefined);
    const asked = countOf(bench.rpc, 'getMultipleAccounts');
    const second = settled([claim(client(), b, made)]);
    await pollUntil('the second look', () => countOf(bench.rpc, 'getMultipleAccounts') > asked || undefined);
    bench.rpc.plan = honest;
    expect((await first).status).toBe(200);
    expect((await second).refused).toEqual([]);
    expect(await held(made.escrow)).toBe(0n);
    expect(await spentBy(made)).toBe(SOL);
  });

  it('with an Idempotency-Key is answered alike, and so is a claim', async () => {
    const made = await completed(bench.world, bench.market);
    const owner = await voter(300n);
    await signal(bench.world, owner, made);
    await bench.fund(made, SOL);
    const path = `/commitments/${made.id}/failure`;
    const admin = await bench.world.adminHeaders();
    const params = { commitmentId: made.id };
    const act = JSON.stringify(await bench.world.actBody('admin.commitment.failure', params));
    await settleChain(bench.world.chain);
    await expectRepeated(
      () => bench.world.post(path, act, { ...admin, 'idempotency-key': 'fail-once' }),
      202,
    );
    await takeEffect(bench.world, made);
    const { message, issuedAt } = await signingText(bench.world, owner, 'distribution.claim', params);
    const signature = owner.signBase58(message);
    const body = JSON.stringify({ wallet: owner.address, issuedAt, signature });
    const claimPath = `/commitments/${made.id}/failure-distribution/claim`;
    await expectRepeated(() => bench.world.post(claimPath, body, { 'idempotency-key': 'claim-once' }));
    expect(await paidOutOf(bench.world, made)).toMatchObject([{ to: owner.address }]);
    const withoutKey = await bench.world.post(claimPath, body, {});
    expect([withoutKey.status, withoutKey.body['code']]).toEqual([409, 'already_claimed']);
  });

  it('of what cannot fail is refused, and so are claims of it', async () => {
    const made = await reward(bench.world, bench.market);
    const personal = await create(bench.world);
    const nowhere = announce(bench.world, bench.admin, { id: NOWHERE });
    expect(await statusAndCode(nowhere)).toEqual([404, 'commitment_not_found']);
    expect(await statusAndCode(distributionOf(bench.world, { id: NOWHERE }))).toEqual([
      404,
      'commitment_not_found',
    ]);
    for (const one of [made, personal]) {
      expect(await statusAndCode(distributionOf(bench.world, one))).toEqual([404, 'distribution_not_found']);
      expect(await statusAndCode(claim(client(), bench.market.whale, one))).toEqual([
        409,
        'not_resolved_as_failure',
      ]);
    }
  });
});

describe('a failure and the fee payer', () => {
  const payer = TestWallet.generate();
  const withPayer = { ESCROW_FEE_PAYER_SECRET_KEY: encodeBase58(payer.keypair.secretKey) };
  const drive = async (made: Reward) =>
    pollUntil('the escrow to be empty', async () => {
      await bench.world.app.get(PayoutDriver).runOnce();
      return (await held(made.escrow)) === 0n || undefined;
    });

  it('M12, M18: frozen with one, it pays every fee; without it claims are refused, and work once it is back', async () => {
    const [treasury, destination] = [TestWallet.generate().address, TestWallet.generate().address];
    await bench.fund({ escrow: payer.address } as Reward, SOL);
    const terms = { FAILURE_TREASURY_BPS: '1000', FAILURE_TREASURY_PUBKEY: treasury };
    await bench.restart({ ...withPayer, ...terms });
    const made = await completed(bench.world, bench.market, { destinationOnFail: destination });
    const [a, b, small] = [await voter(100_000n), await voter(50_000n), await voter(21n)];
    await Promise.all([a, b, small].map((wallet) => signal(bench.world, wallet, made)));
    await bench.fund(made, SOL);

    const distribution = await fail(bench.world, bench.admin, made);
    expect(distribution).toMatchObject({
      legFeeLamports: 0,
      feeLamports: 0,
      reserveLamports: Number(RENT),
      strandedLamports: 0,
    });
    const amounts = new Map(distribution.shares.map((one) => [one.wallet, BigInt(one.amountLamports)]));
    expect(amounts.get(small.address)).toBeLessThan(RENT);
    expect(promisedBy(distribution)).toBe(SOL);
    const expectPaid = async (wallet: TestWallet) => {
      const before = await held(wallet.address);
      expect((await claim(client(), wallet, made)).status).toBe(200);
      expect(await held(wallet.address)).toBe(before + (amounts.get(wallet.address) ?? 0n));
    };
    await expectPaid(small);

    await bench.restart();
    const rows = await bench.world.rowsDigest(['audit_logs']);
    expect(await statusAndCode(claim(client(), b, made))).toEqual([503, 'fee_payer_missing']);
    expect(await bench.world.rowsDigest(['audit_logs'])).toEqual(rows);
    await bench.restart(withPayer);
    await expectPaid(b);
    await expectPaid(a);
    await drive(made);
    expect([await held(treasury), await held(destination)]).toEqual([
      BigInt(distribution.treasuryLamports),
      RENT,
    ]);
    const legs = await paidOutOf(bench.world, made);
    expect(legs.map(({ feePayer }) => feePayer)).toEqual(Array.from({ length: 5 }, () => payer.address));
    expect(sum(legs.map(({ lamports }) => lamports))).toBe(SOL);
    expect(await held(payer.address)).toBe(SOL - sum(legs.map(({ feeLamports }) => feeLamports)));
  });

  it('M12: frozen without one, the escrow pays its fees whatever is configured later', async () => {
    await bench.restart();
    const made = await completed(bench.world, bench.market);
    const [a, b] = await Promise.all([voter(300n), voter(100n)]);
    await Promise.all([a, b].map((wallet) => signal(bench.world, wallet, made)));
    await bench.fund(made, SOL);
    const fee = BigInt((await fail(bench.world, bench.admin, made)).legFeeLamports);
    expect(fee).toBeGreaterThan(0n);
    await claim(client(), a, made);
    await bench.restart(withPayer);
    const before = await held(payer.address);
    expect((await claim(client(), b, made)).status).toBe(200);
    expect(await paidOutOf(bench.world, made)).toMatchObject(
      [0, 1].map(() => ({ feePayer: made.escrow, feeLamports: fee })),
    );
    expect([await held(made.escrow), await held(payer.address)]).toEqual([0n, before]);
    await bench.restart();
  });
});

/** Nothing else may be paid out of unclaimed shares, and no row about them can be changed. */
async function expectSharesProtected(made: Reward, promised: bigint): Promise<void> {
  const { body } = await bench.admin.get<{ items: unknown[] }>('/admin/unclaimed-shares');
  expect(body.items).toMatchObject([{ commitmentId: made.id, escrow: made.escrow, unclaimedShares: 3 }]);
  expect(await held(made.escrow)).toBe(promised);
  const order = {
    id: NOWHERE,
    commitmentId: made.id,
    purpose: 'stray_forward',
    businessKey: 'stray_forward:test',
    subjectId: null,
    part: 0,
    source: made.escrow,
    destination: TestWallet.generate().address,
    amountLamports: RENT,
    drain: false,
    feeLamports: null,
    requestedBy: 'test',
  } as const;
  await expect(
    bench.world.app.get(PayoutOrders).place(order, () => Promise.resolve(true)),
  ).rejects.toMatchObject({
    code: 'escrow_underfunded',
  });
  const refused = [
    'UPDATE failure_shares SET amount_lamports = amount_lamports + 1',
    'DELETE FROM failure_shares',
    'TRUNCATE failure_shares',
    `UPDATE failure_distributions SET treasury_lamports = 0`,
    `INSERT INTO failure_shares SELECT commitment_id, destination, 1, 1 FROM failure_distributions`,
    `INSERT INTO payouts (id, commitment_id, purpose, business_key, source, destination, amount_lamports, drain, next_run_at,
       requested_by, created_at)
     SELECT '${NOWHERE}', commitment_id, 'distribution_claim', 'another key', escrow, destination, 1, false, now(), 'x', now()
       FROM failure_distributions`,
  ];
  for (const sql of refused)
    await expect(bench.world.sql(sql), sql).rejects.toThrow(/refused|lamports of shares|pays no share/);
}

/** Sent twice: done once, and answered alike to the byte. */
async function expectRepeated(send: () => Promise<RawAnswer>, status = 200): Promise<void> {
  const [first, again] = [await send(), await send()];
  expect([first.status, first.headers['idempotent-replayed']], first.text).toEqual([status, undefined]);
  const repeated = [again.status, again.text, again.headers['idempotent-replayed']];
  expect(repeated).toEqual([status, first.text, 'true']);
}

/** M10: sixteen requests at the same moment, and one payment. */
async function expectClaimedOnce(made: Reward, wallet: TestWallet, amount: bigint): Promise<void> {
  const before = await held(wallet.address);
  const { paid, refused } = await settled(Array.from({ length: 16 }, () => claim(client(), wallet, made)));
  const answers = new Set(paid.map(({ signature }) => signature));
  expect(answers.size).toBe(1);
  expect(refused.map(({ code }) => code).filter((code) => code !== 'already_claimed')).toEqual([]);
  // On a slow machine all sixteen may be answered before it has landed.
  await pollUntil('the share to arrive', async () => (await held(wallet.address)) !== before);
  expect(await held(wallet.address)).toBe(before + amount);
  const again = await refusal(claim(client(), wallet, made));
  expect(again.problem).toMatchObject({ status: 409, code: 'already_claimed', signature: [...answers][0] });
  expect(await bench.auditOf('distribution_claim_ok', made)).toContainEqual(
    expect.objectContaining({ actor: wallet.address }),
  );
}
