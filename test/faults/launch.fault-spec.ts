import { Connection, PublicKey } from '@solana/web3.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transferFee } from '#src/chain/signing/transfer-transaction.js';
import type { LocalChain } from '#src/local/chain/chain.js';
import {
  awaitingLaunch,
  LONGEST_TEXTS,
  setCoin,
  setPumpGlobal,
  shownLaunch,
} from '../support/builders/launches.js';
import { installPumpStandIn } from '../support/builders/pump-stand-in.js';
import type { Reward } from '../support/builders/rewards.js';
import { balanceOf, SOL, TestWallet } from '../support/builders/wallets.js';
import { LONG } from '../support/long.js';
import { pollUntil } from '../support/poll.js';
import { holdUpdates } from '../support/proxies/database-gate.js';
import { honest, on, showsConfirmed } from '../support/proxies/rpc-faults.js';
import type { FaultPlan, RpcCall } from '../support/proxies/rpc-proxy.js';
import { startTestChain } from '../support/worlds/localnet.js';
import { lifeOfFile } from '../support/worlds/payout-world.js';
import { ReleaseWorld } from '../support/worlds/release-world.js';

/**
 * A process that is killed in the middle of a launch, and another one that finds what it left. pump.fun's programs are a stand-in
 * that does nothing, and the test writes the coin that they would make: this shows how this service works, and nothing about pump.fun.
 */

const PURCHASE = { buyTokens: 30_000_000_000_000, buyMostLamports: 1_000_000_000 };
/** What the purchase opens: a token account of Token-2022 that cannot change its owner. */
const ACCOUNT_RENT = 2_074_080n;
const payer = TestWallet.generate();
const file = lifeOfFile();
let chain: LocalChain;
let world: ReleaseWorld;

beforeAll(async () => {
  // Slow enough that a blockhash outlives a restart.
  chain = await startTestChain({ slotMs: 200 });
  await installPumpStandIn(chain.rpcUrl);
  await setPumpGlobal(chain.rpcUrl, TestWallet.generate().address);
  await chain.cheats.fundSol(payer.address, SOL);
  world = await ReleaseWorld.open(file, chain, {
    env: { ESCROW_FEE_PAYER_SECRET_KEY: payer.toJson() },
  });
});
afterAll(() => chain?.stop());

interface Launched extends Reward {
  /** What the fee payer held before. */
  readonly before: bigint;
}

/** Written down by an admin's act; the jobs have not looked at it. */
async function launched(): Promise<Launched> {
  const admin = await world.signIn();
  const made = await awaitingLaunch(world.host(), admin);
  const before = await balanceOf(chain.rpcUrl, payer.address);
  await admin.act('admin.pumpfun.launch', { commitmentId: made.id, ...LONGEST_TEXTS, ...PURCHASE });
  return { ...made, before };
}

/** The time until the job's next run is skipped. */
async function hurry(): Promise<void> {
  await world.payouts.query(`UPDATE public.jobs SET next_run_at = now() WHERE name = 'pump-operations'`, []);
  await world.payouts.query('UPDATE public.pump_operations SET next_run_at = now()', []);
}

/** `create done: finalized; buy pending: `: both steps with their attempts. */
async function ledger({ id }: Reward): Promise<string> {
  const rows = await world.payouts.query<{ kind: string; status: string; attempts: string | null }>(
    `SELECT o.kind, o.status, string_agg(a.status, ', ' ORDER BY a.number) AS attempts
       FROM public.pump_operations o LEFT JOIN public.pump_attempts a ON a.operation_id = o.id
      WHERE o.commitment_id = $1 GROUP BY o.id ORDER BY o.kind DESC`,
    [id],
  );
  return rows.map(({ kind, status, attempts }) => `${kind} ${status}: ${attempts ?? ''}`).join('; ');
}

async function untilLedger(made: Reward, wanted: RegExp): Promise<void> {
  await pollUntil(`the launch of ${made.id} to be ${String(wanted)}`, async () => {
    if (wanted.test(await ledger(made))) return true;
    await hurry();
    return undefined;
  });
}

/** What the fees of a launch are by the plans that were signed: the local chain's own record leaves out what was offered beyond. */
async function feesOf({ id }: Reward): Promise<bigint> {
  const plans = await world.payouts.query<{ kind: string; price: string; units: number }>(
    `SELECT o.kind, a.plan->>'computeUnitPriceMicroLamports' AS price, (a.plan->>'computeUnitLimit')::int AS units
       FROM public.pump_operations o JOIN public.pump_attempts a ON a.operation_id = o.id
      WHERE o.commitment_id = $1 AND a.status = 'finalized'`,
    [id],
  );
  return plans.reduce(
    (sum, { kind, price, units }) => sum + transferFee(kind === 'create' ? 2 : 1, BigInt(price), units),
    0n,
  );
}

/** Both transactions are on the chain once, no other names the coin, and the fee payer has paid for exactly them. */
async function expectLaunchedOnce(made: Launched): Promise<void> {
  await untilLedger(made, /^create (done: finalized|in_flight: signed)/);
  await setCoin(chain.rpcUrl, made.mint);
  await untilLedger(made, /^create done: finalized; buy done: finalized$/);
  const { steps } = await shownLaunch(world.host(), made);
  const connection = new Connection(chain.rpcUrl, 'confirmed');
  const named = await connection.getSignaturesForAddress(new PublicKey(made.mint));
  const ours = steps.map(({ signature }) => signature ?? '');
  expect(named.map(({ signature }) => signature).toSorted()).toEqual(ours.toSorted());
  const after = await balanceOf(chain.rpcUrl, payer.address);
  expect(made.before - after).toBe((await feesOf(made)) + ACCOUNT_RENT);
}

async function restart(): Promise<void> {
  world.payouts.rpc.plan = honest;
  await world.payouts.start();
}

async function killedBy(plan: FaultPlan): Promise<void> {
  world.payouts.rpc.plan = plan;
  await hurry();
  await pollUntil('the process to be killed', async () => {
    if (world.payouts.apis.length === 0) return true;
    await hurry();
    return undefined;
  });
}

/** Which transaction of a launch is the one in question. */
type Of = (call: RpcCall) => boolean;
const signers = ({ params: [wire] }: RpcCall) => Buffer.from(String(wire), 'base64')[0];
const ofCreation: Of = (call) => signers(call) === 2;
const ofPurchase: Of = (call) => signers(call) === 1;

const SENT: readonly (readonly [string, (of: Of) => FaultPlan])[] = [
  [
    'M5: after the signature is recorded and before it is sent',
    (of) => on('sendTransaction', (_, call) => (of(call) ? world.payouts.crashNow() : undefined)),
  ],
  [
    'M1, M5: after it is sent and before the answer',
    (of) =>
      on('sendTransaction', (_, call) =>
        of(call) ? { kind: 'after', judge: world.payouts.crashNow } : undefined,
      ),
  ],
];
const BOOKED: readonly (readonly [string, string, string])[] = [
  ['M1: with the message prepared and not signed', 'prepared', 'signed'],
  ['M4: while its end is being booked', 'signed', 'finalized'],
];

/** Killed while this change of the step's attempt is being written. */
async function killedAtBooking(made: Reward, step: number, from: string, to: string): Promise<void> {
  const { id } = (await shownLaunch(world.host(), made)).steps[step] ?? { id: '' };
  const which = `OLD.operation_id = '${id}' AND OLD.status = '${from}' AND NEW.status = '${to}'`;
  const gate = await holdUpdates(world.payouts.databaseUrl, 'pump_attempts', which);
  try {
    await setCoin(chain.rpcUrl, made.mint);
    const reached = gate.reached();
    await hurry();
    await reached;
    await world.payouts.crash();
  } finally {
    await gate.open();
  }
}

async function withoutGate(): Promise<void> {
  await world.payouts.query('DROP TRIGGER test_gate ON public.pump_attempts', []);
  await world.payouts.query('DROP FUNCTION test_gate()', []);
}

describe('kill -9 in the middle of a creation', () => {
  it.each(LONG ? SENT : SENT.slice(1))('%s', async (_, plan) => {
    const made = await launched();
    await killedBy(plan(ofCreation));
    expect(await ledger(made)).toBe('create in_flight: signed; buy pending: ');
    await restart();
    await expectLaunchedOnce(made);
  });

  it.runIf(LONG)('M1, M4: when the chain has confirmed it and nobody has heard of it', async () => {
    const made = await launched();
    const judge = (result: unknown) => (showsConfirmed(result) ? world.payouts.crashNow() : undefined);
    await killedBy(on('getSignatureStatuses', () => ({ kind: 'after', judge })));
    expect(await ledger(made)).toBe('create in_flight: signed; buy pending: ');
    await restart();
    await expectLaunchedOnce(made);
  });

  it.each(LONG ? BOOKED : BOOKED.slice(0, 1))('%s', async (_, from, to) => {
    const made = await launched();
    await killedAtBooking(made, 0, from, to);
    expect(await ledger(made)).toBe(`create in_flight: ${from}; buy pending: `);
    await restart();
    await expectLaunchedOnce(made);
    await withoutGate();
  });
});

describe('kill -9 in the middle of the purchase', () => {
  it.each(LONG ? SENT : SENT.slice(1))('%s', async (_, plan) => {
    const made = await launched();
    await setCoin(chain.rpcUrl, made.mint);
    await killedBy(plan(ofPurchase));
    expect(await ledger(made)).toBe('create done: finalized; buy in_flight: signed');
    await restart();
    await expectLaunchedOnce(made);
  });

  it.runIf(LONG).each(BOOKED)('%s', async (_, from, to) => {
    const made = await launched();
    await killedAtBooking(made, 1, from, to);
    expect(await ledger(made)).toBe(`create done: finalized; buy in_flight: ${from}`);
    await restart();
    await expectLaunchedOnce(made);
    await withoutGate();
  });
});

describe.runIf(LONG)('a lost answer in the middle of a launch', () => {
  it('M1: both transactions are sent, and no answer says so', async () => {
    const made = await launched();
    world.payouts.rpc.plan = on('sendTransaction', () => ({ kind: 'after', judge: () => ({ kind: 'cut' }) }));
    await setCoin(chain.rpcUrl, made.mint);
    await untilLedger(made, /^create done: finalized; buy done: finalized$/);
    world.payouts.rpc.plan = honest;
    await expectLaunchedOnce(made);
  });
});

describe.runIf(LONG)('kill -9 between the act and the first look', () => {
  it('M1: what the act has written down is done by whoever starts next', async () => {
    const made = await launched();
    await world.payouts.crash();
    await restart();
    await expectLaunchedOnce(made);
  });
});
