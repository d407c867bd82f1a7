import { describe, expect, it } from 'vitest';
import type { RpcCall } from '../support/proxies/rpc-proxy.js';
import { startTestChain } from '../support/worlds/localnet.js';
import { PayoutWorld } from '../support/worlds/payout-world.js';

/** `npm run figures:rpc`: what a payout costs in RPC calls and in time, on a healthy local chain with ordinary slots. */
const PAYOUTS = 10;
/** Asked by the watch over the endpoints, not for a payout. */
const WATCH = new Set(['getSlot', 'getGenesisHash']);

/** Asked for whoever looks at commitments, and kept fresh meanwhile: balances of escrows alone, of any age. */
function isForDisplay({ method, params }: RpcCall, escrows: ReadonlySet<string>): boolean {
  const [addresses, options] = params as [
    readonly string[],
    { commitment?: string; minContextSlot?: number },
  ];
  if (method !== 'getMultipleAccounts' || options.minContextSlot !== undefined) return false;
  return options.commitment === 'confirmed' && addresses.every((address) => escrows.has(address));
}

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
      const escrows = new Set<string>();
      for (let nth = 0; nth < PAYOUTS; nth += 1) {
        const commitment = await world.attested();
        escrows.add(commitment.escrow);
        const before = world.rpcs.map(({ calls }) => calls.length);
        expect(await world.resolve(admin, commitment)).toMatchObject({ status: 200 });
        await world.untilLedger(commitment, /^finalized: finalized$/);
        for (const [index, { calls }] of world.rpcs.entries())
          for (const call of calls.slice(before[index]))
            if (!WATCH.has(call.method) && !isForDisplay(call, escrows))
              counts.set(call.method, (counts.get(call.method) ?? 0) + 1);
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
