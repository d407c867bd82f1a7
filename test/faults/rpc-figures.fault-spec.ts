import { describe, expect, it } from 'vitest';
import { startTestChain } from '../support/worlds/localnet.js';
import { PayoutWorld } from '../support/worlds/payout-world.js';

/** `npm run figures:rpc`: what a payout costs in RPC calls and in time, on a healthy local chain with ordinary slots. */
const PAYOUTS = 10;
/** Asked by the watch over the endpoints, not for a payout. */
const WATCH = new Set(['getSlot', 'getGenesisHash']);

describe.runIf(process.env['CTS_FIGURES'] === 'rpc')('figures of payouts, one after the other', () => {
  it.each([1, 2])('with %i voices', async (endpoints) => {
    const cleanings: (() => Promise<void>)[] = [];
    const chain = await startTestChain({ slotMs: 400 });
    cleanings.push(() => chain.stop());
    try {
      const life = { onTestFinished: (clean: () => Promise<void>) => cleanings.push(clean) };
      const world = await PayoutWorld.open(life, chain, { endpoints, env: { PAYOUT_WAIT_SECONDS: '55' } });
      const admin = await world.signIn();
      const counts = new Map<string, number>();
      for (let nth = 0; nth < PAYOUTS; nth += 1) {
        const commitment = await world.attested();
        const before = world.rpcs.map(({ calls }) => calls.length);
        expect(await world.resolve(admin, commitment)).toMatchObject({ status: 200 });
        await world.untilLedger(commitment, /^finalized: finalized$/);
        for (const [index, { calls }] of world.rpcs.entries())
          for (const { method } of calls.slice(before[index]))
            if (!WATCH.has(method)) counts.set(method, (counts.get(method) ?? 0) + 1);
      }
      const [times] = await world.query<{ median: number; most: number }>(
        `SELECT round(percentile_cont(0.5) WITHIN GROUP (ORDER BY ms))::int AS median, round(max(ms))::int AS most
           FROM (SELECT extract(epoch FROM confirmed_at - created_at) * 1000 AS ms FROM public.payouts) AS t`,
        [],
      );
      const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
      const each = [...counts].map(([method, count]) => `${method} ${(count / PAYOUTS).toFixed(1)}`);
      process.stderr.write(
        `${endpoints} voices: ${(total / PAYOUTS).toFixed(1)} RPC calls a payout until it is finalized (${each.join(', ')}); ` +
          `from the decision to confirmed: median ${times?.median} ms, at most ${times?.most} ms\n`,
      );
    } finally {
      for (const clean of cleanings.toReversed()) await clean();
    }
  });
});
