import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalChain } from '#src/local/chain/chain.js';
import { startTestChain } from '../support/worlds/localnet.js';
import { historyOf } from '../support/checks/payout-proof.js';
import { PayoutWorld, type TestCommitment, type TestLife } from '../support/worlds/payout-world.js';
import { pollUntil } from '../support/poll.js';
import { on, rpc, type Sent, sentIn, sentThrough, submit } from '../support/proxies/rpc-faults.js';
import type { FaultPlan } from '../support/proxies/rpc-proxy.js';
import { balanceOf, SOL } from '../support/builders/wallets.js';

/** Transactions that land and fail: paid for, and nothing paid. */

let chain: LocalChain;
beforeAll(async () => {
  chain = await startTestChain({ slotMs: 80 });
});
afterAll(() => chain.stop());

/** Too little to stay behind: a transfer that leaves just this fails on the chain. */
const DUST = 11n;

async function readyToPay(test: TestLife) {
  const world = await PayoutWorld.open(test, chain, { env: { PAYOUT_WAIT_SECONDS: '55' } });
  const commitment = await world.attested();
  const admin = await world.signIn();
  return { world, commitment, admin };
}

/** While the first two transactions are on their way, somebody sends the escrow what cannot stay there. */
function dustBeforeTwo({ escrow }: TestCommitment, pastPreflight: boolean): FaultPlan {
  const dusted = new Set<string>();
  return on('sendTransaction', async (_, call) => {
    const sent = sentIn(call);
    if (dusted.has(sent.signature) || dusted.size === 2) return undefined;
    dusted.add(sent.signature);
    await chain.cheats.fundSol(escrow, (await balanceOf(chain.rpcUrl, escrow)) + DUST);
    if (pastPreflight) await landed(sent);
    return undefined;
  });
}

async function landed(sent: Sent): Promise<void> {
  await submit(chain.rpcUrl, sent);
  await pollUntil('the transaction to land', async () => {
    const { result } = await rpc(chain.rpcUrl, 'getSignatureStatuses', [[sent.signature]]);
    return (result as { value: unknown[] }).value[0] ?? undefined;
  });
}

/** All of it, by two payments: the second one fetched what the first had to leave behind. */
async function expectPaidInTwo(world: PayoutWorld, { id, escrow, authority }: TestCommitment) {
  const payouts = await pollUntil('both payments to be finalized', async () => {
    const rows = await world.query<{ id: string; part: number; status: string }>(
      'SELECT id, part, status FROM public.payouts WHERE commitment_id = $1 ORDER BY part',
      [id],
    );
    return rows.length === 2 && rows.every(({ status }) => status === 'finalized') ? rows : undefined;
  });
  const history = await historyOf(chain.rpcUrl, escrow);
  const paid = history.outgoing.toSorted((a, b) => Number(b.lamports - a.lamports));
  expect(paid.map(({ to, memo }) => [to, memo])).toEqual(
    payouts.map((payout) => [authority.address, payout.id]),
  );
  expect(await balanceOf(chain.rpcUrl, escrow)).toBe(0n);
  const fees = [...history.failed, ...paid].reduce((sum, { feeLamports }) => sum + feeLamports, 0n);
  expect(paid.reduce((sum, { lamports }) => sum + lamports, fees)).toBe(SOL + 2n * DUST);
  expect(await world.actorsOf('payout_failed_error', { id } as TestCommitment)).toEqual([]);
  return { failed: history.failed, paid };
}

/** The first `times` transactions reach the chain past all preflight, with too little money in the escrow for them. */
function failBefore(times: number, { escrow }: TestCommitment): FaultPlan {
  const failed = new Set<string>();
  return on('sendTransaction', async (_, call) => {
    const sent = sentIn(call);
    if (failed.has(sent.signature) || failed.size === times) return undefined;
    failed.add(sent.signature);
    const balance = await balanceOf(chain.rpcUrl, escrow);
    await chain.cheats.fundSol(escrow, balance / 2n);
    await landed(sent);
    await chain.cheats.fundSol(escrow, balance);
    return undefined;
  });
}

describe.concurrent('a payout whose transaction would fail on the chain', () => {
  it('R3, T7: costs no fee where preflight refuses it; the next one offers more, and no dust stops it', async (test) => {
    const { world, commitment, admin } = await readyToPay(test);
    world.rpc.plan = dustBeforeTwo(commitment, false);
    expect(await world.resolve(admin, commitment)).toMatchObject({ status: 200 });
    const { failed, paid } = await expectPaidInTwo(world, commitment);
    // The local chain lists what it has only simulated: no fee was taken for it.
    expect(failed.filter(({ feeLamports }) => feeLamports > 0n)).toEqual([]);
    // The floor of the priority fee is 60 lamports for a transfer, doubled after the one that died.
    expect(paid[0]?.feeLamports).toBeGreaterThanOrEqual(5_120n);
  });

  it('R3: costs one fee where it lands, is no failure of the payout, and stops it no second time', async (test) => {
    const { world, commitment, admin } = await readyToPay(test);
    world.rpc.plan = dustBeforeTwo(commitment, true);
    expect(await world.resolve(admin, commitment)).toMatchObject({ status: 200 });
    const { failed } = await expectPaidInTwo(world, commitment);
    expect(failed.filter(({ feeLamports }) => feeLamports > 0n)).toHaveLength(1);
    expect(await world.actorsOf('payout_dusted', commitment)).toHaveLength(1);
  });

  it('M3: three failures in a row stop it for a person, who can have it paid, once', async (test) => {
    const { world, commitment, admin } = await readyToPay(test);
    world.rpc.plan = failBefore(3, commitment);
    const { status, body } = await world.resolve(admin, commitment);
    expect([status, body?.payout.status]).toEqual([202, 'stopped']);
    expect(await world.ledger(commitment)).toBe('stopped: failed, failed, failed');
    const { failed, outgoing } = await historyOf(chain.rpcUrl, commitment.escrow);
    expect([failed.length, outgoing.length]).toEqual([3, 0]);
    expect((await world.commitment(commitment)).status).toBe('resolving');
    expect(await world.actorsOf('payout_failed_error', commitment)).toHaveLength(3);
    expect(await world.actorsOf('payout_stopped_error', commitment)).toHaveLength(1);
    expect(await world.resolve(admin, commitment)).toMatchObject({ status: 409, code: 'already_resolved' });
    expect(sentThrough(world.rpc)).toHaveLength(3);
    await admin.act('admin.payout.retry', { payoutId: body?.payout.id });
    await world.untilLedger(commitment, /^finalized: failed, failed, failed, finalized$/);
    expect((await historyOf(chain.rpcUrl, commitment.escrow)).outgoing).toHaveLength(1);
  });
});
