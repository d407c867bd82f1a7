import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PUMP_PROGRAM } from '#src/chain/tokens/pump-accounts.js';
import type { LocalChain } from '#src/local/chain/chain.js';
import { setCurveVault, setPumpCurve } from '../support/builders/pump.js';
import { installPumpStandIn, STAND_IN_RENT } from '../support/builders/pump-stand-in.js';
import { launch, type Reward, reward } from '../support/builders/rewards.js';
import { balanceOf, SOL, TestWallet } from '../support/builders/wallets.js';
import { pollUntil } from '../support/poll.js';
import { holdUpdates } from '../support/proxies/database-gate.js';
import { honest, on, onNth, showsConfirmed } from '../support/proxies/rpc-faults.js';
import type { FaultPlan } from '../support/proxies/rpc-proxy.js';
import { startTestChain } from '../support/worlds/localnet.js';
import { lifeOfFile } from '../support/worlds/payout-world.js';
import { ReleaseWorld } from '../support/worlds/release-world.js';

/**
 * A process that is killed in the middle of a collection, and another one that finds what it left. The programs of pump.fun are a
 * stand-in that moves the lamports of a vault: this shows how this service works, and nothing about pump.fun.
 */

const FEES = 50_000_000n;
const payer = TestWallet.generate();
const file = lifeOfFile();
let chain: LocalChain;
let world: ReleaseWorld;

beforeAll(async () => {
  // Slow enough that a blockhash outlives a restart.
  chain = await startTestChain({ slotMs: 200 });
  await installPumpStandIn(chain.rpcUrl);
  await chain.cheats.fundSol(payer.address, SOL);
  world = await ReleaseWorld.open(file, chain, {
    env: { ESCROW_FEE_PAYER_SECRET_KEY: payer.toJson() },
  });
});
afterAll(() => chain?.stop());

/** A managed commitment for whose escrow fees lie in the vault. */
async function earning(): Promise<Reward> {
  const host = world.host();
  const token = await launch(host, world.feed);
  await setPumpCurve(chain.rpcUrl, token.mint, token.creator.address);
  const made = await reward(host, token, { creatorFeeMode: 'managed' });
  const vault = BigInt(STAND_IN_RENT) + FEES;
  await setCurveVault(chain.rpcUrl, made.escrow, vault, PUMP_PROGRAM.toBase58());
  return made;
}

/** The time until the jobs' next runs is skipped, and what was looked at is looked at again. */
async function hurry({ id }: Reward): Promise<void> {
  const { payouts } = world;
  await payouts.query('DELETE FROM public.managed_fee_looks WHERE commitment_id = $1', [id]);
  await payouts.query(
    `UPDATE public.jobs SET next_run_at = now() WHERE name IN ('managed-fee-sweep', 'pump-operations')`,
    [],
  );
  await payouts.query('UPDATE public.pump_operations SET next_run_at = now()', []);
}

/** `done: finalized`: operations with their attempts. */
async function ledger({ id }: Reward): Promise<string> {
  const rows = await world.payouts.query<{ status: string; attempts: string | null }>(
    `SELECT o.status, string_agg(a.status, ', ' ORDER BY a.number) AS attempts
       FROM public.pump_operations o LEFT JOIN public.pump_attempts a ON a.operation_id = o.id
      WHERE o.commitment_id = $1 GROUP BY o.id`,
    [id],
  );
  return rows.map(({ status, attempts }) => `${status}: ${attempts ?? ''}`).join('; ');
}

async function untilLedger(made: Reward, wanted: string): Promise<void> {
  await pollUntil(`the collection of ${made.id} to be ${wanted}`, async () => {
    const found = await ledger(made);
    if (found === wanted) return true;
    await hurry(made);
    return undefined;
  });
}

async function expectCollectedOnce(made: Reward): Promise<void> {
  await untilLedger(made, 'done: finalized');
  expect(await balanceOf(chain.rpcUrl, made.escrow)).toBe(FEES);
  const gained = await world.payouts.query<{ gained: string }>(
    'SELECT gained_lamports::text AS gained FROM public.pump_operations WHERE commitment_id = $1',
    [made.id],
  );
  expect(gained).toEqual([{ gained: FEES.toString() }]);
}

async function restart(): Promise<void> {
  world.payouts.rpc.plan = honest;
  await world.payouts.start();
}

async function killedBy(plan: FaultPlan, made: Reward): Promise<void> {
  world.payouts.rpc.plan = plan;
  await hurry(made);
  await pollUntil('the process to be killed', async () => world.payouts.apis.length === 0 || undefined);
}

describe('kill -9 in the middle of a collection', () => {
  it('M5: after the signature is recorded and before it is sent', async () => {
    const made = await earning();
    await killedBy(onNth('sendTransaction', 1, world.payouts.crashNow), made);
    expect(await ledger(made)).toBe('in_flight: signed');
    await restart();
    await expectCollectedOnce(made);
  });

  it('M1, M5: after it is sent and before the answer', async () => {
    const made = await earning();
    const plan = onNth('sendTransaction', 1, () => ({ kind: 'after', judge: world.payouts.crashNow }));
    await killedBy(plan, made);
    expect(await ledger(made)).toBe('in_flight: signed');
    await restart();
    await expectCollectedOnce(made);
  });

  it('M1, M4: when the chain has confirmed it and nobody has heard of it', async () => {
    const made = await earning();
    const plan = on('getSignatureStatuses', () => ({
      kind: 'after',
      judge: (result) => (showsConfirmed(result) ? world.payouts.crashNow() : undefined),
    }));
    await killedBy(plan, made);
    expect(await ledger(made)).toBe('in_flight: signed');
    await restart();
    await expectCollectedOnce(made);
  });

  it.each([
    ['M1: with the message prepared and not signed', 'prepared', 'signed'],
    ['M4: while its end is being booked', 'signed', 'finalized'],
  ])('%s', async (_, from, to) => {
    const made = await earning();
    const which = `OLD.status = '${from}' AND NEW.status = '${to}'`;
    const gate = await holdUpdates(world.payouts.databaseUrl, 'pump_attempts', which);
    try {
      await hurry(made);
      await gate.reached();
      await world.payouts.crash();
    } finally {
      await gate.open();
    }
    expect(await ledger(made)).toBe(`in_flight: ${from}`);
    await restart();
    await expectCollectedOnce(made);
    await world.payouts.query('DROP TRIGGER test_gate ON public.pump_attempts', []);
    await world.payouts.query('DROP FUNCTION test_gate()', []);
  });
});
