import { PayoutDriver } from '#src/releases/engine/payout-driver.service.js';
import { pollUntil } from '../poll.js';
import type { AppWorld } from '../worlds/app-world.js';

export interface SweepItem {
  readonly commitmentId: string;
  readonly outcome: string;
  readonly payoutId?: string;
  readonly code?: string;
}

export interface SweepAnswer {
  readonly due: number;
  readonly settled: number;
  readonly empty: number;
  readonly refused: number;
  readonly items: readonly SweepItem[];
}

/** Lets the driver land all payouts; the time between two of its runs is skipped. */
export async function finish(world: AppWorld, app = world.app): Promise<void> {
  for (let open = 1; open > 0;) {
    await app.get(PayoutDriver).runOnce();
    const left = `UPDATE payouts SET next_run_at = now() WHERE status IN ('pending', 'in_flight') RETURNING 1`;
    open = (await world.sql(left)).length;
  }
}

/** Runs the driver until nothing of the commitment is short of finalized. */
export async function finalize(world: AppWorld, { id }: { readonly id: string }): Promise<void> {
  const open = `SELECT 1 FROM payouts WHERE commitment_id = $1 AND status NOT IN ('finalized', 'cancelled')`;
  const soon = `UPDATE payouts SET next_run_at = now() WHERE commitment_id = $1 AND status = 'confirmed'`;
  await pollUntil('the payouts to be finalized', async () => {
    await world.sql(soon, [id]);
    await finish(world);
    return (await world.sql(open, [id])).length === 0;
  });
}

/** Personal commitments of every other state: attested, resolved, or with time left. */
export async function notDueForSweep(world: AppWorld, count: number): Promise<void> {
  await world.sql(
    `INSERT INTO commitments (id, kind, wallet, destination_on_fail, amount_lamports, deadline, attested_at, status,
       resolution, resolved_at, terms, terms_hash, message_hash, signature, created_at)
     SELECT gen_random_uuid(), 'personal', repeat('w', 32), repeat('d', 32), 1, now() - interval '1 day' * k.past,
       CASE WHEN k.attested THEN now() - interval '2 days' END, k.status, k.resolution,
       CASE WHEN k.status = 'failed' THEN now() END, '{"kind": "personal"}', repeat('a', 64),
       encode(sha256(n::text::bytea), 'hex'), 'x', now()
     FROM generate_series(1, $1::int) n JOIN (VALUES
       (0, 1, true, 'active', NULL), (1, 1, false, 'failed', 'failure'), (2, -3650, false, 'active', NULL))
       AS k (kind, past, attested, status, resolution) ON k.kind = n % 3`,
    [count],
  );
  await world.sql('ANALYZE');
}
