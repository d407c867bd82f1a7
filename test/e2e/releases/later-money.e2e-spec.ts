import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OverviewDto } from '#src/operations/overview.dto.js';
import { FailureRounds } from '#src/releases/distributions/rounds/failure-rounds.service.js';
import { LaterMoney } from '#src/releases/distributions/rounds/later-money.service.js';
import { claim, distributionOf, fail } from '../../support/builders/failures.js';
import { statusAndCode } from '../../support/builders/personal.js';
import { ReleaseBench, settled } from '../../support/builders/release-bench.js';
import { paidOutOf } from '../../support/builders/releases.js';
import { completed, holder, type Reward, reward, signal, TOKEN } from '../../support/builders/rewards.js';
import { finalize } from '../../support/builders/sweeps.js';
import { proofOf, verifierSays } from '../../support/checks/proof.js';
import { balanceOf, SOL, TestWallet } from '../../support/builders/wallets.js';

const RENT = 890_880n;

let bench: ReleaseBench;
beforeAll(async () => {
  bench = await ReleaseBench.start();
});
afterEach(() => bench.heal());
afterAll(async () => {
  await bench?.stop();
});

const held = (address: string) => balanceOf(bench.world.chain.rpcUrl, address);
const voter = (tokens: bigint) => holder(bench.world, bench.market, tokens * TOKEN);
const rounds = () => bench.world.app.get(LaterMoney).run();
const pay = (wallet: TestWallet, made: Reward) => claim(bench.world.client(), wallet, made);
const add = async (made: Reward, lamports: bigint) => bench.fund(made, (await held(made.escrow)) + lamports);

/** What each of its shares pays the wallet, the first round first. */
async function sharesOf(wallet: TestWallet, made: Reward): Promise<bigint[]> {
  const { shares } = await distributionOf(bench.world, made);
  return shares.filter((one) => one.wallet === wallet.address).map((one) => BigInt(one.amountLamports));
}

async function isOwed({ address }: TestWallet, made: Reward): Promise<boolean> {
  const { shares } = await distributionOf(bench.world, made);
  return shares.some(({ wallet, status }) => wallet === address && status !== 'paid');
}

describe('money that reaches the escrow of a failed commitment later', () => {
  it('T12: waits up to 1 SOL, then is shared out in rounds by the weights of the failure, to the lamport', async () => {
    const [treasury, destination] = [TestWallet.generate().address, TestWallet.generate().address];
    await bench.restart({ FAILURE_TREASURY_BPS: '1000', FAILURE_TREASURY_PUBKEY: treasury });
    const made = await completed(bench.world, bench.market, { destinationOnFail: destination });
    const [a, b] = await Promise.all([voter(300n), voter(100n)]);
    await Promise.all([a, b].map((wallet) => signal(bench.world, wallet, made)));
    await bench.fund(made, SOL);
    await fail(bench.world, bench.admin, made);
    expect((await pay(a, made)).status).toBe(200);
    await finalize(bench.world, made);

    await add(made, SOL);
    expect(await rounds()).toMatchObject({ frozen: 0, waiting: 0 });
    const forward = bench.admin.act('admin.stray.forward', { commitmentId: made.id });
    expect(await statusAndCode(forward)).toEqual([409, 'belongs_to_holders']);
    expect((await distributionOf(bench.world, made)).rounds).toEqual([]);

    // One lamport more. What b has not claimed yet stays its own, whatever is shared out now.
    await add(made, 1n);
    const unclaimed = BigInt((await distributionOf(bench.world, made)).unclaimedLamports);
    const many = Array.from({ length: 4 }, () => bench.world.app.get(FailureRounds).freeze(made.id));
    expect(
      (await Promise.allSettled(many)).filter((one) => one.status === 'fulfilled' && one.value === 'frozen'),
    ).toHaveLength(1);
    const shown = await distributionOf(bench.world, made);
    // Each round offers what the market of its own day asks for.
    const fee = BigInt(shown.rounds[0]?.feeLamports ?? 0) / 3n;
    const given = SOL + 1n - RENT - 3n * fee;
    expect(shown.rounds).toMatchObject([
      {
        round: 1,
        keptLamports: Number(unclaimed + BigInt(shown.legFeeLamports) + RENT),
        treasuryLamports: Number(given / 10n),
        potLamports: Number(given - given / 10n),
        feeLamports: Number(3n * fee),
      },
    ]);
    const pot = given - given / 10n;
    const [ofA = 0n, ofB = 0n] = [(await sharesOf(a, made))[1], (await sharesOf(b, made))[1]];
    expect(ofA + ofB).toBe(pot);
    expect([(pot * 3n) / 4n, (pot * 3n) / 4n + 1n]).toContain(ofA);
    expect(await rounds()).toMatchObject({ frozen: 0 });

    // One claim pays one share: b's of the failure first.
    const before = await held(b.address);
    const [firstOfB = 0n] = await sharesOf(b, made);
    await pay(b, made);
    expect(await held(b.address)).toBe(before + firstOfB);
    await pay(b, made);
    expect(await held(b.address)).toBe(before + firstOfB + ofB);
    expect(await statusAndCode(pay(b, made))).toEqual([409, 'already_claimed']);

    // A second round, while a's share of the first one is unclaimed.
    await finalize(bench.world, made);
    await add(made, 3n * SOL);
    expect(await rounds()).toMatchObject({ frozen: 1 });
    const beforeA = await held(a.address);
    const [, , second = 0n] = await sharesOf(a, made);
    const once = await settled(Array.from({ length: 8 }, () => pay(a, made)));
    expect(once.refused.filter(({ code }) => code !== 'signature_used')).toEqual([]);
    await finalize(bench.world, made);
    for (const wallet of [a, b]) while (await isOwed(wallet, made)) await pay(wallet, made);
    await finalize(bench.world, made);
    expect(await held(a.address)).toBe(beforeA + ofA + second);
    expect(await held(made.escrow)).toBe(RENT);
    expect(await held(destination)).toBe(0n);
    const paid = await paidOutOf(bench.world, made);
    const spent = paid.reduce((all, { lamports, feeLamports }) => all + lamports + feeLamports, 0n);
    expect(spent).toBe(5n * SOL + 1n - RENT);
    expect(
      (await verifierSays(await proofOf(bench.world, made.id), '--rpc', bench.world.chain.rpcUrl)).code,
    ).toBe(0);
    await bench.restart();
  });

  it('T12: goes to destinationOnFail only where nobody was eligible', async () => {
    const destination = TestWallet.generate().address;
    const made = await reward(bench.world, bench.market, { destinationOnFail: destination });
    await bench.fund(made, SOL);
    await fail(bench.world, bench.admin, made);
    await finalize(bench.world, made);
    const before = await held(destination);
    await add(made, 2n * SOL);
    expect(await rounds()).toMatchObject({ frozen: 0 });
    await bench.admin.act('admin.stray.forward', { commitmentId: made.id });
    expect(await held(made.escrow)).toBe(0n);
    expect(await held(destination)).toBeGreaterThan(before + 2n * SOL - 100_000n);
  });

  it('T12: is shared out where the failure itself found nothing to share', async () => {
    const made = await completed(bench.world, bench.market);
    const owner = await voter(300n);
    await signal(bench.world, owner, made);
    const { shares } = await fail(bench.world, bench.admin, made);
    expect(shares).toEqual([]);
    await add(made, 2n * SOL);
    expect(await rounds()).toMatchObject({ frozen: 1 });
    const before = await held(owner.address);
    const [amount = 0n] = await sharesOf(owner, made);
    expect((await pay(owner, made)).status).toBe(200);
    expect(await held(owner.address)).toBe(before + amount);
    expect(await held(made.escrow)).toBe(RENT);
  });

  it('says why a round cannot be frozen, in one alarm when that lasts, and no more once it is', async () => {
    const made = await completed(bench.world, bench.market);
    const owner = await voter(300n);
    await signal(bench.world, owner, made);
    await bench.fund(made, SOL);
    await fail(bench.world, bench.admin, made);
    // Confirmed, and not final yet.
    expect((await pay(owner, made)).status).toBe(200);
    await add(made, 2n * SOL);
    const waiting = async () =>
      (await bench.admin.get<OverviewDto>('/admin/overview')).body.waitingRounds.filter(
        ({ commitmentId }) => commitmentId === made.id,
      );
    const wait = { waitingFor: 'a payout of the escrow is in progress' };
    expect(await rounds()).toMatchObject({ frozen: 0, waiting: 1 });
    expect(await waiting()).toMatchObject([wait]);
    expect(await bench.auditOf('failure_round_delayed_error', made)).toEqual([]);
    await bench.world.sql("UPDATE failure_round_waits SET since = since - interval '1 hour'");
    for (let run = 0; run < 2; run += 1) expect(await rounds()).toMatchObject({ waiting: 1 });
    expect(await waiting()).toMatchObject([wait]);
    expect(await bench.auditOf('failure_round_delayed_error', made)).toHaveLength(1);
    await finalize(bench.world, made);
    expect(await rounds()).toMatchObject({ frozen: 1, waiting: 0 });
    expect(await waiting()).toEqual([]);
  });

  it('T8: no row about a round can be changed or added, and no claim pays another amount', async () => {
    const refused = [
      'UPDATE failure_rounds SET pot_lamports = pot_lamports + 1',
      'DELETE FROM failure_round_shares',
      'UPDATE failure_round_shares SET amount_lamports = amount_lamports + 1',
      `INSERT INTO failure_round_shares SELECT commitment_id, round, repeat('1', 44), 1, 1 FROM failure_rounds`,
      `INSERT INTO failure_rounds SELECT commitment_id, round + 1, escrow_balance_lamports, kept_lamports, treasury_lamports,
         pot_lamports, leg_fee_lamports, fee_total_lamports, frozen_at
         FROM (SELECT DISTINCT ON (commitment_id) * FROM failure_rounds ORDER BY commitment_id, round DESC) AS last`,
      `INSERT INTO payouts (id, commitment_id, purpose, business_key, part, source, destination, amount_lamports, drain, next_run_at,
         requested_by, created_at)
       SELECT gen_random_uuid(), commitment_id, 'distribution_claim', 'distribution_claim:' || commitment_id || ':' || destination,
              1, escrow, destination, 1, false, now(), 'x', now() FROM failure_distributions`,
    ];
    for (const sql of refused)
      await expect(bench.world.sql(sql), sql).rejects.toThrow(/refused|lamports of shares|pays no share/);
  });
});
