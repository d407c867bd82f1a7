import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalChain } from '../../src/local/chain.js';
import { startTestChain } from '../support/localnet.js';
import { expectPaidOnce, historyOf } from '../support/payout-proof.js';
import { PayoutWorld, type TestCommitment, type TestLife } from '../support/payout-world.js';
import { on, sentThrough } from '../support/rpc-faults.js';
import type { FaultPlan } from '../support/rpc-proxy.js';
import { balanceOf } from '../support/wallets.js';

/** Transactions that land and fail: paid for, and nothing paid. */

let chain: LocalChain;
beforeAll(async () => {
  chain = await startTestChain({ slotMs: 25 });
});
afterAll(() => chain.stop());

/** Too little to stay behind: a transfer that leaves just this fails on the chain. */
const DUST = 1_000n;

async function readyToPay(test: TestLife) {
  const world = await PayoutWorld.open(test, chain, { env: { PAYOUT_WAIT_SECONDS: '55' } });
  const commitment = await world.attested();
  const admin = await world.signIn();
  return { world, commitment, admin };
}

/** While the first `times` transactions are on their way, somebody sends the escrow what cannot stay there. */
function dustBefore(times: number, world: PayoutWorld, { escrow }: TestCommitment): FaultPlan {
  const dusted = new Set<string>();
  return on('sendTransaction', async () => {
    const newest = sentThrough(world.rpc).at(-1)?.signature ?? '';
    if (dusted.has(newest) || dusted.size === times) return undefined;
    dusted.add(newest);
    await chain.cheats.fundSol(escrow, (await balanceOf(chain.rpcUrl, escrow)) + DUST);
    return undefined;
  });
}

describe.concurrent('a payout whose transaction fails on the chain', () => {
  it('M3, M18: is not booked as paid; the next attempt pays what is left', async (test) => {
    const { world, commitment, admin } = await readyToPay(test);
    world.rpc.plan = dustBefore(1, world, commitment);
    expect(await world.resolve(admin, commitment)).toMatchObject({ status: 200 });
    await expectPaidOnce(world, commitment, { attempts: ['failed', 'finalized'], strayLamports: DUST });
    expect((await historyOf(chain.rpcUrl, commitment.escrow)).failed).toHaveLength(1);
    expect(await world.actorsOf('payout_failed_error', commitment)).toHaveLength(1);
  });

  it('M3: three in a row stop it for a person, who can have it paid, once', async (test) => {
    const { world, commitment, admin } = await readyToPay(test);
    world.rpc.plan = dustBefore(3, world, commitment);
    const { status, body } = await world.resolve(admin, commitment);
    expect([status, body?.payout.status]).toEqual([202, 'stopped']);
    expect(await world.ledger(commitment)).toBe('stopped: failed, failed, failed');
    const { failed, outgoing } = await historyOf(chain.rpcUrl, commitment.escrow);
    expect([failed.length, outgoing.length]).toEqual([3, 0]);
    expect((await world.commitment(commitment)).status).toBe('resolving');
    expect(await world.actorsOf('payout_stopped_error', commitment)).toHaveLength(1);
    expect(await world.resolve(admin, commitment)).toMatchObject({ status: 409, code: 'already_resolved' });
    expect(sentThrough(world.rpc)).toHaveLength(3);
    await admin.post(`/admin/payouts/${body?.payout.id}/retry`);
    const attempts = ['failed', 'failed', 'failed', 'finalized'];
    await expectPaidOnce(world, commitment, { attempts, strayLamports: 3n * DUST });
  });
});
