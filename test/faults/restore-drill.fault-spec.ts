import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalChain } from '#src/local/chain/chain.js';
import { announce, claim } from '../support/builders/failures.js';
import { claimable, openMarket, UNLOCK, type Market } from '../support/builders/releases.js';
import { completed, type Reward, signal } from '../support/builders/rewards.js';
import { balanceOf, SOL } from '../support/builders/wallets.js';
import { LONG } from '../support/long.js';
import { pollUntil } from '../support/poll.js';
import { SignedInOps } from '../support/processes/signed-in-ops.js';
import { startTestChain } from '../support/worlds/localnet.js';
import { lifeOfFile, type TestCommitment } from '../support/worlds/payout-world.js';
import { ReleaseWorld } from '../support/worlds/release-world.js';

/** A database is put back to a backup from before every payment: twice, once with the guard alone and once with a recovery. */

/** 200 payouts in the long suite: each reward has two milestones, each failure one claim. */
const DRILL = LONG ? { refunds: 80, rewards: 40, failures: 40 } : { refunds: 1, rewards: 1, failures: 1 };
const PAYOUTS = DRILL.refunds + 2 * DRILL.rewards + DRILL.failures;
/** Only ends what hangs. */
const LIMITS = { timeout: PAYOUTS * 15_000 + 600_000 };
/** Enough to pay both milestones twice. */
const FUNDED = 5n * UNLOCK;
/** Too little for another round of a failure. */
const POT = 1_500_000n;
/** However early the first one unlocks, the second one is there to fail. */
const MILESTONES = ['Ship it', 'Ship more'].map((title) => ({ title, unlockLamports: 1_000_000_000 }));

const file = lifeOfFile();
let chain: LocalChain;
let world: ReleaseWorld;
let market: Market;

beforeAll(async () => {
  chain = await startTestChain({ slotMs: 100 });
  world = await ReleaseWorld.open(file, chain, { env: { PAYOUT_WAIT_SECONDS: '0' } });
  market = await openMarket(world.host(), world.feed);
});
afterAll(() => chain?.stop());

async function times<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  while (made.length < count) made.push(await make());
  return made;
}

interface Promised {
  readonly refunds: readonly TestCommitment[];
  readonly rewards: readonly Reward[];
  readonly failures: readonly Reward[];
}

async function promise(): Promise<Promised> {
  const refunds = await times(DRILL.refunds, () => world.payouts.attested());
  const rewards = await times(DRILL.rewards, () =>
    claimable(world.host(), market, { milestones: 2, lamports: FUNDED }),
  );
  return { refunds, rewards, failures: await times(DRILL.failures, failed) };
}

/** Failed and frozen: the whole of it is the share of one holder. */
async function failed(): Promise<Reward> {
  const made = await completed(world.host(), market, { milestones: MILESTONES });
  await signal(world.host(), market.whale, made);
  await chain.cheats.fundSol(made.escrow, POT);
  await announce(world.host(), await world.signIn(), made);
  await world.untilFrozen(made);
  return made;
}

/** By an admin who does not know that it was decided before. */
async function decide({ refunds, rewards, failures }: Promised): Promise<void> {
  const admin = await world.signIn();
  for (const refund of refunds) await world.payouts.resolve(admin, refund);
  for (const one of rewards)
    for (const milestoneId of one.milestoneIds) await world.release(admin, one, milestoneId);
  for (const one of failures) await claim(world.client(), market.whale, one);
}

/** Every payout, with the transaction that closed it. */
const ledger = () =>
  world.payouts.query<{ signature: string; status: string }>(
    `SELECT coalesce(a.signature, '') AS signature, p.status
       FROM public.payouts p LEFT JOIN public.payout_attempts a ON a.payout_id = p.id AND a.status = 'finalized'
      ORDER BY p.id`,
    [],
  );

async function untilAllFinal() {
  return pollUntil(`${PAYOUTS} payouts to be final`, async () => {
    const rows = await ledger();
    return rows.length === PAYOUTS && rows.every(({ status }) => status === 'finalized') ? rows : undefined;
  });
}

async function countOf(event: string): Promise<number> {
  const rows = await world.payouts.query('SELECT 1 FROM public.audit_logs WHERE event = $1', [event]);
  return rows.length;
}

interface Found {
  readonly items: readonly { readonly transaction: string; readonly outcome: string }[];
}

async function withOps<T>(use: (ops: SignedInOps) => Promise<T>): Promise<T> {
  const ops = new SignedInOps(world.payouts.api.url, world.payouts.admin);
  try {
    await ops.login();
    return await use(ops);
  } finally {
    ops.remove();
  }
}

describe(`a backup from before ${PAYOUTS} payments`, () => {
  it(
    'T9: what was decided after it is paid no second time by the guard alone, and booked by a recovery to the last leg',
    LIMITS,
    async () => {
      const promised = await promise();
      const { refunds, rewards, failures } = promised;
      const made = [...refunds, ...rewards, ...failures];
      const balances = () => Promise.all(made.map(({ escrow }) => balanceOf(chain.rpcUrl, escrow)));
      const restore = await world.payouts.backUp();
      await decide(promised);
      const paid = await untilAllFinal();
      // Enough to pay each of them again.
      for (const { escrow } of refunds) await chain.cheats.fundSol(escrow, SOL);
      for (const { escrow } of failures) await chain.cheats.fundSol(escrow, POT);
      const left = await balances();

      await restore();
      expect(await ledger()).toEqual([]);
      await decide(promised);
      expect(await untilAllFinal()).toEqual(paid);
      expect([await countOf('payout_signed'), await countOf('payout_recovered')]).toEqual([0, PAYOUTS]);
      expect(await balances()).toEqual(left);

      await restore();
      expect(await ledger()).toEqual([]);
      await withOps(async (ops) => {
        const foreseen = await ops.json<Found>('recover', '--dry-run');
        const signatures = (rows: readonly string[]) => rows.toSorted((a, b) => (a < b ? -1 : 1));
        expect(signatures(foreseen.items.map(({ transaction }) => transaction))).toEqual(
          signatures(paid.map(({ signature }) => signature)),
        );
        expect(await ledger()).toEqual([]);
        await pollUntil('all to be booked', async () => {
          const { items } = await ops.json<Found>('recover', '--yes');
          return items.every(({ outcome }) => outcome === 'booked');
        });
      });
      expect(await untilAllFinal()).toEqual(paid);
      expect([await countOf('payout_signed'), await countOf('payout_recovered')]).toEqual([0, PAYOUTS]);
      expect(await balances()).toEqual(left);
      for (const one of rewards) expect((await world.show(one)).status).toBe('completed');
      for (const one of failures) expect((await world.show(one)).status).toBe('failed');
      expect(await world.payouts.query('SELECT 1 FROM public.payout_pauses', [])).toEqual([]);
      process.stderr.write(
        `${PAYOUTS} payouts: all found by the guard alone, and all booked by ops recover\n`,
      );
    },
  );
});
