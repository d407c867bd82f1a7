import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalChain } from '#src/local/chain/chain.js';
import type { RestClient } from '#src/local/rest-client.js';
import { startTestChain } from '../support/worlds/localnet.js';
import { lifeOfFile } from '../support/worlds/payout-world.js';
import { pollUntil } from '../support/poll.js';
import { expectReleasedOnce, ReleaseWorld } from '../support/worlds/release-world.js';
import { claimable, openMarket, UNLOCK } from '../support/builders/releases.js';
import type { Reward } from '../support/builders/rewards.js';

/** A pause that begins in the middle of many payments, which two processes are making. */

const PAYOUTS = 16;
/** So many are asked for once the pause is answered: a quick machine has signed all the others by then. */
const LATER = 3;

const file = lifeOfFile();
let chain: LocalChain;
let world: ReleaseWorld;
let all: readonly Reward[];

beforeAll(async () => {
  chain = await startTestChain({ slotMs: 200 });
  world = await ReleaseWorld.open(file, chain, { replicas: 2, env: { PAYOUT_WAIT_SECONDS: '3' } });
  const host = world.host();
  const market = await openMarket(host, world.feed);
  all = await Promise.all(
    Array.from({ length: PAYOUTS }, () => claimable(host, market, { lamports: 2n * UNLOCK })),
  );
});
afterAll(() => chain?.stop());

/** Signatures that may be sent, in the order in which they were stored. */
async function signed(): Promise<string[]> {
  const rows = await world.payouts.query<{ signature: string }>(
    `SELECT signature FROM public.audit_logs WHERE event = 'payout_signed' ORDER BY id`,
    [],
  );
  return rows.map(({ signature }) => signature);
}

async function count(sql: string): Promise<number> {
  const [row] = await world.payouts.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${sql}`, []);
  return row?.n ?? 0;
}

async function pauseMeanwhile(admin: RestClient, requests: readonly Promise<unknown>[]) {
  await pollUntil('the first signature', async () => (await signed())[0], { everyMs: 10 });
  const { body } = await admin.act<{ id: string }>('admin.pause.create', { scope: 'all', reason: 'race' });
  const atAnswer = await signed();
  await Promise.all(requests);
  return { pauseId: body.id, atAnswer };
}

describe('a pause in the middle of 16 payments by two processes', () => {
  it('is exact: nothing is signed after its answer, what was signed is paid, and the rest is paid once it ends', async () => {
    const [admin, other] = [await world.signIn(0), await world.signIn(1)];
    const ask = (made: Reward, index: number) =>
      world.release(index % 2 === 0 ? admin : other, made, made.milestoneId);
    const { pauseId, atAnswer } = await pauseMeanwhile(admin, all.slice(LATER).map(ask));
    await Promise.all(all.slice(0, LATER).map(ask));

    // Everything that was signed comes to its end while the pause lasts.
    for (const made of all)
      await world.untilLedger(made.milestoneId, /^(pending|in_flight: prepared|finalized: finalized)$/);
    expect(await signed()).toEqual(atAnswer);
    expect(await count(`public.payouts WHERE status = 'finalized'`)).toBe(atAnswer.length);
    // By the log as well: one order of all rows, the pause's among them.
    const late = `public.audit_logs WHERE event = 'payout_signed'
      AND id > (SELECT id FROM public.audit_logs WHERE event = 'admin_pause_create_ok')`;
    expect(await count(late)).toBe(0);
    const kept = await count(`public.payouts WHERE waiting_for LIKE 'paused by %'`);
    expect(kept).toBe(PAYOUTS - atAnswer.length);
    expect(kept).toBeGreaterThan(0);

    await admin.act('admin.pause.end', { pauseId });
    for (const made of all) await expectReleasedOnce(world, made, made.milestoneId);
    expect(new Set(await signed()).size).toBeGreaterThanOrEqual(PAYOUTS);
  });
});
