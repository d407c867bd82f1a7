import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FeeRoutingWatch } from '#src/commitments/fee-routing/fee-routing-watch.service.js';
import type { LocalPriceFeed } from '#src/local/local-price-feed.js';
import { create } from '../../support/builders/personal.js';
import { setPumpCurve, setPumpPool, setPumpSharing } from '../../support/builders/pump.js';
import { launch, type Reward, reward, startRewardWorld } from '../../support/builders/rewards.js';
import { TestWallet } from '../../support/builders/wallets.js';
import { runOps } from '../../support/processes/ops-command.js';
import type { AppWorld } from '../../support/worlds/app-world.js';

type Json = Record<string, unknown>;

const USDC = 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v';
const DEV = TestWallet.generate().address;

let world: AppWorld;
let feed: LocalPriceFeed;
let stop: () => Promise<void>;

beforeAll(async () => {
  ({ world, feed, stop } = await startRewardWorld());
});
afterAll(async () => {
  await stop?.();
});

const rpcUrl = () => world.chain.rpcUrl;
const routingOf = async (id: string) =>
  (await world.client().get<Json>(`/commitments/${id}/fee-routing`)).body;
const shown = async (id: string) => (await world.client().get<Json>(`/commitments/${id}`)).body;

/** A commitment in managed mode, whose coin names its own creator. */
async function managed(): Promise<Reward> {
  const token = await launch(world, feed);
  await setPumpCurve(rpcUrl(), token.mint, token.creator.address);
  return reward(world, token, { creatorFeeMode: 'managed' });
}

async function sharedCurve(mint: string, sharing: Parameters<typeof setPumpSharing>[2]): Promise<void> {
  await setPumpCurve(rpcUrl(), mint, await setPumpSharing(rpcUrl(), mint, sharing));
}

type Arrange = (made: Reward) => Promise<void>;

const CASES: [string, Arrange, Json][] = [
  [
    'the escrow as creator',
    ({ mint, escrow }) => setPumpCurve(rpcUrl(), mint, escrow),
    { answer: 'yes', bps: 10_000, reason: 'escrow_is_creator', locked: false },
  ],
  [
    'the escrow as creator, in the layout of 83 bytes',
    ({ mint, escrow }) => setPumpCurve(rpcUrl(), mint, escrow, { length: 83 }),
    { answer: 'yes', bps: 10_000 },
  ],
  [
    'another creator',
    ({ mint }) => setPumpCurve(rpcUrl(), mint, DEV),
    { answer: 'no', bps: 0, reason: 'other_creator', earner: DEV },
  ],
  [
    'seven parts of ten, locked',
    ({ mint, escrow }) =>
      sharedCurve(mint, { shares: { [escrow]: 7_000, [DEV]: 3_000 }, admin: DEV, locked: true }),
    { answer: 'partly', bps: 7_000, reason: 'sharing', locked: true, admin: null },
  ],
  [
    'all of it, editable',
    ({ mint, escrow }) => sharedCurve(mint, { shares: { [escrow]: 10_000 }, admin: DEV }),
    { answer: 'yes', bps: 10_000, reason: 'sharing', locked: false, admin: DEV },
  ],
  [
    'cashback',
    ({ mint, escrow }) => setPumpCurve(rpcUrl(), mint, escrow, { cashback: true }),
    { answer: 'no', reason: 'cashback' },
  ],
  [
    'holder rewards',
    ({ mint, escrow }) => setPumpCurve(rpcUrl(), mint, escrow, { holderReward: true }),
    { answer: 'no', reason: 'holder_rewards' },
  ],
  [
    'a pool of another',
    async ({ mint, escrow }) => {
      await setPumpCurve(rpcUrl(), mint, escrow, { complete: true });
      await setPumpPool(rpcUrl(), mint, DEV);
    },
    { answer: 'no', earner: DEV },
  ],
  [
    'a pool of the escrow',
    async ({ mint, escrow }) => {
      await setPumpCurve(rpcUrl(), mint, DEV, { complete: true });
      await setPumpPool(rpcUrl(), mint, escrow);
    },
    { answer: 'yes', bps: 10_000, earner: expect.any(String) },
  ],
  [
    'a curve on its way to its pool',
    ({ mint, escrow }) => setPumpCurve(rpcUrl(), mint, escrow, { complete: true }),
    { answer: 'unknown', bps: 0, reason: 'graduating' },
  ],
  [
    'a layout of tomorrow',
    ({ mint, escrow }) => setPumpCurve(rpcUrl(), mint, escrow, { length: 200 }),
    { answer: 'unknown', bps: 0, reason: 'unknown_layout', earner: null },
  ],
  [
    'shares of a later version',
    ({ mint, escrow }) => sharedCurve(mint, { shares: { [escrow]: 10_000 }, admin: DEV, version: 3 }),
    { answer: 'unknown', bps: 0, reason: 'unknown_layout' },
  ],
  [
    'paused shares',
    ({ mint, escrow }) => sharedCurve(mint, { shares: { [escrow]: 10_000 }, admin: DEV, active: false }),
    { answer: 'unknown', bps: 0, reason: 'sharing_inactive' },
  ],
  [
    'a pair with USDC',
    ({ mint, escrow }) => setPumpCurve(rpcUrl(), mint, escrow, { quoteMint: USDC }),
    { answer: 'no', reason: 'other_currency' },
  ],
];

describe('who earns the creator fees', () => {
  it.each(CASES)('of %s', async (_, arrange, expected) => {
    const made = await managed();
    await arrange(made);
    const answer = await routingOf(made.id);
    expect(answer).toMatchObject({
      commitmentId: made.id,
      tokenMint: made.mint,
      creatorFeeMode: 'managed',
      escrow: made.escrow,
      slot: expect.any(Number),
      ...expected,
    });
    expect(answer['detail']).toMatch(/^([A-Z]|pump\.fun ).*\.$/);
  });

  it('is told for a token that pump.fun does not know, and only for rewards', async () => {
    const plain = await reward(world, await launch(world, feed));
    expect(await routingOf(plain.id)).toMatchObject({ answer: 'no', reason: 'not_a_pump_coin' });
    const { id } = await create(world);
    await expect(routingOf(id)).rejects.toMatchObject({ status: 409, code: 'wrong_kind' });
  });

  it('is one command for the operator, who need not be signed in', async () => {
    const made = await managed();
    await setPumpCurve(rpcUrl(), made.mint, made.escrow);
    const { code, out } = await runOps('/tmp', ['fee-routing', made.id, '--api', world.url]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ answer: 'yes', earner: made.escrow });
  });
});

describe('managed mode', () => {
  it('is refused where the fees can never reach an escrow, and nothing is written', async () => {
    const token = await launch(world, feed);
    const ask = () => reward(world, token, { creatorFeeMode: 'managed' });
    const refused = { status: 422, code: 'fees_not_manageable' };
    await expect(ask()).rejects.toMatchObject(refused);
    await setPumpCurve(rpcUrl(), token.mint, token.creator.address, { cashback: true });
    await expect(ask()).rejects.toMatchObject(refused);
    await sharedCurve(token.mint, { shares: { [DEV]: 10_000 }, admin: DEV, locked: true });
    await expect(ask()).rejects.toThrow('nobody can change the shares');
    expect(await world.sql('SELECT id FROM commitments WHERE token_mint = $1', [token.mint])).toEqual([]);
    await sharedCurve(token.mint, { shares: { [DEV]: 10_000 }, admin: DEV });
    expect((await ask()).id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is shown only while all fees reach the escrow, and less of them is an alarm', async () => {
    const made = await managed();
    const { id, mint, escrow } = made;
    const watch = () => world.app.get(FeeRoutingWatch).run();
    const events = async () =>
      world.sql<{ event: string; now: Json }>(
        `SELECT event, fields->'now' AS now FROM audit_logs WHERE commitment_id = $1 AND event LIKE 'fee_routing%' ORDER BY id`,
        [id],
      );
    const before = await shown(id);
    expect([before['creatorFeeMode'], before['feeRouting']]).toEqual(['assisted', undefined]);

    await watch();
    expect(await shown(id)).toMatchObject({
      creatorFeeMode: 'assisted',
      feeRouting: { answer: 'no', bps: 0 },
    });
    await setPumpCurve(rpcUrl(), mint, escrow);
    await watch();
    await watch();
    expect(await shown(id)).toMatchObject({
      creatorFeeMode: 'managed',
      feeRouting: { answer: 'yes', locked: false },
    });
    await sharedCurve(mint, { shares: { [escrow]: 9_999, [DEV]: 1 }, admin: DEV, locked: true });
    await watch();
    const now = await shown(id);
    expect(now).toMatchObject({ creatorFeeMode: 'assisted', feeRouting: { answer: 'partly', bps: 9_999 } });
    expect(now['terms']).toMatchObject({ creatorFeeMode: 'managed' });
    expect(await events()).toMatchObject([
      { event: 'fee_routing_changed', now: { answer: 'yes' } },
      { event: 'fee_routing_changed_error', now: { answer: 'partly', bps: 9_999, locked: true } },
    ]);
  });

  it('is not judged by a reading that is older than the last one', async () => {
    const { id, mint, escrow } = await managed();
    await setPumpCurve(rpcUrl(), mint, escrow);
    await world.app.get(FeeRoutingWatch).run();
    await world.sql('UPDATE fee_routings SET slot = slot + 1000000 WHERE commitment_id = $1', [id]);
    await setPumpCurve(rpcUrl(), mint, DEV);
    await world.app.get(FeeRoutingWatch).run();
    expect(await shown(id)).toMatchObject({ creatorFeeMode: 'managed' });
  });
});
