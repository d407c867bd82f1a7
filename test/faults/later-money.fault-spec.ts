import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalChain } from '#src/local/chain/chain.js';
import { type DatabaseGate, holdCommits, holdInserts } from '../support/proxies/database-gate.js';
import { announce, claim, distributionOf, type ShareAnswer } from '../support/builders/failures.js';
import { startTestChain } from '../support/worlds/localnet.js';
import { lifeOfFile } from '../support/worlds/payout-world.js';
import { pollUntil } from '../support/poll.js';
import { ReleaseWorld } from '../support/worlds/release-world.js';
import { type Market, openMarket, paidOutOf } from '../support/builders/releases.js';
import { completed, holder, type Reward, signal, TOKEN } from '../support/builders/rewards.js';
import { balanceOf, SOL, TestWallet } from '../support/builders/wallets.js';

/** A process that is killed inside the transaction that freezes a round of later money, at each of its writes and in its commit. */

const TREASURY = TestWallet.generate().address;
const LATER = 3n * SOL;

const file = lifeOfFile();
let chain: LocalChain;
let world: ReleaseWorld;
let market: Market;
let small: TestWallet;

beforeAll(async () => {
  chain = await startTestChain({ slotMs: 200 });
  const env = { FAILURE_TREASURY_BPS: '2500', FAILURE_TREASURY_PUBKEY: TREASURY };
  world = await ReleaseWorld.open(file, chain, { env });
  market = await openMarket(world.host(), world.feed);
  small = await holder(world.host(), market, 21n * TOKEN);
});
afterAll(() => chain?.stop());

/** The next run of the job is due at once. */
async function hurry(): Promise<void> {
  await world.payouts.query(`UPDATE public.jobs SET next_run_at = now() WHERE name = 'later-money'`, []);
}

async function lookOnceMore(): Promise<void> {
  const [before] = await world.payouts.query<{ at: string }>('SELECT now()::text AS at', []);
  await hurry();
  await pollUntil('a look for later money', async () => {
    const sql = `SELECT 1 FROM public.jobs WHERE name = 'later-money' AND last_success_at > $1`;
    return (await world.payouts.query(sql, [before?.at])).length > 0 || undefined;
  });
}

/** Kills every process while it waits at the gate, which is closed before one could pass. */
async function killAt(close: () => Promise<DatabaseGate>): Promise<void> {
  const gate = await close();
  try {
    await world.payouts.start();
    await hurry();
    await gate.reached();
    await world.payouts.crash();
  } finally {
    await gate.open();
    // Waits for what the dead process has left behind.
    await world.payouts.query('DROP FUNCTION test_gate CASCADE', []);
  }
}

/** Rows that say that a round was frozen, in each table that has one. */
async function traces({ id }: Reward): Promise<Record<string, number>> {
  const [row = {}] = await world.payouts.query<Record<string, number>>(
    `SELECT (SELECT count(*)::int FROM public.failure_rounds WHERE commitment_id = $1) AS rounds,
            (SELECT count(*)::int FROM public.failure_round_shares WHERE commitment_id = $1) AS shares,
            (SELECT count(*)::int FROM public.payouts WHERE commitment_id = $1 AND purpose = 'failure_treasury' AND part > 0) AS legs,
            (SELECT count(*)::int FROM public.audit_logs WHERE event = 'commitment_failure_round' AND commitment_id = $1) AS told`,
    [id],
  );
  return row;
}

/** Failed, and paid to the last lamport. */
async function failed(): Promise<Reward> {
  const made = await completed(world.host(), market, { destinationOnFail: TestWallet.generate().address });
  await Promise.all([market.whale, small].map((wallet) => signal(world.host(), wallet, made)));
  await chain.cheats.fundSol(made.escrow, 20_000_000n);
  await announce(world.host(), await world.signIn(), made);
  await world.untilFrozen(made);
  for (const wallet of [small, market.whale])
    expect((await claim(world.client(), wallet, made)).status).toBe(200);
  await pollUntil('the escrow to be empty', async () =>
    (await balanceOf(chain.rpcUrl, made.escrow)) === 0n ? true : undefined,
  );
  return made;
}

async function pay(wallet: TestWallet, made: Reward, share: ShareAnswer | undefined): Promise<void> {
  const before = await balanceOf(chain.rpcUrl, wallet.address);
  expect((await claim(world.client(), wallet, made)).status).toBe(200);
  expect(await balanceOf(chain.rpcUrl, wallet.address)).toBe(before + BigInt(share?.amountLamports ?? 0));
}

describe('a round of later money', () => {
  it('M11: whose freezing is killed at each of its writes and in its commit, is made and paid once', async () => {
    const made = await failed();
    const { databaseUrl: url } = world.payouts;
    const paidBefore = (await paidOutOf(world.host(), made)).length;
    const writes = [
      async () => {
        const gate = await holdInserts(url, 'failure_rounds', 'true');
        await chain.cheats.fundSol(made.escrow, LATER);
        return gate;
      },
      () => holdInserts(url, 'failure_round_shares', 'true'),
      () => holdInserts(url, 'payouts', `NEW.purpose = 'failure_treasury'`),
      () => holdInserts(url, 'audit_logs', `NEW.event = 'commitment_failure_round'`),
    ];
    for (const close of writes) {
      await killAt(close);
      expect(await traces(made)).toEqual({ rounds: 0, shares: 0, legs: 0, told: 0 });
    }
    // The database was told to keep it, and nobody is there any more to hear that it did.
    await killAt(() => holdCommits(url, 'failure_rounds', 'true'));
    const once = { rounds: 1, shares: 2, legs: 1, told: 1 };
    expect(await traces(made)).toEqual(once);
    await world.payouts.start();

    const { rounds, shares } = await distributionOf(world.host(), made);
    const [round] = rounds;
    const ofRound = ({ address }: TestWallet) =>
      shares.find((one) => one.round === 1 && one.wallet === address);
    for (const wallet of [small, market.whale]) await pay(wallet, made, ofRound(wallet));
    const given = (round?.treasuryLamports ?? 0) + (round?.potLamports ?? 0) + (round?.feeLamports ?? 0);
    await pollUntil('the round to be paid', async () =>
      (await balanceOf(chain.rpcUrl, made.escrow)) === LATER - BigInt(given) ? true : undefined,
    );
    await lookOnceMore();
    expect(await traces(made)).toEqual(once);
    expect(await paidOutOf(world.host(), made)).toHaveLength(paidBefore + 3);
  });
});
