import { JobWork } from '#src/jobs/job-work.service.js';
import { type JobName, JOBS } from '#src/jobs/jobs.js';
import type { LocalPriceFeed } from '#src/local/local-price-feed.js';
import type { AppWorld } from '../worlds/app-world.js';
import { attested, succeed } from './personal.js';
import { claimable, openMarket, release, UNLOCK } from './releases.js';
import { CRON_SECRET } from './rewards.js';
import { finalize } from './sweeps.js';

/** For a service that takes the prices of this feed. */
export function everydayEnv(feed: LocalPriceFeed): Readonly<Record<string, string>> {
  return { JOBS_ENABLED: 'false', JUPITER_PRICE_URL: feed.url, REWARD_CLAIM_DELAY_SECONDS: '0', CRON_SECRET };
}

/** Every filter of the public and the admins' lists, alone and together, and the page after the first. */
const LISTS: Readonly<Record<string, readonly string[][]>> = {
  '/api/commitments': [
    ['kind=personal', 'kind=creator_reward'],
    ['status=active', 'status=completed', 'status=resolving', 'status=in_notice'],
    [`wallet=${'C'.repeat(41)}123`],
    [`tokenMint=${'D'.repeat(41)}123`],
  ],
  '/api/admin/payouts': [['status=finalized', 'status=stopped']],
  '/api/admin/audit-logs': [
    ['event=payout_confirmed', 'event=payout_', 'event=milestone_signal_ok'],
    [`actor=${'C'.repeat(41)}123`],
    ['from=2020-01-01T00:00:00Z', 'from=2099-01-01T00:00:00Z'],
    ['to=2020-01-01T00:00:00Z'],
  ],
};

export function everyList(): string[] {
  return Object.entries(LISTS).flatMap(([path, filters]) =>
    filters
      .reduce<string[]>(
        (all, choices) => all.flatMap((one) => [one, ...choices.map((choice) => `${one}&${choice}`)]),
        [''],
      )
      .flatMap((query) => [`${path}?limit=10${query}`]),
  );
}

/** Jobs that go through all there is: that is what they are for. */
const COMPARES_EVERYTHING: readonly JobName[] = ['reconciliation', 'custody-check', 'managed-fee-sweep'];

/** A promise kept, a milestone released, and every job once. */
export async function everydayWork(world: AppWorld, feed: LocalPriceFeed): Promise<void> {
  const admin = await world.adminClient();
  const kept = await attested(world);
  await succeed(admin, kept.id);
  await finalize(world, kept);
  const market = await openMarket(world, feed);
  const made = await claimable(world, market, { milestones: 2, unlocked: 1, lamports: 3n * UNLOCK });
  await release(admin, made);
  await finalize(world, made);
  for (const { name } of JOBS) {
    if (!COMPARES_EVERYTHING.includes(name)) await world.app.get(JobWork).of(name)();
  }
}
