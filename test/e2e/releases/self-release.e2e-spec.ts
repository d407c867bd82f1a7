import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaymentAnswer } from '#src/local/rest-client.js';
import { statusAndCode } from '../../support/builders/personal.js';
import { claimable, type Market, openMarket, paidOutOf, UNLOCK } from '../../support/builders/releases.js';
import { type Reward, shownMilestone, startRewardWorld } from '../../support/builders/rewards.js';
import { finish } from '../../support/builders/sweeps.js';
import { TestWallet } from '../../support/builders/wallets.js';

let started: Awaited<ReturnType<typeof startRewardWorld>>;
let market: Market;

beforeAll(async () => {
  started = await startRewardWorld({ REWARD_SELF_RELEASE_SECONDS: '0', PAUSE_MAX_SECONDS: '2' });
  market = await openMarket(started.world, started.feed);
});
afterAll(() => started.stop());

const route = '/commitments/:commitmentId/milestones/:milestoneId/release';
const paramsOf = ({ id, milestoneId }: Reward) => ({ commitmentId: id, milestoneId });
const releaseBy = (wallet: TestWallet, made: Reward) =>
  started.world.client().signAction<PaymentAnswer>(wallet, 'milestone.release', paramsOf(made), route);

describe('a milestone that no admin releases', () => {
  it('R4: waits for a pause, and no longer than the terms allow all pauses together', async () => {
    const { world } = started;
    const made = await claimable(world, market, { lamports: 2n * UNLOCK });
    const admin = await world.adminClient();
    const params = { scope: 'commitment', commitmentId: made.id, reason: 'something looks wrong' };
    await admin.act('admin.pause.create', params);
    const { status, body } = await releaseBy(made.creator, made);
    expect([status, body.payout?.status]).toEqual([202, 'pending']);
    // The pause is still open: the driver stops minding it.
    await finish(world);
    expect(await paidOutOf(world, made)).toMatchObject([{ to: made.creator.address, lamports: UNLOCK }]);
  });

  it('R4: is paid by the creator’s own signed word once it has been claimable for as long as the terms say', async () => {
    const { world } = started;
    await world.restart({ REWARD_SELF_RELEASE_SECONDS: '3600' });
    const made = await claimable(world, market, { lamports: 2n * UNLOCK });
    expect(await statusAndCode(releaseBy(made.creator, made))).toEqual([403, 'not_yet']);
    const shown = await shownMilestone(world, made);
    await world.travelTo(Date.parse(String(shown['selfReleaseAt'])) + 1_000);
    expect(await statusAndCode(releaseBy(market.whale, made))).toEqual([403, 'not_the_creator']);
    expect(
      await statusAndCode(
        world.client().post(`/commitments/${made.id}/milestones/${made.milestoneId}/release`),
      ),
    ).toEqual([401, 'not_signed_in']);
    expect((await releaseBy(made.creator, made)).status).toBe(200);
    expect(await statusAndCode(releaseBy(made.creator, made))).toEqual([409, 'already_released']);
    expect(await paidOutOf(world, made)).toMatchObject([{ to: made.creator.address, lamports: UNLOCK }]);
  });
});
