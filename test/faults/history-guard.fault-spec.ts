import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalChain } from '#src/local/chain/chain.js';
import { claimable, openMarket, paidOutOf, UNLOCK, type Market } from '../support/builders/releases.js';
import type { Reward } from '../support/builders/rewards.js';
import { balanceOf } from '../support/builders/wallets.js';
import { pollUntil } from '../support/poll.js';
import { startTestChain } from '../support/worlds/localnet.js';
import { lifeOfFile, type TestCommitment } from '../support/worlds/payout-world.js';
import { ReleaseWorld } from '../support/worlds/release-world.js';

/** A database is put back to a backup that is older than payments: the chain is asked, and nothing is paid again. */

const REFUNDS = 3;
const FINISHED = /^finalized: finalized$/;

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

const memosOf = async (made: Reward) => (await paidOutOf(world.host(), made)).map(({ memo }) => memo);

async function events(event: string): Promise<(string | null)[]> {
  const rows = await world.payouts.query<{ signature: string | null }>(
    'SELECT signature FROM public.audit_logs WHERE event = $1 ORDER BY id',
    [event],
  );
  return rows.map(({ signature }) => signature);
}

async function everywhere(made: readonly { readonly escrow: string }[]): Promise<bigint[]> {
  return Promise.all(made.map(({ escrow }) => balanceOf(chain.rpcUrl, escrow)));
}

describe('a backup from before the payments', () => {
  it('T9: payouts that were decided before it are booked as paid, and paid once', async () => {
    const { payouts } = world;
    const refunds: TestCommitment[] = [];
    for (let i = 0; i < REFUNDS; i += 1) refunds.push(await payouts.attested());
    const reward = await claimable(world.host(), market, { milestones: 2, lamports: 3n * UNLOCK });
    const admin = await world.signIn();
    const pause = await admin.act<{ id: string }>('admin.pause.create', { scope: 'all', reason: 'backup' });
    for (const refund of refunds) expect((await payouts.resolve(admin, refund)).status).toBe(202);
    for (const milestoneId of reward.milestoneIds)
      expect((await world.release(admin, reward, milestoneId)).status).toBe(202);

    const restore = await payouts.backUp();
    const pay = async () => {
      await (await world.signIn()).act('admin.pause.end', { pauseId: pause.body.id });
      for (const refund of refunds) await payouts.untilLedger(refund, FINISHED);
      for (const milestoneId of reward.milestoneIds) await world.untilLedger(milestoneId, FINISHED);
    };
    // An admin's own pause is another admin's to end; here there is one admin.
    await pay();
    const paid = await events('payout_signed');
    const left = await everywhere([...refunds, reward]);
    expect(paid).toHaveLength(REFUNDS + 2);

    await restore();
    expect(await payouts.ledger(refunds[0] as TestCommitment)).toBe('pending');
    await pay();
    expect(await events('payout_signed')).toEqual([]);
    expect(new Set(await events('payout_recovered'))).toEqual(new Set(paid));
    expect(await everywhere([...refunds, reward])).toEqual(left);
    expect(new Set(await memosOf(reward)).size).toBe(2);
    expect((await memosOf(reward)).length).toBe(2);
    expect((await world.show(reward)).status).toBe('completed');
  });

  it('T9: what was decided after it is paid no second time; what the ledger cannot explain stops its escrow until it is decided again', async () => {
    const { payouts } = world;
    const refund = await payouts.attested();
    const reward = await claimable(world.host(), market, { milestones: 2, lamports: 4n * UNLOCK });
    const [first = '', second = ''] = reward.milestoneIds;
    const restore = await payouts.backUp();
    const admin = await world.signIn();
    await payouts.resolve(admin, refund);
    await world.release(admin, reward, first);
    await payouts.untilLedger(refund, FINISHED);
    await world.untilLedger(first, FINISHED);
    const left = await everywhere([refund, reward]);
    const [released] = await paidOutOf(world.host(), reward);

    await restore();
    const again = await world.signIn();
    // The second release is asked for, and the ledger has lost the first.
    expect((await world.release(again, reward, second)).status).toBe(202);
    const alarmed = () =>
      payouts.query<{ signature: string; payoutId: string }>(
        `SELECT signature, payout_id AS "payoutId" FROM public.audit_logs
          WHERE event = 'escrow_unknown_outflow_error' AND commitment_id = $1`,
        [reward.id],
      );
    await pollUntil('the alarm', async () => (await alarmed())[0]);
    expect(await alarmed()).toEqual([{ signature: released?.signature, payoutId: released?.memo }]);
    expect(await world.ledger(second)).toBe('pending');
    const pause = await pollUntil('the pause', async () => {
      const { body } = await again.get<{ items: { id: string; commitmentId?: string; reason: string }[] }>(
        '/admin/pauses',
      );
      return body.items.find(({ commitmentId }) => commitmentId === reward.id);
    });
    expect(pause.reason).toContain(`payout ${released?.memo}, which the ledger does not have`);

    // Nothing is left to refund, so that it cannot even be decided again.
    expect(await payouts.resolve(again, refund)).toMatchObject({ status: 422, code: 'escrow_underfunded' });
    // The first release is found on chain; the second is then paid for the first time.
    expect((await world.release(again, reward, first)).status).toBe(202);
    await again.act('admin.pause.end', { pauseId: pause.id });
    await world.untilLedger(first, FINISHED);
    await world.untilLedger(second, FINISHED);
    expect(await everywhere([refund, reward])).toEqual([left[0], (left[1] ?? 0n) - UNLOCK - 5_060n]);
    const memos = await memosOf(reward);
    expect(memos).toHaveLength(2);
    expect(new Set(memos).size).toBe(2);
    expect(await alarmed()).toHaveLength(1);
  });
});
