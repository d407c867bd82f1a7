import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Signal } from '#src/approvals/signals/signal.entity.js';
import { SignalRepository } from '#src/approvals/signals/signal.repository.js';
import { Unlocking } from '#src/approvals/unlocking/unlocking.service.js';
import { toDecimalString, usdValue } from '#src/approvals/weights/weight.js';
import { Chain } from '#src/chain/port/chain.js';
import { decimalOf } from '#src/common/money/decimal.js';
import { createToken, mintTo } from '#src/local/chain/token.js';
import { AppWorld } from '../../support/worlds/app-world.js';
import {
  approvalRow,
  completedMilestone,
  type MilestoneRow,
  milestonesNotDue,
} from '../../support/builders/reward-rows.js';
import { planOf, type Statement, statementsOf } from '../../support/checks/statements.js';
import { TestWallet } from '../../support/builders/wallets.js';

const NOT_DUE = 20_000;

let world: AppWorld;
let issuer: TestWallet;
let mint: string;

beforeAll(async () => {
  world = await AppWorld.start({ JOBS_ENABLED: 'false' });
  issuer = await world.fundedWallet();
  mint = await createToken(world.chain.rpcUrl, issuer, { decimals: 0, program: 'spl-token' });
});
afterAll(async () => {
  await world?.stop();
});

const unlocking = () => world.app.get(Unlocking);

async function chainNow(): Promise<Date> {
  return new Date((await world.chainSeconds()) * 1000);
}

/** A milestone with one approval worth `weightUsd`, of a wallet that still holds `stillHeld` of 100 tokens. */
async function due(stillHeld: bigint, weightUsd = '500'): Promise<MilestoneRow> {
  const holder = TestWallet.generate().address;
  await mintTo(world.chain.rpcUrl, issuer, mint, holder, stillHeld);
  const accounts = await world.app.get(Chain).tokenAccountsOf(mint, holder);
  const completedAt = await chainNow();
  const milestone = await completedMilestone(world, { tokenMint: mint, thresholdUsd: '400', completedAt });
  const tokenAccounts = accounts.map(({ address }) => address);
  await approvalRow(world, milestone, { wallet: holder, rawAmount: 100n, weightUsd, tokenAccounts });
  return milestone;
}

async function rowOf({ id }: MilestoneRow) {
  const [row] = await world.sql<{ status: string; signalled: string; reweighed: string | null; next: Date }>(
    `SELECT status, trim_scale(signalled_usd)::text AS signalled, trim_scale(reweighed_usd)::text AS reweighed,
       next_check_at AS next FROM reward_milestones WHERE id = $1`,
    [id],
  );
  return row;
}

describe('a run of unlocking', () => {
  it('of the scheduler does not end while anything is due', async () => {
    const opening: MilestoneRow[] = [];
    for (let n = 0; n < 5; n += 1) opening.push(await due(100n));
    expect(await unlocking().runAll(2)).toEqual({ due: 5, unlocked: 5, held: 0, errors: 0 });
    for (const milestone of opening) expect(await rowOf(milestone)).toMatchObject({ status: 'claimable' });
    expect(await unlocking().runAll(2)).toEqual({ due: 0, unlocked: 0, held: 0, errors: 0 });
  });

  it('N6: looks at what is due alone: 20,000 other milestones cost it nothing', async () => {
    const [opens, short] = [await due(100n), await due(50n)];
    const few = await statementsOf(world, async () => {
      expect(await unlocking().run()).toEqual({ due: 2, unlocked: 1, held: 1, errors: 0 });
    });
    expect(await rowOf(opens)).toMatchObject({ status: 'claimable', signalled: '500', reweighed: '500' });
    expect(await rowOf(short)).toMatchObject({ status: 'completed', signalled: '500', reweighed: '250' });

    await milestonesNotDue(world, NOT_DUE, await chainNow());
    await due(100n);
    await due(50n);
    const among = await statementsOf(world, async () => {
      expect(await unlocking().run()).toEqual({ due: 2, unlocked: 1, held: 1, errors: 0 });
    });
    expect(among).toHaveLength(few.length);
    expect(among.length).toBeLessThanOrEqual(20);

    await due(100n);
    const nodes = await planOf(world, findDueOf(among));
    const onMilestones = nodes.filter((node) => node['Relation Name'] === 'reward_milestones');
    expect(onMilestones.map((node) => [node['Node Type'], node['Index Name']])).toEqual([
      ['Index Scan', 'reward_milestones_due_idx'],
    ]);
    expect(onMilestones[0]?.['Actual Rows']).toBeLessThanOrEqual(3);
    expect(nodes.map((node) => node['Node Type'])).not.toContain('Seq Scan');
  });

  it('sends one statement when nothing is due', async () => {
    await unlocking().run();
    const statements = await statementsOf(world, async () => {
      expect(await unlocking().run()).toEqual({ due: 0, unlocked: 0, held: 0, errors: 0 });
    });
    expect(statements).toHaveLength(1);
  });
});

/** The one that reads milestones outside of transactions. */
function findDueOf(statements: readonly Statement[]): Statement {
  const found = statements.filter(
    ({ sql }) => sql.startsWith('SELECT') && sql.includes('next_check_at') && sql.includes('commitments'),
  );
  const [statement] = found;
  if (statement === undefined || found.length > 1) throw new Error('no single statement finds what is due');
  return statement;
}

describe('an approval in the database', () => {
  it('is read back exactly, for 0 to 18 decimals and amounts up to 2^64-1', async () => {
    const completedAt = await chainNow();
    const milestone = await completedMilestone(world, { tokenMint: mint, thresholdUsd: '400', completedAt });
    const signals = world.app.get(SignalRepository);
    const { manager } = world.app.get(DataSource);
    const raw = fc.oneof(fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }), fc.constantFrom(1n, 2n ** 64n - 1n));
    const price = fc
      .tuple(fc.bigInt({ min: 1n, max: 10n ** 40n }), fc.integer({ min: -30, max: 0 }))
      .map(([digits, exponent]) => toDecimalString(decimalOf(`${digits}e${exponent}`)));
    await fc.assert(
      fc.asyncProperty(raw, fc.integer({ min: 0, max: 18 }), price, async (rawAmount, decimals, priceUsd) => {
        const weightUsd = toDecimalString(usdValue(rawAmount, decimals, decimalOf(priceUsd)));
        const wallet = TestWallet.generate().address;
        const signal: Signal = {
          id: v7(),
          milestoneId: milestone.id,
          commitmentId: milestone.commitmentId,
          wallet,
          signalledAt: completedAt,
          inVoteWindow: true,
          rawAmount,
          decimals,
          priceUsd,
          weightUsd,
          tokenAccounts: [wallet],
          reweighedRaw: null,
          reweighedUsd: null,
          signature: 'x',
        };
        await signals.insert(manager, signal);
        expect(await signals.findOne(manager, milestone.id, wallet)).toEqual(signal);
        await signals.saveReweighed(manager, [{ id: signal.id, presentRaw: rawAmount, weightUsd }]);
        const reweighed = { ...signal, reweighedRaw: rawAmount, reweighedUsd: weightUsd };
        expect(await signals.findOne(manager, milestone.id, wallet)).toEqual(reweighed);
      }),
      { numRuns: 150 },
    );
  });
});
