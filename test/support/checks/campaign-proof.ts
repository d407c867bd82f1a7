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
