import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import type { LocalChain } from '#src/local/chain/chain.js';
import type { RestClient } from '#src/local/rest-client.js';
import { expectPaidOnce, historyOf, untilExpired, untilWaiting } from '../support/checks/payout-proof.js';
import { pollUntil } from '../support/poll.js';
import { honest, on, swallowAndPraise } from '../support/proxies/rpc-faults.js';
import type { FaultPlan, RpcProxy } from '../support/proxies/rpc-proxy.js';
import { startTestChain } from '../support/worlds/localnet.js';
import { PayoutWorld, type TestCommitment } from '../support/worlds/payout-world.js';
import { WorldPool } from '../support/worlds/world-pool.js';
import { SOL } from '../support/builders/wallets.js';

/** Payouts that no machine decides: an admin has the proof run, and nothing is paid again but what is dead. */

let chain: LocalChain;
beforeAll(async () => {
  chain = await startTestChain({ slotMs: 40 });
});
afterAll(() => chain.stop());

const drop: FaultPlan = on('sendTransaction', () => ({ kind: 'cut' }));
const silent: FaultPlan = () => ({ kind: 'status', status: 503 });

interface Resolved {
  readonly outcome: string;
  readonly reason?: string;
  readonly witnesses: readonly { readonly silence?: string; readonly finalizedHeight?: number }[];
}

const env = { PAYOUT_WAIT_SECONDS: '1', RPC_SECOND_VOICE_WAIT_SECONDS: '0', PAYOUT_ALARM_SECONDS: '10' };
const worlds = new WorldPool((life) => PayoutWorld.open(life, chain, { endpoints: 2, env }), 2);

async function readyToPay(test: TestContext) {
  const world = await worlds.take(test);
  const [one, other] = world.rpcs as [RpcProxy, RpcProxy];
  const commitment = await world.attested();
  const admin = await world.signIn();
  const all = (plan: FaultPlan) => ([one.plan, other.plan] = [plan, plan]);
  return { world, one, other, all, commitment, admin };
}

async function resolvePayout(
  admin: RestClient,
  world: PayoutWorld,
  commitment: TestCommitment,
  witnesses: 'all' | 'one',
): Promise<Resolved> {
  const payoutId = (await world.payout(commitment))?.id;
  return (await admin.act<Resolved>('admin.payout.resolve', { payoutId, witnesses })).body;
}

/** As if its transaction had been signed the day before. */
async function makeOld(world: PayoutWorld, { id }: TestCommitment): Promise<void> {
  await world.query(
    `UPDATE public.payout_attempts a SET signed_at = a.signed_at - interval '25 hours'
       FROM public.payouts p WHERE p.id = a.payout_id AND p.commitment_id = $1`,
    [id],
  );
}

describe.concurrent('a payout that an admin has resolved', () => {
  it('T3: that was confirmed and has vanished is paid again, once both voices prove that it is dead', async (test) => {
    const { world, one, other, all, commitment, admin } = await readyToPay(test);
    one.plan = swallowAndPraise(one, 'confirmed');
    other.plan = swallowAndPraise(other, 'confirmed');
    await world.resolve(admin, commitment);
    await world.untilLedger(commitment, /^confirmed: confirmed$/);
    all(drop);
    await untilExpired(world, commitment);
    await untilWaiting(world, commitment, /is not part of the finalized chain/);

    other.plan = silent;
    const undecided = await resolvePayout(admin, world, commitment, 'all');
    expect(undecided).toMatchObject({
      outcome: 'undecided',
      reason: expect.stringContaining('too few voices') as string,
    });
    expect(undecided.witnesses.filter(({ silence }) => silence !== undefined)).toHaveLength(1);
    expect(undecided.witnesses.filter(({ finalizedHeight = 0 }) => finalizedHeight > 0)).toHaveLength(1);
    expect(await world.ledger(commitment)).toBe('confirmed: confirmed');

    all(honest);
    const { outcome, witnesses } = await resolvePayout(admin, world, commitment, 'all');
    expect([outcome, witnesses.length]).toEqual(['dead', 2]);
    await world.untilLedger(commitment, /^finalized: dead, finalized$/);
    const { outgoing } = await historyOf(chain.rpcUrl, commitment.escrow);
    expect(outgoing.map(({ to, lamports, feeLamports }) => [to, lamports + feeLamports])).toEqual([
      [commitment.authority.address, SOL],
    ]);
    expect((await world.commitment(commitment)).status).toBe('succeeded');
    expect(await world.actorsOf('payout_effect_missed_error', commitment)).toEqual([]);
    expect(await world.actorsOf('admin_payout_resolve_ok', commitment)).toEqual(
      Array(2).fill(world.admin.address),
    );
  });

  it('T15: by one witness, a day after the signing, when the other one stays away', async (test) => {
    const { world, other, all, commitment, admin } = await readyToPay(test);
    all(drop);
    expect(await world.resolve(admin, commitment)).toMatchObject({ status: 202 });
    await world.untilLedger(commitment, /^in_flight: signed$/);
    other.plan = silent;
    await untilExpired(world, commitment);
    await untilWaiting(world, commitment, /too few voices/);
    const alarms = () => world.actorsOf('payout_delayed_error', commitment);
    await pollUntil('the alarm that it takes long', async () => (await alarms())[0]);
    await expect(resolvePayout(admin, world, commitment, 'one')).rejects.toMatchObject({
      code: 'one_witness_too_early',
    });
    await makeOld(world, commitment);
    expect(await resolvePayout(admin, world, commitment, 'all')).toMatchObject({ outcome: 'undecided' });
    expect(await resolvePayout(admin, world, commitment, 'one')).toMatchObject({ outcome: 'dead' });
    all(honest);
    await expectPaidOnce(world, commitment, { attempts: 'any' });
    expect(await alarms()).toHaveLength(1);
  });

  it('is left alone where no transaction of it is in question', async (test) => {
    const { world, commitment, admin } = await readyToPay(test);
    await world.resolve(admin, commitment);
    // However often a slow machine lets the bytes grow too old.
    await expectPaidOnce(world, commitment, { attempts: 'any' });
    await expect(resolvePayout(admin, world, commitment, 'all')).rejects.toMatchObject({
      code: 'nothing_to_resolve',
    });
  });
});
