import fc from 'fast-check';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Transactions } from '#src/common/database/transactions.js';
import {
  MILESTONE_STATUSES,
  type MilestoneStatus,
  mayMoveMilestone,
} from '#src/commitments/milestones/milestone.js';
import { type MilestoneRef, Milestones } from '#src/commitments/milestones/milestones.service.js';
import { AppWorld } from '../../support/worlds/app-world.js';
import { completedMilestone, resolveAsFailure } from '../../support/builders/reward-rows.js';
import { TestWallet } from '../../support/builders/wallets.js';

const THRESHOLD = '400';
const PAST = new Date('2026-01-01T00:00:00.000Z');
const NOW = new Date('2026-01-02T00:00:00.000Z');
const LATER = new Date('2026-01-03T00:00:00.000Z');
const TERMS = { claimDelaySeconds: 60, voteWindowSeconds: 60 };

let world: AppWorld;
let milestones: Milestones;
let transactions: Transactions;

beforeAll(async () => {
  world = await AppWorld.start({ JOBS_ENABLED: 'false' });
  milestones = world.app.get(Milestones);
  transactions = world.app.get(Transactions);
});
afterAll(async () => {
  await world?.stop();
});

/** Whoever is too late is told by `moved`; the alarm is that of the payout. */
const noMiss = async () => undefined;

type Move = (manager: EntityManager, ref: MilestoneRef) => Promise<unknown>;

const SUPPLY = { approvedRaw: '1', seenSupply: '1' };

/** Every move there is, with arguments that are good. */
const MOVES: Readonly<Record<string, Move>> = {
  complete: (manager, ref) => milestones.complete(manager, ref, NOW, TERMS),
  addSignal: (manager, ref) => milestones.addSignal(manager, ref, THRESHOLD),
  hold: (manager, ref) =>
    milestones.hold(manager, ref, { ...SUPPLY, reweighedUsd: '1', at: NOW, voters: 1, nextCheckAt: LATER }),
  unlock: (manager, ref) =>
    milestones.unlock(manager, ref, { ...SUPPLY, reweighedUsd: THRESHOLD, at: LATER }),
  beginRelease: (manager, ref) => milestones.beginRelease(manager, ref),
  undoRelease: (manager, ref) => milestones.undoRelease(manager, ref),
  finishRelease: async (manager, ref) => (await milestones.finishRelease(manager, ref, PAID, noMiss)).moved,
};

const PAID = { signature: 'sig', lamports: 2n ** 40n };

const run = (name: string, ref: MilestoneRef) =>
  transactions.run(async (manager) => (await MOVES[name]?.(manager, ref)) ?? null);

async function made(): Promise<MilestoneRef> {
  const tokenMint = TestWallet.generate().address;
  return completedMilestone(world, { tokenMint, thresholdUsd: THRESHOLD, completedAt: PAST });
}

/** One more milestone of the same commitment, still locked. */
async function sibling({ commitmentId }: MilestoneRef, position = 2): Promise<MilestoneRef> {
  const id = v7();
  await world.sql(
    `INSERT INTO reward_milestones (id, commitment_id, position, title, unlock_lamports, threshold_usd)
     VALUES ($1, $2, $3, 'Ship', 5, $4)`,
    [id, commitmentId, position, THRESHOLD],
  );
  return { id, commitmentId };
}

async function releasing(ref: MilestoneRef): Promise<MilestoneRef> {
  for (const name of ['complete', 'addSignal', 'unlock', 'beginRelease']) await run(name, ref);
  return ref;
}

const rowOf = async ({ commitmentId, id }: MilestoneRef) => milestones.get(commitmentId, id);

async function commitmentStatus({ commitmentId }: MilestoneRef): Promise<string | undefined> {
  const rows = await world.sql<{ status: string }>('SELECT status FROM commitments WHERE id = $1', [
    commitmentId,
  ]);
  return rows[0]?.status;
}

/** The two that succeed without a step to another state. */
const stays = (name: string, status: MilestoneStatus) =>
  status === 'completed' && ['addSignal', 'hold'].includes(name);

describe('moves of a milestone', () => {
  it('in any order make only the documented steps, and say truly whether they made one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...Object.keys(MOVES)), { maxLength: 12 }), async (names) => {
        const ref = await sibling(await made());
        let before: MilestoneStatus = 'locked';
        for (const name of names) {
          const won = await run(name, ref);
          const { status } = await rowOf(ref);
          const moved = status !== before;
          expect(!moved || mayMoveMilestone(before, status), `${before} -> ${status}`).toBe(true);
          expect(won === true, `${name} in ${before}`).toBe(moved || stays(name, before));
          before = status;
        }
      }),
      { numRuns: 25 },
    );
  });

  it.each(['resolving', 'completed'])(
    'wait for nothing once the commitment is %s, but a release under way is booked',
    async (status) => {
      const [completed, open] = [await made(), await made()];
      await releasing(open);
      const claimable = await sibling(completed);
      for (const name of ['complete', 'addSignal', 'unlock']) await run(name, claimable);
      const locked = await sibling(completed, 3);
      for (const { commitmentId } of [completed, open])
        if (status === 'completed')
          await world.sql(`UPDATE commitments SET status = $2, resolved_at = now() WHERE id = $1`, [
            commitmentId,
            status,
          ]);
        else await resolveAsFailure((text, values) => world.sql(text, values), commitmentId);
      for (const name of ['addSignal', 'hold', 'unlock'])
        expect(await run(name, completed), name).toBe(false);
      expect(await run('complete', locked)).toBe(false);
      // What is claimable by then was earned.
      expect(await run('beginRelease', claimable)).toBe(true);
      expect(
        await milestones.findDue(transactions.manager, {
          now: LATER,
          limit: 100,
          commitmentId: completed.commitmentId,
          pausedToo: false,
        }),
      ).toEqual([]);

      expect(await run('finishRelease', open)).toBe(true);
      expect((await rowOf(open)).status).toBe('released');
      expect(await commitmentStatus(open)).toBe(status);
    },
  );

  it('M7: of 16 at once one wins', async () => {
    for (const name of ['unlock', 'beginRelease', 'finishRelease']) {
      const ref = await made();
      const path = ['addSignal', 'unlock', 'beginRelease', 'finishRelease'];
      for (const earlier of path.slice(0, path.indexOf(name))) await run(earlier, ref);
      const won = await Promise.all(Array.from({ length: 16 }, () => run(name, ref)));
      expect(
        won.filter((one) => one === true),
        name,
      ).toHaveLength(1);
    }
  });

  it('unlock only what is enough and ready', async () => {
    const ref = await made();
    const unlock = (reweighedUsd: string, at: Date) =>
      transactions.run((manager) => milestones.unlock(manager, ref, { ...SUPPLY, reweighedUsd, at }));
    expect(await unlock('400', NOW), 'nobody has signalled').toBe(false);
    await run('addSignal', ref);
    expect(await unlock('399.999999999999999999', NOW), 'too little is left').toBe(false);
    expect(await unlock('400', new Date(PAST.getTime() - 1)), 'the delay is not over').toBe(false);
    expect(await unlock('400.00', NOW)).toBe(true);
    expect(await rowOf(ref)).toMatchObject({ status: 'claimable', claimableAt: NOW, reweighedUsd: '400' });
  });
});

describe('approvals', () => {
  it('that come at once are all counted, to the last digit', async () => {
    const ref = await made();
    const weights = Array.from({ length: 40 }, (_, index) => `${index}.000000000000000000000000000001`);
    await Promise.all(
      weights.map((weight) => transactions.run((manager) => milestones.addSignal(manager, ref, weight))),
    );
    expect(await rowOf(ref)).toMatchObject({ signalledUsd: '780.00000000000000000000000000004', voters: 40 });
  });

  it('that come while the others are weighed are looked at without waiting', async () => {
    const ref = await made();
    await run('addSignal', ref);
    const held = { ...SUPPLY, reweighedUsd: '1.50', at: NOW, nextCheckAt: LATER };
    const hold = (voters: number) =>
      transactions.run((manager) => milestones.hold(manager, ref, { ...held, voters }));
    expect(await hold(1)).toBe(true);
    expect(await rowOf(ref)).toMatchObject({ reweighedUsd: '1.5', reweighedAt: NOW, nextCheckAt: LATER });
    await run('addSignal', ref);
    expect((await rowOf(ref)).nextCheckAt).toEqual(PAST);
    expect(await hold(1)).toBe(true);
    expect((await rowOf(ref)).nextCheckAt).toEqual(PAST);
  });
});

describe('the last release', () => {
  it('M8: completes the commitment once, however the releases of its milestones meet', async () => {
    for (let round = 0; round < 10; round += 1) {
      const first = await made();
      await releasing(first);
      const others = await Promise.all([2, 3].map((position) => sibling(first, position)));
      for (const one of others) await releasing(one);
      const ends = await Promise.all(
        [first, ...others].map((ref) =>
          transactions.run((manager) =>
            milestones.finishRelease(manager, ref, { ...PAID, signature: `signature of ${ref.id}` }, noMiss),
          ),
        ),
      );
      expect(ends.map(({ moved }) => moved)).toEqual([true, true, true]);
      expect(ends.filter(({ completed }) => completed)).toHaveLength(1);
      expect(await commitmentStatus(first)).toBe('completed');
      const rows = await milestones.findAll(transactions.manager, first.commitmentId);
      for (const row of rows) {
        expect(row).toMatchObject({ status: 'released', releaseSignature: `signature of ${row.id}` });
      }
    }
  });

  it('leaves the commitment open while a milestone is not released', async () => {
    const first = await made();
    await sibling(first);
    await releasing(first);
    const end = await transactions.run((manager) => milestones.finishRelease(manager, first, PAID, noMiss));
    expect(end).toEqual({ moved: true, completed: false });
    expect(await commitmentStatus(first)).toBe('active');
  });
});

describe('the database', () => {
  it('refuses every move that the rules do not know, whoever asks', async () => {
    const ref = await releasing(await made());
    for (const to of MILESTONE_STATUSES.filter(
      (one) => !mayMoveMilestone('releasing', one) && one !== 'releasing',
    )) {
      const update = world.sql(`UPDATE reward_milestones SET status = $2 WHERE id = $1`, [ref.id, to]);
      await expect(update, to).rejects.toThrow(/cannot go from|violates check/);
    }
    const deletion = world.sql('DELETE FROM reward_milestones WHERE id = $1', [ref.id]);
    await expect(deletion).rejects.toThrow('evidence');
  });
});
