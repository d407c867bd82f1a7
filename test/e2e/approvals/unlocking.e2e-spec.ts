import { Unlocking } from '#src/approvals/unlocking/unlocking.service.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalPriceFeed } from '#src/local/local-price-feed.js';
import { transferTokens } from '#src/local/chain/token.js';
import type { AppWorld } from '../../support/worlds/app-world.js';
import { statusAndCode } from '../../support/builders/personal.js';
import {
  complete,
  completed,
  CRON_SECRET,
  holder,
  launch,
  type Launched,
  normalize,
  type Reward,
  reward,
  shownMilestone,
  signal,
  signalsOf,
  startRewardWorld,
  TOKEN,
} from '../../support/builders/rewards.js';
import { splitOff } from '../../support/builders/tokens.js';
import { resolveAsFailure } from '../../support/builders/reward-rows.js';
import { TestWallet } from '../../support/builders/wallets.js';

type Json = Record<string, unknown>;

/** How long a milestone that was held is left alone, and a second. */
const PAUSE_SECONDS = 301;
const FOREVER = 30 * 86_400;

let world: AppWorld;
let feed: LocalPriceFeed;
let stop: () => Promise<void>;
/** Called for every question to the price feed, which waits for it. */
let onPrice: () => Promise<void> | void = () => undefined;

beforeAll(async () => {
  ({ world, feed, stop } = await startRewardWorld({}, { onRequest: () => onPrice() }));
});
afterAll(async () => {
  await stop?.();
});

const run = ({ id }: Reward) => normalize(world, { commitmentId: id });
const UNLOCKED = { due: 1, unlocked: 1, held: 0, errors: 0 };
const HELD = { due: 1, unlocked: 0, held: 1, errors: 0 };
const NOTHING = { due: 0, unlocked: 0, held: 0, errors: 0 };

const passSeconds = async (seconds: number) => world.travelTo(await world.chainTime(seconds));
const move = (from: TestWallet, to: TestWallet, { mint }: Launched, tokens: bigint) =>
  transferTokens(world.chain.rpcUrl, from, to.address, mint, tokens * TOKEN);

const auditOf = (made: Reward, event: string) =>
  world.sql<{ actor: string; fields: Json }>(
    'SELECT actor, fields FROM audit_logs WHERE commitment_id = $1 AND event = $2 ORDER BY id',
    [made.id, event],
  );

describe('the same tokens', () => {
  it('V1: moved to a second wallet after signalling count once, and both sums are shown', async () => {
    const token = await launch(world, feed);
    const made = await completed(world, token);
    const [first, second] = [await holder(world, token, 300n * TOKEN), await world.fundedWallet()];
    await signal(world, first, made);
    await move(first, second, token, 300n);
    expect((await signal(world, second, made)).approvals).toMatchObject({ weightUsd: '600', voters: 2 });

    expect(await run(made)).toEqual(HELD);
    expect(await shownMilestone(world, made)).toMatchObject({
      status: 'completed',
      approvals: { weightUsd: '600', reweighedUsd: '300', thresholdUsd: '400', voters: 2 },
      waitingFor: expect.arrayContaining([
        { condition: 'reweighed_approvals', value: '300', limit: '400', who: 'holders' },
      ]),
    });
    expect(await signalsOf(world, made)).toMatchObject([
      { wallet: second.address, weightUsd: '300', reweighedUsd: '300', reweighedRawAmount: '300000000' },
      { wallet: first.address, weightUsd: '300', reweighedUsd: '0', reweighedRawAmount: '0' },
    ]);
    // The scheduler leaves it alone for a while; who asks gets an answer, and an honest holder need not wait.
    expect(await world.app.get(Unlocking).run({ commitmentId: made.id })).toEqual(NOTHING);
    expect(await run(made)).toEqual(HELD);
    await signal(world, await holder(world, token, 150n * TOKEN), made);
    expect(await run(made)).toEqual(UNLOCKED);
    expect(await shownMilestone(world, made)).toMatchObject({
      status: 'claimable',
      claimableAt: expect.any(String),
      approvals: { weightUsd: '750', reweighedUsd: '450', voters: 3 },
    });
    const [audited] = await auditOf(made, 'milestone_claimable_ok');
    expect(audited).toMatchObject({
      actor: 'cron',
      fields: {
        milestoneId: made.milestoneId,
        signalledUsd: '750',
        reweighedUsd: '450',
        thresholdUsd: '400',
      },
    });
  });

  it('V1: sent round many wallets weigh what one of them weighs', async () => {
    const token = await launch(world, feed);
    const made = await completed(world, token);
    const wallets = [await holder(world, token, 100n * TOKEN)];
    for (let round = 0; round < 7; round += 1) {
      const [last, next] = [wallets.at(-1), await world.fundedWallet()];
      if (last === undefined) throw new Error('no wallet');
      await signal(world, last, made);
      await move(last, next, token, 100n);
      wallets.push(next);
    }
    expect((await shownMilestone(world, made)).approvals).toMatchObject({ weightUsd: '700', voters: 7 });
    expect(await run(made)).toEqual(HELD);
    // The last wallet, where they are now, has not signalled.
    expect((await shownMilestone(world, made)).approvals.reweighedUsd).toBe('0');
  });

  it('count again when they come back, at the latest five minutes later', async () => {
    const token = await launch(world, feed);
    const made = await completed(world, token);
    const [stays, leaves] = [
      await holder(world, token, 300n * TOKEN),
      await holder(world, token, 150n * TOKEN),
    ];
    for (const wallet of [stays, leaves]) await signal(world, wallet, made);
    const elsewhere = await world.fundedWallet();
    await move(leaves, elsewhere, token, 100n);
    expect(await run(made)).toEqual(HELD);
    expect((await shownMilestone(world, made)).approvals.reweighedUsd).toBe('350');
    await move(elsewhere, leaves, token, 100n);
    await passSeconds(PAUSE_SECONDS);
    expect(await run(made)).toEqual(UNLOCKED);
    expect((await shownMilestone(world, made)).approvals.reweighedUsd).toBe('450');
  });

  it('in new accounts of the same wallet go on to count', async () => {
    for (const program of ['spl-token', 'token-2022'] as const) {
      const token = await launch(world, feed, { program });
      const made = await completed(world, token);
      const wallet = await holder(world, token, 500n * TOKEN);
      await signal(world, wallet, made);
      await splitOff(world.chain.rpcUrl, wallet, { mint: token.mint, program, rawAmount: 450n * TOKEN });
      expect(await run(made), program).toEqual(UNLOCKED);
      expect((await shownMilestone(world, made)).approvals.reweighedUsd, program).toBe('500');
    }
  });

  it('that came after the approval do not add to it, whatever the price is now', async () => {
    const token = await launch(world, feed);
    const made = await completed(world, token);
    const [grows, leaves] = [
      await holder(world, token, 300n * TOKEN),
      await holder(world, token, 150n * TOKEN),
    ];
    for (const wallet of [grows, leaves]) await signal(world, wallet, made);
    await transferTokens(world.chain.rpcUrl, token.creator, grows.address, token.mint, 900n * TOKEN);
    await move(leaves, grows, token, 150n);
    feed.setPrice(token.mint, '100');
    expect(await run(made)).toEqual(HELD);
    expect((await shownMilestone(world, made)).approvals).toMatchObject({
      weightUsd: '450',
      reweighedUsd: '300',
    });
  });
});

describe('a milestone that is held', () => {
  it('leaves one audit row for each outcome, not for each look', async () => {
    const token = await launch(world, feed);
    const made = await completed(world, token);
    const wallet = await holder(world, token, 500n * TOKEN);
    await signal(world, wallet, made);
    await move(wallet, await world.fundedWallet(), token, 200n);
    for (let look = 0; look < 3; look += 1) {
      expect(await run(made)).toEqual(HELD);
      await passSeconds(PAUSE_SECONDS);
    }
    await move(wallet, await world.fundedWallet(), token, 100n);
    expect(await run(made)).toEqual(HELD);
    const held = await auditOf(made, 'milestone_held_ok');
    expect(held.map(({ fields }) => fields['reweighedUsd'])).toEqual(['300', '200']);
  });
});

describe('the claim delay', () => {
  it('passes on the clock of the chain, and nothing unlocks before', async () => {
    await world.restart({ REWARD_CLAIM_DELAY_SECONDS: '3600' });
    try {
      const token = await launch(world, feed);
      const made = await completed(world, token);
      await signal(world, await holder(world, token, 500n * TOKEN), made);
      expect(await run(made)).toEqual(NOTHING);
      await passSeconds(3_500);
      expect(await run(made)).toEqual(NOTHING);
      const { waitingFor } = await shownMilestone(world, made);
      expect(waitingFor).toMatchObject([{ condition: 'claim_delay', who: 'time' }, {}]);
      await passSeconds(101);
      expect(await run(made)).toEqual(UNLOCKED);
      expect((await shownMilestone(world, made)).status).toBe('claimable');
    } finally {
      await world.restart();
    }
  });

  it('alone unlocks nothing: the weight has to be there', async () => {
    const token = await launch(world, feed);
    const made = await completed(world, token);
    await signal(world, await holder(world, token, 399_999_999n), made);
    await passSeconds(FOREVER);
    expect(await run(made)).toEqual(NOTHING);
    await signal(world, await holder(world, token, 20_000_001n), made);
    expect(await run(made)).toEqual(UNLOCKED);
  });

  it('of 0 lets the very next run unlock, and the signal itself does not', async () => {
    const token = await launch(world, feed);
    const made = await completed(world, token);
    await signal(world, await holder(world, token, 400n * TOKEN), made);
    expect((await shownMilestone(world, made)).status).toBe('completed');
    expect(await run(made)).toEqual(UNLOCKED);
    expect(await run(made)).toEqual(NOTHING);
  });
});

describe('many at once', () => {
  it('of one milestone, runs on all sides unlock it once', async () => {
    const token = await launch(world, feed);
    const made = await completed(world, token);
    await signal(world, await holder(world, token, 500n * TOKEN), made);
    const results = await Promise.all(Array.from({ length: 8 }, () => run(made)));
    expect(results.reduce((sum, { unlocked }) => sum + unlocked, 0)).toBe(1);
    expect(results.every(({ held, errors }) => held + errors === 0)).toBe(true);
    expect(await auditOf(made, 'milestone_claimable_ok')).toHaveLength(1);
  });

  it('approvals that race the unlocking either count or are refused', async () => {
    const token = await launch(world, feed);
    const made = await completed(world, token);
    const wallets = await Promise.all(Array.from({ length: 10 }, () => holder(world, token, 100n * TOKEN)));
    const signals = Promise.allSettled(wallets.map((wallet) => signal(world, wallet, made)));
    while ((await shownMilestone(world, made)).status === 'completed') await run(made);
    const outcomes = await signals;
    const counted = outcomes.filter(({ status }) => status === 'fulfilled').length;
    const refusals = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as Json] : []));
    expect(refusals.map(({ code }) => code)).toEqual(refusals.map(() => 'already_unlocked'));
    const rows = await signalsOf(world, made);
    expect(rows).toHaveLength(counted);
    const { status, approvals } = await shownMilestone(world, made);
    expect(status).toBe('claimable');
    expect(approvals).toMatchObject({ voters: counted, weightUsd: `${counted * 100}` });
    expect(Number(approvals.reweighedUsd)).toBeGreaterThanOrEqual(400);
    expect(Number(approvals.reweighedUsd)).toBeLessThanOrEqual(counted * 100);
    expect(await statusAndCode(signal(world, await holder(world, token, 100n * TOKEN), made))).toEqual([
      409,
      'already_unlocked',
    ]);
  });

  it('an approval that was on its way when the milestone unlocked is refused, and counts nowhere', async () => {
    const token = await launch(world, feed);
    const made = await completed(world, token);
    const late = await holder(world, token, 100n * TOKEN);
    await signal(world, await holder(world, token, 500n * TOKEN), made);
    await world.sql('DELETE FROM token_prices WHERE mint = $1', [token.mint]);
    let unlocked = false;
    onPrice = async () => {
      onPrice = () => undefined;
      expect(await run(made)).toEqual(UNLOCKED);
      unlocked = true;
    };
    expect(await statusAndCode(signal(world, late, made))).toEqual([409, 'already_unlocked']);
    expect(unlocked).toBe(true);
    expect(await signalsOf(world, made)).toHaveLength(1);
    expect((await shownMilestone(world, made)).approvals).toMatchObject({ weightUsd: '500', voters: 1 });
    expect(await auditOf(made, 'milestone_signal_ok')).toHaveLength(1);
  });

  it('milestones of one commitment unlock each for itself', async () => {
    const token = await launch(world, feed);
    const milestones = ['One', 'Two', 'Three'].map((title) => ({ title, unlockLamports: 5_000_000 }));
    const made = await reward(world, token, { milestones });
    const wallet = await holder(world, token, 500n * TOKEN);
    const [one = '', , three = ''] = made.milestoneIds;
    for (const milestoneId of [one, three]) {
      await complete(world, made, milestoneId);
      await signal(world, wallet, { id: made.id, milestoneId });
    }
    expect(await normalize(world, { commitmentId: made.id, limit: 1 })).toEqual(UNLOCKED);
    expect(await run(made)).toEqual(UNLOCKED);
    const { body } = await world
      .client()
      .get<{ milestones: { status: string }[] }>(`/commitments/${made.id}`);
    expect(body.milestones.map(({ status }) => status)).toEqual(['claimable', 'locked', 'claimable']);
  });

  it('one that cannot be weighed does not stop the others, and is tried again', async () => {
    const token = await launch(world, feed);
    const [broken, sound] = [await completed(world, token), await completed(world, token)];
    const wallet = await holder(world, token, 500n * TOKEN);
    for (const made of [broken, sound]) await signal(world, wallet, made);
    await world.sql(
      `CREATE OR REPLACE FUNCTION public.test_break() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN IF NEW.id = '${broken.milestoneId}' AND NEW.status = 'claimable' THEN RAISE EXCEPTION 'broken'; END IF;
       RETURN NEW; END $$`,
    );
    await world.sql(
      'CREATE TRIGGER test_break BEFORE UPDATE ON reward_milestones FOR EACH ROW EXECUTE FUNCTION public.test_break()',
    );
    try {
      const result = await normalize(world);
      expect(result).toMatchObject({ errors: 1 });
      expect(result.unlocked).toBeGreaterThanOrEqual(1);
      expect((await shownMilestone(world, sound)).status).toBe('claimable');
      expect((await shownMilestone(world, broken)).status).toBe('completed');
    } finally {
      await world.sql('DROP TRIGGER test_break ON reward_milestones');
      await world.sql('DROP FUNCTION public.test_break');
    }
    await passSeconds(61);
    expect(await run(broken)).toEqual(UNLOCKED);
  });
});

describe('a commitment that is not active', () => {
  it('unlocks nothing any more', async () => {
    const token = await launch(world, feed);
    const made = await completed(world, token);
    await signal(world, await holder(world, token, 500n * TOKEN), made);
    await resolveAsFailure((text, values) => world.sql(text, values), made.id);
    expect(await run(made)).toEqual(NOTHING);
    expect((await shownMilestone(world, made)).status).toBe('completed');
  });
});

describe('POST /admin/normalize-rewards', () => {
  const audited = () =>
    world.sql<{ actor: string; event: string; fields: Json }>(
      `SELECT actor, event, fields FROM audit_logs WHERE event LIKE 'admin_normalize_rewards%' ORDER BY id DESC LIMIT 1`,
    );

  it('is for admins, who are named in the log with the counts', async () => {
    const token = await launch(world, feed);
    const made = await completed(world, token);
    await signal(world, await holder(world, token, 500n * TOKEN), made);
    const admin = await world.adminClient();
    const { status, body } = await admin.post('/admin/normalize-rewards', { commitmentId: made.id });
    expect([status, body]).toEqual([200, UNLOCKED]);
    expect(await audited()).toMatchObject([
      { actor: world.admin.address, event: 'admin_normalize_rewards_ok', fields: UNLOCKED },
    ]);
  });

  it('is for who has CRON_SECRET, and for nobody else', async () => {
    const post = (headers: Record<string, string>) =>
      world.client().post('/admin/normalize-rewards', {}, headers);
    expect((await post({ 'x-cron-secret': CRON_SECRET })).status).toBe(200);
    expect(await audited()).toMatchObject([{ actor: 'cron', event: 'admin_normalize_rewards_ok' }]);
    for (const headers of [{}, { 'x-cron-secret': `${CRON_SECRET}x` }]) {
      expect((await statusAndCode(post(headers)))[0]).toBe(401);
      expect(await audited()).toMatchObject([{ event: 'admin_normalize_rewards_denied' }]);
    }
  });

  it('takes no strange orders', async () => {
    const refused = [
      { limit: 0 },
      { limit: 501 },
      { limit: 1.5 },
      { limit: '10' },
      { limit: null },
      { commitmentId: 'x' },
      { commitmentId: null },
      { force: true },
    ];
    for (const body of refused) {
      expect(await statusAndCode(normalize(world, body)), JSON.stringify(body)).toEqual([
        400,
        'validation_failed',
      ]);
    }
    const unknown = normalize(world, { commitmentId: '0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e6f' });
    expect(await statusAndCode(unknown)).toEqual([404, 'commitment_not_found']);
    const bare = await world.send('POST', '/api/admin/normalize-rewards', {
      headers: { 'x-cron-secret': CRON_SECRET },
    });
    expect([bare.status, bare.body]).toEqual([200, expect.objectContaining({ errors: 0 })]);
  });
});
