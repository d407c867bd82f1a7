import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import type { LocalChain } from '#src/local/chain/chain.js';
import { startTestChain } from '../support/worlds/localnet.js';
import { expectNothingPaid, expectPaidOnce, untilOnChain } from '../support/checks/payout-proof.js';
import { PayoutWorld, type WorldOptions } from '../support/worlds/payout-world.js';
import { WorldPool } from '../support/worlds/world-pool.js';
import { dropTransactions, honest, on, onNth, showsConfirmed } from '../support/proxies/rpc-faults.js';
import { pollUntil } from '../support/poll.js';
import type { FaultPlan } from '../support/proxies/rpc-proxy.js';

/** Everything around the API goes away: the chain, the database, the process itself when it is told to. */

let chain: LocalChain;
beforeAll(async () => {
  chain = await startTestChain({ slotMs: 100 });
});
afterAll(() => chain.stop());

/** With the deadline for RPC calls that an operator gets without asking. */
const DEFAULTS = { SOLANA_RPC_TIMEOUT_MS: '4000' };
const hanging: FaultPlan = () => ({ kind: 'hang' });

/** @param from a pool, or what a world of the test's own is to be like */
async function readyToPay(test: TestContext, from: WorldPool | WorldOptions) {
  const world = await (from instanceof WorldPool ? from.take(test) : PayoutWorld.open(test, chain, from));
  const commitment = await world.attested();
  const admin = await world.signIn();
  return { world, commitment, admin };
}

describe.concurrent('an RPC whose every call hangs', () => {
  it('N2: reads answer, nothing is decided, and all works when it is back', async (test) => {
    const { world, commitment, admin } = await readyToPay(test, { env: { SOLANA_RPC_TIMEOUT_MS: '60000' } });
    world.rpc.plan = hanging;
    const refused = world.resolve(admin, commitment);
    await pollUntil('a call that hangs', () => world.rpc.waiting > 0);
    expect((await world.commitment(commitment)).status).toBe('active');
    // The read was answered, and a call still hangs.
    expect(world.rpc.waiting).toBeGreaterThan(0);
    // The call that hung may have been another reader's: those that come later hang as well.
    const isAnswered = refused.then(() => true);
    await pollUntil('the refusal', () => {
      world.rpc.dropAll();
      return Promise.race([isAnswered, Promise.resolve(false)]);
    });
    expect(await refused).toMatchObject({ status: 503, code: 'rpc_unavailable' });
    expect(await world.ledger(commitment)).toBe('');
    world.rpc.plan = honest;
    expect(await world.resolve(admin, commitment)).toMatchObject({ status: 200 });
    await expectPaidOnce(world, commitment);
  });

  it('N2: the first of two hangs: reads are answered while it hangs, and a refund is paid over the other one', async (test) => {
    const env = { RPC_SECOND_VOICE_WAIT_SECONDS: '4', PAYOUT_WAIT_SECONDS: '2' };
    const { world, commitment, admin } = await readyToPay(test, { endpoints: 2, env });
    world.rpc.plan = hanging;
    await pollUntil('a call that hangs', () => world.rpc.waiting > 0);
    await pollUntil(
      'the refund to be decided',
      async () => (await world.resolve(admin, commitment)).status === 202,
    );
    await pollUntil('the refund to be confirmed', async () => {
      // Read while a call hangs, which nobody has waited for.
      expect((await world.commitment(commitment)).status).toMatch(/active|resolving|succeeded/);
      return (await world.ledger(commitment)).startsWith('confirmed');
    });
    expect(world.rpc.waiting).toBeGreaterThan(0);
    await untilOnChain(world, commitment);
    world.rpc.dropAll();
    world.rpc.plan = honest;
    await expectPaidOnce(world, commitment, { attempts: 'any' });
  });

  it('N2: a payout under way is answered with 202, and finished when it is back', async (test) => {
    const env = { ...DEFAULTS, PAYOUT_WAIT_SECONDS: '2' };
    const { world, commitment, admin } = await readyToPay(test, { env });
    world.rpc.plan = onNth('sendTransaction', 1, () => {
      world.rpc.plan = hanging;
      return { kind: 'hang' };
    });
    const paying = world.resolve(admin, commitment);
    await world.untilLedger(commitment, /signed/);
    expect((await world.commitment(commitment)).status).toBe('resolving');
    expect(await paying).toMatchObject({ status: 202, body: { payout: { status: 'in_flight' } } });
    world.rpc.plan = honest;
    await expectPaidOnce(world, commitment, { attempts: 'any' });
  });
});

describe.concurrent('a database that goes away', () => {
  const worlds = new WorldPool((life) => PayoutWorld.open(life, chain), 1);

  it('M4: between the confirmation and its booking: booked once when it is back', async (test) => {
    const { world, commitment, admin } = await readyToPay(test, worlds);
    world.rpc.plan = on('getSignatureStatuses', () => ({
      kind: 'after',
      judge: async (result) => {
        if (showsConfirmed(result)) await world.database.close();
        return undefined;
      },
    }));
    expect(await world.resolve(admin, commitment)).toMatchObject({
      status: 503,
      code: 'database_unavailable',
    });
    expect(await world.ledger(commitment)).toBe('in_flight: signed');
    world.rpc.plan = honest;
    await world.database.open();
    await expectPaidOnce(world, commitment);
  });

  it('M4: before the attempt is written: nothing was sent, and it is made when it is back', async (test) => {
    const { world, commitment, admin } = await readyToPay(test, worlds);
    // The second simulation is the last call before the attempt is written.
    world.rpc.plan = onNth('simulateTransaction', 2, () => ({
      kind: 'after',
      judge: async () => {
        await world.database.close();
        return undefined;
      },
    }));
    expect(await world.resolve(admin, commitment)).toMatchObject({
      status: 503,
      code: 'database_unavailable',
    });
    expect(await world.ledger(commitment)).toBe('pending');
    await expectNothingPaid(world, commitment);
    await world.database.open();
    await expectPaidOnce(world, commitment);
  });

  it('M4: while the transaction is sent: the driver finds it', async (test) => {
    const { world, commitment, admin } = await readyToPay(test, worlds);
    world.rpc.plan = onNth('sendTransaction', 1, () => ({
      kind: 'after',
      judge: async () => {
        await world.database.close();
        return undefined;
      },
    }));
    expect(await world.resolve(admin, commitment)).toMatchObject({
      status: 503,
      code: 'database_unavailable',
    });
    const { signature } = await untilOnChain(world, commitment);
    await world.database.open();
    expect((await expectPaidOnce(world, commitment)).signature).toBe(signature);
  });
});

describe.concurrent('SIGTERM in the middle of a payout', () => {
  const STATES: readonly [string, FaultPlan][] = [
    ['its transaction is on the way', dropTransactions],
    ['no RPC call is answered', hanging],
  ];
  // Whoever waits for so long does not live to answer.
  const env = { ...DEFAULTS, PAYOUT_WAIT_SECONDS: '120' };
  const worlds = new WorldPool((life) => PayoutWorld.open(life, chain, { env }), 1);

  it.for(STATES)(
    'M5, M6: while %s: the request is answered, the next process finishes',
    async ([, plan], test) => {
      const { world, commitment, admin } = await readyToPay(test, worlds);
      world.rpc.plan = onNth('sendTransaction', 1, (call) => {
        world.rpc.plan = plan;
        return plan(call);
      });
      const answer = world.resolve(admin, commitment);
      await world.untilLedger(commitment, /signed/);
      expect(await world.terminate()).toEqual([0]);
      expect(await answer).toMatchObject({ status: 202, body: { payout: { status: 'in_flight' } } });
      expect(await world.ledger(commitment)).toBe('in_flight: signed');
      world.rpc.plan = honest;
      await world.start();
      await expectPaidOnce(world, commitment, { attempts: 'any' });
    },
  );
});
