import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { payoutIdOf } from '#src/escrow/door/facts/derived-ids.js';
import { PayoutDriver } from '#src/releases/engine/payout-driver.service.js';
import { flood } from '../support/builders/dust.js';
import { ReleaseBench } from '../support/builders/release-bench.js';
import { claimable, release, UNLOCK } from '../support/builders/releases.js';
import type { Reward } from '../support/builders/rewards.js';
import { balanceOf, fundedWallet, transferSol } from '../support/builders/wallets.js';
import { LONG } from '../support/long.js';
import { pollUntil } from '../support/poll.js';

/** A stranger floods an escrow with lamports, some of them under the name of a payout of ours. */

const DUST = LONG ? 10_000 : 60;
const FORGED_EVERY = 50;
/** As many transactions as a node lists at once. */
const PAGE = 1_000;
const FEE = 5_060n;
/** Only ends what hangs. */
const LIMITS = { timeout: DUST * 200 + 600_000 };

let bench: ReleaseBench;
beforeAll(async () => {
  bench = await ReleaseBench.start();
  await restart();
});
afterAll(async () => {
  await bench?.stop();
});

/** What a process has seen lately it does not look at again: a new one does. */
const restart = () => bench.restart({ PAYOUT_WAIT_SECONDS: '2' });

async function released(made: Reward, milestoneId: string): Promise<void> {
  await release(bench.admin, made, milestoneId);
  await pollUntil('the release to be final', async () => {
    await bench.world.app.get(PayoutDriver).runOnce();
    const sql = 'SELECT status FROM payouts WHERE subject_id = $1';
    const [row] = await bench.world.sql<{ status: string }>(sql, [milestoneId]);
    return row?.status === 'finalized' || undefined;
  });
}

/** Looks at an escrow's history: how many began, and how many pages they took beyond their first. */
function pages(): { readonly looks: number; readonly further: number } {
  const asked = bench.rpc.calls.filter(({ method }) => method === 'getSignaturesForAddress');
  const further = asked.filter(
    ({ params }) => (params[1] as { before?: string } | undefined)?.before !== undefined,
  );
  return { looks: asked.length - further.length, further: further.length };
}

describe(`${DUST} dust transfers of a stranger`, () => {
  it(
    'R3: stop no payout; their history is read once, and the next payout costs one page',
    LIMITS,
    async () => {
      const { chain } = bench.world;
      const made = await claimable(bench.world, bench.market, { milestones: 3 });
      const [first = '', second = '', third = ''] = made.milestoneIds;
      await transferSol(chain.rpcUrl, await fundedWallet(chain), made.escrow, 5n * UNLOCK);
      await released(made, first);
      const before = await balanceOf(chain.rpcUrl, made.escrow);
      const name = { commitmentId: made.id, purpose: 'milestone_release', part: 0 } as const;
      const forged = payoutIdOf({ ...name, subject: second });
      await flood(chain, {
        escrow: made.escrow,
        count: DUST,
        memoOf: (nth) => (nth % FORGED_EVERY === 0 ? forged : undefined),
      });

      await restart();
      bench.rpc.calls.splice(0);
      await released(made, second);
      const flooded = pages();
      // The newest transaction that was known before stands on the last page.
      expect(flooded.further).toBe(Math.ceil((DUST + 1) / PAGE) - 1);

      await restart();
      bench.rpc.calls.splice(0);
      await released(made, third);
      expect(pages()).toEqual({ looks: 1, further: 0 });

      const dust = (BigInt(DUST) * BigInt(DUST + 1)) / 2n;
      expect(await balanceOf(chain.rpcUrl, made.escrow)).toBe(before + dust - 2n * (UNLOCK + FEE));
      expect(await bench.world.sql('SELECT 1 FROM payout_pauses')).toEqual([]);
      const [read] = await bench.world.sql<{ all: number; named: number; signed: number }>(
        `SELECT count(*)::int AS all, count(*) FILTER (WHERE names_payout AND NOT is_signer)::int AS named,
              count(*) FILTER (WHERE is_signer)::int AS signed FROM escrow_transactions WHERE escrow = $1`,
        [made.escrow],
      );
      expect(read?.named).toBe(Math.floor(DUST / FORGED_EVERY));
      process.stderr.write(
        `${DUST} dust transfers, ${read?.named} with a forged memo: ${flooded.further + 1} pages for the first payout, 1 for the next\n`,
      );
    },
  );
});
