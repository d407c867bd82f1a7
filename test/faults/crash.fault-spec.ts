import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import type { LocalChain } from '#src/local/chain/chain.js';
import { type DatabaseGate, holdAttempts } from '../support/proxies/database-gate.js';
import { startTestChain } from '../support/worlds/localnet.js';
import { LONG } from '../support/long.js';
import { expectNothingPaid, expectPaidOnce, untilOnChain } from '../support/checks/payout-proof.js';
import { PayoutWorld, type TestCommitment, type TestLife } from '../support/worlds/payout-world.js';
import { WorldPool } from '../support/worlds/world-pool.js';
import { honest, on, onNth, sentThrough, showsConfirmed } from '../support/proxies/rpc-faults.js';

/** A process that is killed in the middle of a payout, and another one that finds what it left. */

let chain: LocalChain;
beforeAll(async () => {
  chain = await startTestChain({ slotMs: 200 });
});
afterAll(() => chain.stop());

const worlds = new WorldPool((life) => PayoutWorld.open(life, chain), 2);

async function readyToPay(test: TestContext, resolution: TestCommitment['resolution'] = 'success') {
  return ready(await worlds.take(test), resolution);
}

/** On a chain that no other test has to go on. */
async function readyAlone(test: TestContext) {
  const own = await startTestChain({ slotMs: 200 });
  test.onTestFinished(() => own.stop());
  return ready(await PayoutWorld.open(test, own), 'success');
}

async function ready(world: PayoutWorld, resolution: TestCommitment['resolution']) {
  const commitment = resolution === 'success' ? await world.attested() : await world.undecided();
  const admin = await world.signIn();
  return { world, commitment, admin };
}

async function restart(world: PayoutWorld): Promise<void> {
  world.rpc.plan = honest;
  await world.start();
}

/** Also for a gate whose test fails. */
async function gateBefore(
  test: TestLife,
  world: PayoutWorld,
  from: string,
  to: string,
): Promise<DatabaseGate> {
  const gate = await holdAttempts(world.databaseUrl, from, to);
  test.onTestFinished(() => gate.open());
  return gate;
}

const BOTH = ['success', 'failure'] as const;

describe.concurrent('kill -9 in the middle of a payout', () => {
  it.for(BOTH)('M6: before anything is prepared, of a %s', async (resolution, test) => {
    const { world, commitment, admin } = await readyToPay(test, resolution);
    // The first blockhash is for the check before the decision.
    world.rpc.plan = onNth('getLatestBlockhash', 1, world.crashNow);
    expect(await world.resolve(admin, commitment)).toEqual({ status: 0 });
    expect(await world.ledger(commitment)).toBe('pending');
    await restart(world);
    await expectPaidOnce(world, commitment);
  });

  it.runIf(LONG)('M6: before the decision is written, nothing has happened at all', async (test) => {
    const { world, commitment, admin } = await readyToPay(test);
    world.rpc.plan = onNth('simulateTransaction', 1, world.crashNow);
    expect(await world.resolve(admin, commitment)).toEqual({ status: 0 });
    expect(await world.ledger(commitment)).toBe('');
    await restart(world);
    expect((await world.commitment(commitment)).status).toBe('active');
    expect(await world.resolve(await world.signIn(), commitment)).toMatchObject({ status: 200 });
    await expectPaidOnce(world, commitment);
  });

  it.runIf(LONG)('M1: with the message prepared and not signed', async (test) => {
    const { world, commitment, admin } = await readyToPay(test);
    const gate = await gateBefore(test, world, 'prepared', 'signed');
    const answer = world.resolve(admin, commitment);
    await gate.reached();
    await world.crash();
    await gate.open();
    expect(await answer).toEqual({ status: 0 });
    expect(await world.ledger(commitment)).toBe('in_flight: prepared');
    await restart(world);
    await expectPaidOnce(world, commitment, { attempts: 'any' });
  });

  it('M5: after the signature is recorded and before it is sent', async (test) => {
    const { world, commitment, admin } = await readyAlone(test);
    world.rpc.plan = onNth('sendTransaction', 1, world.crashNow);
    expect(await world.resolve(admin, commitment)).toEqual({ status: 0 });
    // The blockhash outlives the restart, however long a machine takes for it: the stored bytes can be sent.
    await world.chain.cheats.stopBlocks();
    expect(await world.ledger(commitment)).toBe('in_flight: signed');
    await expectNothingPaid(world, commitment);
    await restart(world);
    await world.chain.cheats.resumeBlocks();
    const payout = await expectPaidOnce(world, commitment);
    expect(sentThrough(world.rpc).map(({ signature }) => signature)).toEqual([payout.signature]);
  });

  it('M1, M5: after it is sent and before the answer', async (test) => {
    const { world, commitment, admin } = await readyToPay(test);
    world.rpc.plan = onNth('sendTransaction', 1, () => ({ kind: 'after', judge: world.crashNow }));
    expect(await world.resolve(admin, commitment)).toEqual({ status: 0 });
    expect(await world.ledger(commitment)).toBe('in_flight: signed');
    const { signature } = await untilOnChain(world, commitment);
    await restart(world);
    expect((await expectPaidOnce(world, commitment)).signature).toBe(signature);
  });

  it.runIf(LONG)('M1, M4: when the chain has confirmed it and nobody has heard of it', async (test) => {
    const { world, commitment, admin } = await readyToPay(test);
    world.rpc.plan = on('getSignatureStatuses', () => ({
      kind: 'after',
      judge: (result) => (showsConfirmed(result) ? world.crashNow() : undefined),
    }));
    expect(await world.resolve(admin, commitment)).toEqual({ status: 0 });
    expect(await world.ledger(commitment)).toBe('in_flight: signed');
    await restart(world);
    await expectPaidOnce(world, commitment);
  });

  it.for(BOTH)('M4: while the confirmation is being booked, of a %s', async (resolution, test) => {
    const { world, commitment, admin } = await readyToPay(test, resolution);
    const gate = await gateBefore(test, world, 'signed', 'confirmed');
    const answer = world.resolve(admin, commitment);
    await gate.reached();
    await world.crash();
    await gate.open();
    expect(await answer).toEqual({ status: 0 });
    expect(await world.ledger(commitment)).toBe('in_flight: signed');
    await restart(world);
    await expectPaidOnce(world, commitment);
  });

  it.runIf(LONG)('M6: after the confirmation is booked', async (test) => {
    const { world, commitment, admin } = await readyToPay(test);
    const gate = await gateBefore(test, world, 'confirmed', 'finalized');
    expect(await world.resolve(admin, commitment)).toMatchObject({ status: 200 });
    await world.crash();
    await gate.open();
    expect(await world.ledger(commitment)).toBe('confirmed: confirmed');
    await restart(world);
    await expectPaidOnce(world, commitment);
  });
});
