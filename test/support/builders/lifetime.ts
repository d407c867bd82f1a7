import type { LocalPriceFeed } from '#src/local/local-price-feed.js';
import type { AppWorld } from '../worlds/app-world.js';
import { announce, claim, enroll, takeEffect } from './failures.js';
import { finish } from './sweeps.js';
import { attest, attested, statusAndCode, succeed } from './personal.js';
import { claimable, openMarket, release } from './releases.js';
import { completed, signal } from './rewards.js';
import { expect } from 'vitest';

/** Everything that wallets and admins do, once and, where that is allowed, once more. */
export async function liveThrough(world: AppWorld, feed: LocalPriceFeed): Promise<void> {
  const admin = await world.adminClient();
  const personal = await attested(world);
  await attest(world, personal);
  await succeed(admin, personal.id);
  expect(await statusAndCode(succeed(admin, personal.id))).toEqual([409, 'already_resolved']);
  const market = await openMarket(world, feed);
  const made = await claimable(world, market, { lamports: 2_000_000_000n });
  await signal(world, market.whale, made);
  await admin.post('/admin/normalize-rewards');
  await release(admin, made);
  const params = { tokenMint: market.mint };
  await world.client().signAction(market.creator, 'dev.verify', params, '/dev-verify');
  const failing = await completed(world, market);
  await signal(world, market.whale, failing);
  await world.chain.cheats.fundSol(failing.escrow, 2_000_000_000n);
  await announce(world, admin, failing);
  await enroll(world.client(), market.whale, failing);
  await takeEffect(world, failing);
  await finish(world);
  await claim(world.client(), market.whale, failing);
  await admin.post('/commitments/sweep', {});
  const { body: pause } = await admin.act<{ id: string }>('admin.pause.create', {
    scope: 'all',
    reason: 'test',
  });
  await admin.act('admin.pause.end', { pauseId: pause.id });
  await admin.post('/admin/logout');
}
