import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JOURNALED_TABLES } from '#src/audit/journal/journaled-tables.js';
import { Sweep } from '#src/releases/settlements/sweep.service.js';
import { DatabaseThief } from '../../support/builders/database-thief.js';
import { attested, type Created } from '../../support/builders/personal.js';
import { ReleaseBench } from '../../support/builders/release-bench.js';
import { claimable, paidOutOf, UNLOCK } from '../../support/builders/releases.js';
import { normalize, type Reward } from '../../support/builders/rewards.js';
import { finalize } from '../../support/builders/sweeps.js';
import { balanceOf } from '../../support/builders/wallets.js';

let bench: ReleaseBench;
let thief: DatabaseThief;
let paid: Reward;
let unpaid: Reward;
let personal: Created;

/** One milestone is paid, one waits for its release, and an attested commitment waits for its decision. */
beforeAll(async () => {
  bench = await ReleaseBench.start();
  thief = new DatabaseThief(bench.world);
  const { world, market } = bench;
  paid = await claimable(world, market, { lamports: 5n * UNLOCK });
  unpaid = await claimable(world, market, { lamports: 5n * UNLOCK });
  const deadline = await world.chainTime(600);
  personal = await attested(world, { deadline });
  await bench.release(paid);
  await finalize(world, paid);
  await world.travelTo(Date.parse(deadline) + 60_000);
});
afterAll(async () => {
  await bench?.stop();
});

const held = async () =>
  Promise.all(
    [paid.escrow, unpaid.escrow, personal.escrow.address].map((escrow) =>
      balanceOf(bench.world.chain.rpcUrl, escrow),
    ),
  );

/** All that the service does by itself. */
async function everyJob(): Promise<void> {
  await thief.driven();
  await normalize(bench.world);
  await bench.world.app.get(Sweep).run();
  await thief.driven();
}

describe('T8: who empties a table', () => {
  const tables = JOURNALED_TABLES.map(({ table, deletes }) => [table, deletes] as const);

  it.each([...tables, ['marks', false] as const])('has nothing sent: %s', async (table, isJournaled) => {
    const before = await held();
    const rows = await bench.world.sql(`SELECT 1 FROM ${table}`);
    const whole = await thief.dump();
    await thief.write(`DELETE FROM ${table}`);
    await everyJob();
    expect(await held()).toEqual(before);
    const found = isJournaled && rows.length > 0 ? [table] : [];
    expect(await thief.tablesNamed()).toEqual(expect.arrayContaining(found));
    await whole();
    await everyJob();
    expect(await held()).toEqual(before);
    expect(await paidOutOf(bench.world, paid)).toHaveLength(1);
  });
});
