import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalPriceFeed } from '#src/local/local-price-feed.js';
import { mintTo } from '#src/local/chain/token.js';
import { refusal, statusAndCode } from '../../support/builders/personal.js';
import {
  completed,
  holder,
  launch,
  normalize,
  reward,
  shownMilestone,
  signal,
  startRewardWorld,
  TOKEN,
} from '../../support/builders/rewards.js';
import type { AppWorld } from '../../support/worlds/app-world.js';

let world: AppWorld;
let feed: LocalPriceFeed;
let stop: () => Promise<void>;

beforeAll(async () => {
  ({ world, feed, stop } = await startRewardWorld());
});
afterAll(async () => {
  await stop?.();
});

const HELD = { due: 1, unlocked: 0, held: 1, errors: 0 };

describe('R2: printed tokens', () => {
  it('are no votes: while there are more than when the terms were signed, nothing counts and nothing unlocks', async () => {
    const token = await launch(world, feed);
    const made = await completed(world, token);
    await signal(world, await holder(world, token, 500n * TOKEN), made);
    const honest = await holder(world, token, 500n * TOKEN);
    await mintTo(world.chain.rpcUrl, token.creator, token.mint, honest.address, 1n);
    expect(await statusAndCode(signal(world, honest, made))).toEqual([409, 'supply_grown']);
    expect(await normalize(world, { commitmentId: made.id })).toEqual(HELD);
    const { status, waitingFor } = await shownMilestone(world, made);
    expect([status, waitingFor]).toEqual([
      'completed',
      [
        {
          condition: 'supply_grown',
          value: '9000000000000000001',
          limit: '9000000000000000000',
          who: 'creator',
        },
      ],
    ]);
  });

  it('cannot be, where the terms ask for it: a token whose mint authority lives is refused, and one without supply', async () => {
    await world.restart({ REWARD_ALLOW_MINTABLE_TOKENS: 'false' });
    const token = await launch(world, feed);
    const { status, code, problem } = await refusal(reward(world, token));
    expect([status, code, problem['mintAuthority']]).toEqual([422, 'mintable_token', token.creator.address]);
    await world.restart();
    const made = await reward(world, token);
    const { body } = await world.client().get<Record<string, unknown>>(`/commitments/${made.id}`);
    expect(body['token']).toEqual({
      program: 'spl-token',
      decimals: 6,
      supply: '9000000000000000000',
      mintAuthority: token.creator.address,
      freezeAuthority: null,
      warnings: ['mintable'],
    });
  });
});

describe('R2: the threshold', () => {
  it('is also a part of the supply: a few dollars of a large token unlock nothing', async () => {
    await world.restart({ REWARD_APPROVAL_SUPPLY_BPS: '100' });
    const token = await launch(world, feed);
    const made = await completed(world, token);
    await signal(world, await holder(world, token, 1_000n * TOKEN), made);
    expect(await normalize(world, { commitmentId: made.id })).toEqual(HELD);
    const one = 90_000_000_000_000_000n;
    expect((await shownMilestone(world, made)).waitingFor).toEqual([
      { condition: 'approved_supply', value: '1000000000', limit: one.toString(), who: 'holders' },
    ]);
    await signal(world, await holder(world, token, one - 1_000n * TOKEN), made);
    expect(await normalize(world, { commitmentId: made.id })).toMatchObject({ unlocked: 1 });
  });
});
