import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalPriceFeed } from '#src/local/local-price-feed.js';
import type { AppWorld } from '../../support/worlds/app-world.js';
import { create, refusal, signingText, statusAndCode } from '../../support/builders/personal.js';
import {
  complete,
  completed,
  holder,
  launch,
  type Launched,
  normalize,
  reward,
  type Reward,
  shownMilestone,
  signal,
  startRewardWorld,
  TOKEN,
} from '../../support/builders/rewards.js';
import { release } from '../../support/builders/releases.js';
import { SOL, TestWallet } from '../../support/builders/wallets.js';

type Json = Record<string, unknown>;

const UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

let world: AppWorld;
let feed: LocalPriceFeed;
let stop: () => Promise<void>;
let token: Launched;

beforeAll(async () => {
  ({ world, feed, stop } = await startRewardWorld());
  token = await launch(world, feed);
});
afterAll(async () => {
  await stop?.();
});

const show = async (id: string) => (await world.client().get<Json>(`/commitments/${id}`)).body;

describe('completing a milestone', () => {
  it('is the creator’s to do, once, and starts the clocks of the chain', async () => {
    const made = await reward(world, token, {
      milestones: [
        { title: 'One', unlockLamports: 1 },
        { title: 'Two', unlockLamports: 2 },
      ],
    });
    const now = await world.chainSeconds();
    const answer = await complete(world, made);
    // The balance may have been read once more in between.
    const { balanceAsOf: _, ...escrow } = answer['escrow'] as Json;
    expect(await show(made.id)).toMatchObject({ ...answer, escrow });
    const [first, second] = answer['milestones'] as Json[];
    expect(first).toMatchObject({ status: 'completed', completedAt: expect.stringMatching(UTC) });
    expect(second).toMatchObject({ status: 'locked' });
    const completedAt = Date.parse(String(first?.['completedAt'])) / 1_000;
    expect(completedAt).toBeGreaterThanOrEqual(now);
    expect(completedAt).toBeLessThan(now + 60);
    const [row] = await world.sql<Json>(
      `SELECT claim_ready_at = completed_at AS ready, vote_ends_at - completed_at = interval '1 day' AS voting,
              next_check_at = claim_ready_at AS looked_at
         FROM reward_milestones WHERE id = $1`,
      [made.milestoneId],
    );
    expect(row).toEqual({ ready: true, voting: true, looked_at: true });
    const [audited] = await world.sql<Json>(
      `SELECT actor, fields->>'milestoneId' AS milestone FROM audit_logs
        WHERE event = 'milestone_complete_ok' AND commitment_id = $1`,
      [made.id],
    );
    expect(audited).toEqual({ actor: token.creator.address, milestone: made.milestoneId });

    const again = await refusal(complete(world, made));
    expect([again.status, again.code, again.problem['milestoneStatus']]).toEqual([
      409,
      'already_completed',
      'completed',
    ]);
  });

  it('M7: sixteen times at once, is done once', async () => {
    const made = await reward(world, token);
    const answers = await Promise.allSettled(Array.from({ length: 16 }, () => complete(world, made)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const events = await world.sql(
      `SELECT 1 FROM audit_logs WHERE event = 'milestone_complete_ok' AND commitment_id = $1`,
      [made.id],
    );
    expect(events).toHaveLength(1);
  });

  it('is refused to everybody else, and of what is not there', async () => {
    const made = await reward(world, token);
    const other = await reward(world, token);
    const personal = await create(world);
    const stranger = await world.fundedWallet();
    const by = (wallet: TestWallet, change: Partial<Reward> = {}) =>
      statusAndCode(complete(world, { ...made, creator: wallet, ...change }));
    expect(await by(stranger)).toEqual([403, 'not_the_creator']);
    expect(await by(token.creator, { milestoneId: other.milestoneId })).toEqual([404, 'milestone_not_found']);
    expect(await by(token.creator, { id: other.milestoneId })).toEqual([404, 'commitment_not_found']);
    expect(await by(token.creator, { id: personal.id })).toEqual([409, 'wrong_kind']);
    expect((await shownMilestone(world, made)).status).toBe('locked');
  });

  it('V6: takes no signature of another milestone', async () => {
    const made = await reward(world, token, {
      milestones: [
        { title: 'One', unlockLamports: 1 },
        { title: 'Two', unlockLamports: 2 },
      ],
    });
    const [first = '', second = ''] = made.milestoneIds;
    const params = { commitmentId: made.id, milestoneId: first };
    const { message, issuedAt } = await signingText(world, token.creator, 'milestone.complete', params);
    const signature = token.creator.signBase58(message);
    const body = { wallet: token.creator.address, issuedAt, signature };
    const path = (id: string) => `/commitments/${made.id}/milestones/${id}/complete`;
    expect(await statusAndCode(world.client().post(path(second), body))).toEqual([401, 'invalid_signature']);
    // The same id in capitals is the same milestone.
    expect((await world.client().post(path(first.toUpperCase()), body)).status).toBe(200);
  });
});

describe('what a milestone still waits for', () => {
  it('is told at every stage, to the holder and to the creator', async () => {
    await world.restart({ REWARD_CLAIM_DELAY_SECONDS: '5000' });
    const [one, two] = [await holder(world, token, 300n * TOKEN), await holder(world, token, 100n * TOKEN)];
    const made = await completed(world, token);
    const { completedAt, waitingFor } = await shownMilestone(world, made);
    const readyAt = new Date(Date.parse(String(completedAt)) + 5_000_000).toISOString();
    const approvals = { condition: 'approvals', value: '0', limit: '400', who: 'holders' };
    expect(waitingFor).toEqual([
      { condition: 'claim_delay', value: expect.stringMatching(UTC), limit: readyAt, who: 'time' },
      approvals,
    ]);
    await signal(world, one, made);
    expect((await shownMilestone(world, made)).waitingFor[1]).toEqual({ ...approvals, value: '300' });
    await signal(world, two, made);
    expect((await shownMilestone(world, made)).waitingFor).toMatchObject([
      { condition: 'claim_delay', limit: readyAt },
      { condition: 'reweighed_approvals', value: null, limit: '400', who: 'service' },
    ]);
    expect(await normalize(world)).toMatchObject({ unlocked: 0 });

    await world.travelTo(Date.parse(readyAt) + 1_000);
    expect(await normalize(world, { commitmentId: made.id })).toMatchObject({ unlocked: 1 });
    expect(await shownMilestone(world, made)).toMatchObject({
      status: 'claimable',
      claimableAt: expect.stringMatching(UTC),
      approvals: { weightUsd: '400', thresholdUsd: '400', voters: 2, reweighedUsd: '400' },
      waitingFor: [{ condition: 'release', value: 'claimable', limit: 'released', who: 'admin' }],
    });

    await world.chain.cheats.fundSol(made.escrow, 3n * SOL);
    const admin = await world.adminClient();
    const params = { commitmentId: made.id, milestoneId: made.milestoneId };
    const { body } = await admin.act<{ signature: string }>('admin.milestone.release', params);
    expect(await shownMilestone(world, made)).toMatchObject({
      status: 'released',
      releasedAt: expect.stringMatching(UTC),
      signature: body.signature,
      waitingFor: [],
    });
    expect(await show(made.id)).toMatchObject({
      status: 'completed',
      resolvedAt: expect.stringMatching(UTC),
    });
    await world.restart();
  });

  it('M9: is told without writing anything', async () => {
    const made = await completed(world, token);
    const before = await world.rowsDigest();
    for (let i = 0; i < 5; i += 1) await show(made.id);
    await world.client().get('/commitments');
    await world.client().get('/timeline');
    expect(await world.rowsDigest()).toEqual(before);
  });
});

describe('the timeline', () => {
  const events = async (query: string) =>
    (await world.client().get<{ items: Json[]; nextCursor: string | null }>(`/timeline?${query}`)).body;

  it('tells the public part of what happened, newest first', async () => {
    const approver = await holder(world, token, 500n * TOKEN);
    const made = await completed(world, token);
    await signal(world, approver, made);
    await normalize(world, { commitmentId: made.id });
    await world.chain.cheats.fundSol(made.escrow, 3n * SOL);
    const admin = await world.adminClient();
    const { body: paid } = await release(admin, made);

    const { items } = await events(`commitmentId=${made.id}`);
    const common = {
      id: expect.stringMatching(/^\d+$/),
      ts: expect.stringMatching(UTC),
      commitmentId: made.id,
    };
    const { milestoneId } = made;
    const oldestFirst = items.filter(({ event }) => event !== 'payout_finalized').toReversed();
    expect(oldestFirst).toMatchObject([
      { ...common, event: 'commitment_created', wallet: made.creator.address, amountLamports: 1_000_000_000 },
      { ...common, event: 'milestone_completed', wallet: made.creator.address, milestoneId },
      { ...common, event: 'milestone_approved', wallet: approver.address, milestoneId },
      { ...common, event: 'milestone_claimable', milestoneId },
      { ...common, event: 'milestone_release_decided', milestoneId, payoutId: paid.payout.id },
      {
        ...common,
        event: 'payout_confirmed',
        payoutId: paid.payout.id,
        amountLamports: 1_000_000_000,
        signature: paid.signature,
      },
      { ...common, event: 'commitment_completed' },
    ]);
    const text = JSON.stringify(await events('limit=200'));
    expect(text).not.toContain(world.admin.address);
    expect(text).not.toMatch(/requestId|requestedBy|attestation|actor|denied|admin_/);
  });

  it('pages without a gap, and takes only cursors of its own', async () => {
    const whole = (await events('limit=200')).items;
    const pages: Json[] = [];
    let cursor = '';
    do {
      const page: { items: Json[]; nextCursor: string | null } = await events(
        `limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      pages.push(...page.items);
      cursor = page.nextCursor ?? '';
    } while (cursor !== '');
    expect(pages).toEqual(whole);
    expect(whole.length).toBeGreaterThan(10);
    const ids = whole.map(({ id }) => BigInt(String(id)));
    expect(ids).toEqual([...ids].sort((a, b) => (a < b ? 1 : -1)));
    for (const bad of ['x', '0', '-1', '99999999999999999999', "1' OR 1=1"]) {
      const encoded = Buffer.from(bad).toString('base64url');
      expect(await statusAndCode(world.client().get(`/timeline?cursor=${encoded}`)), bad).toEqual([
        400,
        'invalid_cursor',
      ]);
    }
    expect(await statusAndCode(world.client().get('/timeline?commitmentId=x'))).toEqual([
      400,
      'validation_failed',
    ]);
  });
});

describe('POST /dev-verify', () => {
  const verify = (wallet: TestWallet, tokenMint: string) =>
    world.client().signAction<Json>(wallet, 'dev.verify', { tokenMint }, '/dev-verify');

  it('tells an authority that it is one', async () => {
    const { mint, creator } = await launch(world, feed, { program: 'token-2022', withMetadata: true });
    const { status, body } = await verify(creator, mint);
    expect([status, body]).toEqual([
      200,
      {
        wallet: creator.address,
        tokenMint: mint,
        mintAuthority: creator.address,
        updateAuthority: creator.address,
        isAuthority: true,
      },
    ]);
  });

  it('refuses everybody else, another token and what is no token', async () => {
    const stranger = await world.fundedWallet();
    expect(await statusAndCode(verify(stranger, token.mint))).toEqual([403, 'not_token_authority']);
    const other = await launch(world, feed);
    expect(await statusAndCode(verify(token.creator, other.mint))).toEqual([403, 'not_token_authority']);
    const { status, problem } = await refusal(verify(token.creator, stranger.address));
    expect([status, problem['errors']]).toMatchObject([400, [{ path: 'tokenMint' }]]);
  });

  it('takes no signature over another token', async () => {
    const { message, issuedAt } = await signingText(world, token.creator, 'dev.verify', {
      tokenMint: TestWallet.generate().address,
    });
    const signature = token.creator.signBase58(message);
    const body = { wallet: token.creator.address, issuedAt, signature, tokenMint: token.mint };
    expect(await statusAndCode(world.client().post('/dev-verify', body))).toEqual([401, 'invalid_signature']);
  });
});
