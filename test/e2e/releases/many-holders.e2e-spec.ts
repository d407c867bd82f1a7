import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inParallel } from '#src/common/in-parallel.js';
import { Transactions } from '#src/common/database/transactions.js';
import { enrollmentFact } from '#src/escrow/door/facts/failure-facts.js';
import { Marks } from '#src/marks/marks.service.js';
import { FailureAnnouncementRepository } from '#src/releases/failures/failure-announcement.repository.js';
import { FailureEnrollmentRepository } from '#src/releases/failures/failure-enrollment.repository.js';
import { announce, claim, takeEffect } from '../../support/builders/failures.js';
import { ReleaseBench } from '../../support/builders/release-bench.js';
import { completed, TOKEN } from '../../support/builders/rewards.js';
import { balanceOf, SOL, TestWallet } from '../../support/builders/wallets.js';
import { LONG } from '../../support/long.js';

const HOLDERS = LONG ? 5_000 : 150;
const ESCROW = 5_000n * SOL;

let bench: ReleaseBench;
beforeAll(async () => {
  bench = await ReleaseBench.start();
});
afterAll(async () => {
  await bench?.stop();
});

/** A token account that holds this much, without a transaction. */
async function giveTokens(owner: string, rawAmount: bigint): Promise<void> {
  const params = [owner, bench.market.mint, { amount: Number(rawAmount) }];
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'surfnet_setTokenAccount', params });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(bench.world.chain.rpcUrl, { method: 'POST', headers, body });
  expect(await answer.json()).not.toHaveProperty('error');
}

describe('the failure of a token with many holders', () => {
  it(`R11: splits the pot over ${HOLDERS} enrolled wallets, to the lamport`, async () => {
    const made = await completed(bench.world, bench.market);
    const holders = Array.from({ length: HOLDERS }, (_, index) => ({
      wallet: TestWallet.generate(),
      tokens: BigInt(1 + (index % 97)) * TOKEN,
    }));
    await inParallel(holders, 20, async ({ wallet, tokens }) => giveTokens(wallet.address, tokens));
    await bench.fund(made, ESCROW);
    await announce(bench.world, bench.admin, made);
    const { app } = bench.world;
    await app.get(Transactions).run(async (manager) => {
      const announced = await app.get(FailureAnnouncementRepository).findStanding(manager, made.id);
      const enrollments = holders.map(({ wallet }) => ({
        announcementId: announced?.id ?? '',
        wallet: wallet.address,
        tokenAccounts: [],
        enrolledAt: new Date(0),
        weightRaw: null,
      }));
      await app.get(FailureEnrollmentRepository).insertNew(manager, enrollments);
      await app.get(Marks).make(manager, ...enrollments.map(enrollmentFact));
    });
    await takeEffect(bench.world, made);

    const shares = await bench.world.sql<{ wallet: string; weight: string; amount: string }>(
      `SELECT wallet, weight_raw::text AS weight, amount_lamports::text AS amount FROM failure_shares WHERE commitment_id = $1`,
      [made.id],
    );
    const [frozen = { pot: '0', fees: '0' }] = await bench.world.sql<{ pot: string; fees: string }>(
      `SELECT pot_lamports::text AS pot, fee_total_lamports::text AS fees FROM failure_distributions WHERE commitment_id = $1`,
      [made.id],
    );
    const pot = BigInt(frozen.pot);
    expect(shares).toHaveLength(HOLDERS);
    expect(pot + BigInt(frozen.fees)).toBe(ESCROW);
    expect(shares.reduce((sum, { amount }) => sum + BigInt(amount), 0n)).toBe(pot);
    const whole = holders.reduce((sum, { tokens }) => sum + tokens, 0n);
    const byWallet = new Map(shares.map((share) => [share.wallet, share]));
    const wrong = holders.filter(({ wallet, tokens }) => {
      const share = byWallet.get(wallet.address);
      const off = BigInt(share?.amount ?? -1) - (pot * tokens) / whole;
      return share?.weight !== String(tokens) || off < 0n || off > 1n;
    });
    expect(wrong).toEqual([]);
    const [first] = holders;
    if (first === undefined) throw new Error('nobody holds the token');
    expect((await claim(bench.world.client(), first.wallet, made)).status).toBe(200);
    const paid = await balanceOf(bench.world.chain.rpcUrl, first.wallet.address);
    expect(paid).toBe(BigInt(byWallet.get(first.wallet.address)?.amount ?? 0));
  });
});
