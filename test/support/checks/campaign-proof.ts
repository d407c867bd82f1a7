import { expect } from 'vitest';
import { pollUntil } from '../poll.js';
import { balanceOf, SOL } from '../builders/wallets.js';
import type { PayoutWorld, TestCommitment } from '../worlds/payout-world.js';
import { historyOf } from './payout-proof.js';

/** How many payouts still have to pay. */
export async function unfinishedOf(world: PayoutWorld): Promise<number> {
  const [row] = await world.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM public.payouts WHERE status <> 'finalized'`,
    [],
  );
  return row?.count ?? 0;
}

/** What waits without a reason; another number of attempts shows that it has moved. */
const SILENT = `
  SELECT p.id, p.next_run_at::text AS "nextRunAt", (SELECT count(*)::int FROM public.payout_attempts a
          WHERE a.payout_id = p.id) AS attempts
    FROM public.payouts p WHERE p.status = 'pending' AND p.waiting_for IS NULL`;

/**
 * Every pending payout says why it waits, or goes on. What has just moved has no reason yet: it owes one when the driver, which sets
 * the time of the next run when it begins and when it ends, has been through a whole run without moving it.
 */
export async function expectReasons(world: PayoutWorld): Promise<void> {
  interface Silent {
    readonly id: string;
    readonly nextRunAt: string;
    readonly attempts: number;
  }
  const keyOf = ({ id, attempts }: Silent) => `${id}, attempts: ${attempts}`;
  const runs = new Map((await world.query<Silent>(SILENT, [])).map((one) => [keyOf(one), new Set<string>()]));
  const silent = await pollUntil('every payout to say what it waits for, or to go on', async () => {
    const still = (await world.query<Silent>(SILENT, [])).filter((one) => runs.has(keyOf(one)));
    for (const one of still) runs.get(keyOf(one))?.add(one.nextRunAt);
    const looked = still.map(keyOf).filter((key) => (runs.get(key)?.size ?? 0) > 2);
    return looked.length > 0 || still.length === 0 ? looked : undefined;
  });
  expect(silent, 'payouts that a whole run has left without a reason').toEqual([]);
}

/**
 * Waits until all payouts of a refund are closed; then proves from the chain that each was made once, to the authority, and that
 * nothing is missing but fees. A voice that tells too low a balance makes a drain pay less: the rest is still in the escrow.
 */
export async function expectPaid(
  world: PayoutWorld,
  { id, escrow, authority, destinationOnFail }: TestCommitment,
): Promise<{ readonly payouts: number; readonly attempts: number }> {
  const rows = await pollUntil(`the payouts of ${id} to be finalized`, async () => {
    const found = await world.query<{ id: string; status: string; attempts: number }>(
      `SELECT p.id, p.status, (SELECT count(*)::int FROM public.payout_attempts a WHERE a.payout_id = p.id) AS attempts
         FROM public.payouts p WHERE p.commitment_id = $1`,
      [id],
    );
    return found.length > 0 && found.every(({ status }) => status === 'finalized') ? found : undefined;
  });
  const { outgoing, failed } = await historyOf(world.chain.rpcUrl, escrow);
  // One transaction for each payout that is booked, and none beside them.
  const named = (ids: readonly (string | null | undefined)[]) =>
    ids.map(String).toSorted((a, b) => a.localeCompare(b));
  expect(named(outgoing.map(({ memo }) => memo))).toEqual(named(rows.map((row) => row.id)));
  expect(outgoing.every(({ to }) => to === authority.address)).toBe(true);
  const sum = [...outgoing, ...failed].reduce((total, { feeLamports }) => total + feeLamports, 0n);
  const paid = outgoing.reduce((total, { lamports }) => total + lamports, 0n);
  expect(paid + sum + (await balanceOf(world.chain.rpcUrl, escrow))).toBe(SOL);
  expect(await balanceOf(world.chain.rpcUrl, destinationOnFail)).toBe(0n);
  expect((await world.commitment({ id } as TestCommitment)).status).toBe('succeeded');
  return { payouts: rows.length, attempts: rows.reduce((total, { attempts }) => total + attempts, 0) };
}
