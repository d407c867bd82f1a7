import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalChain } from '#src/local/chain/chain.js';
import { LONG } from '../support/long.js';
import { startTestChain } from '../support/worlds/localnet.js';
import { expectPaidOnce, untilExpired } from '../support/checks/payout-proof.js';
import { PayoutWorld } from '../support/worlds/payout-world.js';
import { WorldPool } from '../support/worlds/world-pool.js';
import {
  dropFirstTransaction,
  dropTransactions,
  firstOf,
  sentThrough,
  slow,
} from '../support/proxies/rpc-faults.js';

/** Several processes that all want to pay. */

let chain: LocalChain;
beforeAll(async () => {
  chain = await startTestChain({ slotMs: 80 });
});
afterAll(() => chain.stop());

/** The request itself drives the payout all the way. */
const env = { PAYOUT_WAIT_SECONDS: '55' };
const worlds = new WorldPool((life) => PayoutWorld.open(life, chain, { replicas: 2, env }), 1);

describe.concurrent('two replicas on one database', () => {
  it('M7, M15: 16 requests at once, under slow reads, make one payment', async (test) => {
    const world = await worlds.take(test);
    const commitment = await world.attested();
    const admins = [await world.signIn(0), await world.signIn(1)];
    world.rpc.plan = slow(100);
    const requests = Array.from({ length: 8 }, () => admins.map((admin) => world.resolve(admin, commitment)));
    const outcomes = await Promise.all(requests.flat());
    const paid = outcomes.filter(({ status }) => status !== 409);
    const payout = await expectPaidOnce(world, commitment);
    expect(paid).toMatchObject([{ status: 200, body: { signature: payout.signature } }]);
    expect(outcomes.filter(({ code }) => code === 'already_resolved')).toHaveLength(15);
    expect(sentThrough(world.rpc)).toHaveLength(1);
  });

  it('M15: a request and two drivers on one payout sign one attempt after the other', async (test) => {
    const world = await worlds.take(test);
    const commitment = await world.attested();
    const admin = await world.signIn();
    world.rpc.plan = firstOf(dropFirstTransaction(world.rpc), slow(50));
    expect(await world.resolve(admin, commitment)).toMatchObject({ status: 200 });
    await expectPaidOnce(world, commitment, { attempts: ['dead', 'finalized'] });
    expect(sentThrough(world.rpc)).toHaveLength(2);
  });

  it.runIf(LONG)('M6, M15: both die, and the drivers of two new ones finish it once', async (test) => {
    const world = await PayoutWorld.open(test, chain, { replicas: 2 });
    const commitments = [await world.attested(), await world.attested(), await world.attested()];
    const admin = await world.signIn();
    world.rpc.plan = dropTransactions;
    const requests = commitments.map((commitment) => world.resolve(admin, commitment));
    await Promise.all(commitments.map((commitment) => world.untilLedger(commitment, /signed/)));
    await world.crash();
    expect(await Promise.all(requests)).toEqual(commitments.map(() => ({ status: 0 })));
    await Promise.all(commitments.map((commitment) => untilExpired(world, commitment)));
    world.rpc.plan = slow(50);
    await world.start();
    for (const commitment of commitments) {
      await expectPaidOnce(world, commitment, { attempts: ['dead', 'finalized'] });
    }
  });
});
