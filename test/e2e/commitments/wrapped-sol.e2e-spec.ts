import { Connection, PublicKey } from '@solana/web3.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalPriceFeed } from '#src/local/local-price-feed.js';
import { WrappedSol } from '#src/pumpfun/collections/wrapped-sol.service.js';
import { OperationDriver } from '#src/pumpfun/operations/operation-driver.service.js';
import { DueFailures } from '#src/releases/distributions/due-failures.service.js';
import { EscrowHistories } from '#src/releases/history/escrow-histories.service.js';
import { announce, announcedOf, distributionOf, passNotice } from '../../support/builders/failures.js';
import { attested } from '../../support/builders/personal.js';
import { TOKEN_ACCOUNT_RENT } from '../../support/builders/pump.js';
import { launch, type Reward, reward, startRewardWorld } from '../../support/builders/rewards.js';
import { balanceOf, SOL, TestWallet } from '../../support/builders/wallets.js';
import { wrapSolFor } from '../../support/builders/wrapped-sol.js';
import { pollUntil } from '../../support/poll.js';
import type { AppWorld } from '../../support/worlds/app-world.js';

const WRAPPED = 70_000_000n;
const BROUGHT = WRAPPED + TOKEN_ACCOUNT_RENT;

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

const held = (address: string) => balanceOf(world.chain.rpcUrl, address);
const look = () => world.app.get(WrappedSol).run();

/** @returns the account that holds it */
async function give(escrow: string): Promise<string> {
  const stranger = await world.fundedWallet(SOL);
  return wrapSolFor(world.chain.rpcUrl, stranger, escrow, WRAPPED);
}

async function collectionsOf(id: string) {
  const path = `/commitments/${id}/fee-collections`;
  return (await world.client().get<{ items: { kind: string; status: string }[] }>(path)).body.items;
}

async function drive(): Promise<void> {
  await world.sql('UPDATE public.pump_operations SET next_run_at = now()');
  await world.app.get(OperationDriver).run();
}

describe('wrapped SOL that a stranger sends to an escrow', () => {
  it('R1: becomes SOL of that escrow, once, whoever looks at the same time, and is no outflow', async () => {
    const {
      id,
      escrow: { address: escrow },
    } = await attested(world);
    const before = await held(escrow);
    const account = await give(escrow);
    const looks = await Promise.all([look(), look(), look()]);
    expect(looks.reduce((sum, { begun }) => sum + begun, 0)).toBeLessThanOrEqual(1);
    const done = await pollUntil('it to be unwrapped', async () => {
      await look();
      await drive();
      const all = await collectionsOf(id);
      return all.every(({ status }) => status === 'done') && all.length > 0 ? all : undefined;
    });
    expect(done).toMatchObject([{ kind: 'unwrap', gainedLamports: Number(BROUGHT) }]);
    expect(await held(escrow)).toBe(before + BROUGHT);
    expect(
      await new Connection(world.chain.rpcUrl, 'confirmed').getAccountInfo(new PublicKey(account)),
    ).toBeNull();
    expect(await look()).toMatchObject({ begun: 0, failed: 0 });
    await world.app.get(EscrowHistories).complete(escrow);
    expect(await world.app.get(EscrowHistories).unknownOutflows(escrow)).toEqual([]);
  });

  it('R1: is waited for before the amounts of a failure are frozen, which then hold it', async () => {
    const made: Reward = await reward(world, await launch(world, feed));
    await world.chain.cheats.fundSol(made.escrow, SOL);
    await give(made.escrow);
    const admin = await world.adminClient();
    await announce(world, admin, made);
    await passNotice(world, made);
    expect(await world.app.get(DueFailures).run()).toMatchObject({ due: 1, frozen: 0, waiting: 1 });
    expect((await announcedOf(world, made)).waitingFor).toContain('wrapped SOL');
    const frozen = await pollUntil('the failure to be frozen', async () => {
      await drive();
      await world.sql('UPDATE public.failure_announcements SET due_at = effective_at');
      await world.app.get(DueFailures).run();
      const shown: { readonly status: string; readonly escrowBalanceLamports: number } = await distributionOf(
        world,
        made,
      );
      return shown.status === 'frozen' ? shown : undefined;
    });
    expect(frozen.escrowBalanceLamports).toBe(Number(SOL + BROUGHT));
  });
});
