import { Connection, PublicKey } from '@solana/web3.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectCreatorFee } from '#src/chain/pump/collect-instructions.js';
import { PUMP_PROGRAM } from '#src/chain/tokens/pump-accounts.js';
import { sendInstructions } from '#src/local/chain/send-transaction.js';
import type { LocalPriceFeed } from '#src/local/local-price-feed.js';
import { ManagedFees } from '#src/pumpfun/collections/managed-fees.service.js';
import { OperationDriver } from '#src/pumpfun/operations/operation-driver.service.js';
import { EscrowHistories } from '#src/releases/history/escrow-histories.service.js';
import {
  setCurveVault,
  setOwnWrapped,
  setPumpCurve,
  TOKEN_ACCOUNT_RENT,
} from '../../support/builders/pump.js';
import { installPumpStandIn, STAND_IN_RENT } from '../../support/builders/pump-stand-in.js';
import { launch, type Reward, reward, startRewardWorld } from '../../support/builders/rewards.js';
import { fundedWallet, SOL, TestWallet } from '../../support/builders/wallets.js';
import { pollUntil } from '../../support/poll.js';
import type { AppWorld } from '../../support/worlds/app-world.js';

/** Managed mode, with a stand-in for the effect of pump.fun's programs: nothing here shows that the real ones would do it. */

interface Collection {
  readonly kind: string;
  readonly status: string;
  readonly signature: string | null;
  readonly gainedLamports: number | null;
  readonly waitingFor: string | null;
}

const payer = TestWallet.generate();
let world: AppWorld;
let feed: LocalPriceFeed;
let stop: () => Promise<void>;

beforeAll(async () => {
  ({ world, feed, stop } = await startRewardWorld({ ESCROW_FEE_PAYER_SECRET_KEY: payer.toJson() }));
  await world.chain.cheats.fundSol(payer.address, SOL);
});
afterAll(async () => {
  await stop?.();
});

const rpcUrl = () => world.chain.rpcUrl;
const balanceOf = async (address: string) =>
  new Connection(rpcUrl(), 'confirmed').getBalance(new PublicKey(address));

/** A commitment in managed mode whose escrow earns the fees of its coin. */
async function managed(): Promise<Reward> {
  const token = await launch(world, feed);
  await setPumpCurve(rpcUrl(), token.mint, token.creator.address);
  const made = await reward(world, token, { creatorFeeMode: 'managed' });
  await setPumpCurve(rpcUrl(), made.mint, made.escrow);
  return made;
}

const fees = (lamports: bigint, { escrow }: Reward) =>
  setCurveVault(rpcUrl(), escrow, BigInt(STAND_IN_RENT) + lamports, PUMP_PROGRAM.toBase58());
const sweep = () => world.app.get(ManagedFees).run();
const collectionsOf = async ({ id }: Reward) =>
  (await world.client().get<{ items: Collection[] }>(`/commitments/${id}/fee-collections`)).body.items;

async function untilDone(made: Reward, count: number): Promise<Collection[]> {
  return pollUntil(`${count} collections to be done`, async () => {
    await world.sql('UPDATE public.pump_operations SET next_run_at = now()');
    await world.app.get(OperationDriver).run();
    const all = await collectionsOf(made);
    return all.filter(({ status }) => status === 'done').length === count ? all : undefined;
  });
}

/** The next run looks at it again, however short ago it was looked at. */
const forgetLooks = () =>
  world.sql("UPDATE public.managed_fee_looks SET looked_at = looked_at - interval '1 day'");
const kindsOf = async ({ escrow }: Reward) => {
  await world.app.get(EscrowHistories).complete(escrow);
  const rows = await world.sql<{ kind: string }>(
    'SELECT DISTINCT kind FROM public.escrow_entries WHERE escrow = $1 ORDER BY 1',
    [escrow],
  );
  return rows.map(({ kind }) => kind);
};

describe('managed mode', () => {
  it('says why nothing is collected where the programs are not to be had', async () => {
    const made = await managed();
    await fees(50_000_000n, made);
    expect(await sweep()).toEqual({ looked: 1, begun: 1, failed: 0 });
    const [blocked] = await collectionsOf(made);
    expect(blocked).toMatchObject({
      kind: 'collect',
      status: 'pending',
      signature: null,
      gainedLamports: null,
    });
    expect(blocked?.waitingFor).toContain('does not have the programs of pump.fun');
    await installPumpStandIn(rpcUrl());
    expect(await untilDone(made, 1)).toHaveLength(1);
  });

  it('collects above the minimum, once, by the fee payer’s signature alone, and tells what it brought', async () => {
    const made = await managed();
    await fees(9_999_999n, made);
    await sweep();
    expect(await collectionsOf(made)).toEqual([]);
    await fees(50_000_000n, made);
    expect(await sweep()).toMatchObject({ looked: 0 });
    await forgetLooks();
    expect(await sweep()).toMatchObject({ begun: 1 });
    const [done] = await untilDone(made, 1);
    expect(done).toMatchObject({
      kind: 'collect',
      gainedLamports: 50_000_000,
      signature: expect.any(String),
    });
    expect(await balanceOf(made.escrow)).toBe(50_000_000);
    const sent = await new Connection(rpcUrl(), 'confirmed').getTransaction(String(done?.signature), {
      maxSupportedTransactionVersion: 0,
    });
    const message = sent?.transaction.message;
    expect(message?.header.numRequiredSignatures).toBe(1);
    expect(message?.staticAccountKeys[0]?.toBase58()).toBe(payer.address);
    expect(await kindsOf(made)).toEqual(['fee_collection']);
    await forgetLooks();
    expect(await sweep()).toMatchObject({ begun: 0 });
  });

  it('unwraps what came from pools, which is no outflow of the escrow', async () => {
    const made = await managed();
    await setOwnWrapped(rpcUrl(), made.escrow, 7_000_000n);
    await sweep();
    const [done] = await untilDone(made, 1);
    const brought = Number(7_000_000n + TOKEN_ACCOUNT_RENT);
    expect(done).toMatchObject({ kind: 'unwrap', gainedLamports: brought });
    expect(await balanceOf(made.escrow)).toBe(brought);
    expect(await kindsOf(made)).toEqual(['unwrap']);
    expect(await world.app.get(EscrowHistories).unknownOutflows(made.escrow)).toEqual([]);
  });

  it('M19: what a stranger collects for the escrow is told as fees, and every lamport of it is accounted for', async () => {
    const made = await managed();
    await fees(50_000_000n, made);
    const stranger = await fundedWallet(world.chain);
    const collected = await sendInstructions(rpcUrl(), stranger, [
      collectCreatorFee(new PublicKey(made.escrow)),
    ]);
    const admin = await world.adminClient();
    const body = { kind: 'escrow_balances', full: false, commitmentId: made.id };
    const run = await pollUntil('the collection to be final', async () => {
      const answer = await admin.post<{ findings: number; chainLamports: number; items: unknown[] }>(
        '/admin/reconciliations',
        body,
      );
      expect(answer.body.findings).toBe(0);
      return answer.body.chainLamports > 0 ? answer.body : undefined;
    });
    const balance = { ledgerLamports: 50_000_000, chainLamports: 50_000_000, finding: false };
    expect(run.items).toMatchObject([{ subject: made.escrow, state: 'underfunded', ...balance }]);
    const lines = await world.sql(
      `SELECT signature, kind, lamports::int FROM public.escrow_entries WHERE escrow = $1 AND lamports > 0`,
      [made.escrow],
    );
    expect(lines).toEqual([{ signature: collected, kind: 'fee_collection', lamports: 50_000_000 }]);
    // It was none of ours: nothing is booked as a collection that this service has made.
    expect(await collectionsOf(made)).toEqual([]);
    await forgetLooks();
    expect(await sweep()).toMatchObject({ begun: 0 });
  });
});
