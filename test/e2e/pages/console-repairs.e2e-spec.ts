import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BrowserWallet } from '../../support/browser/browser-wallet.js';
import { BrowserWorld } from '../../support/browser/browser-world.js';
import { ConsolePage, faultsOf, picture } from '../../support/browser/console-page.js';
import { AMOUNT, attested, succeed } from '../../support/builders/personal.js';
import {
  claimable,
  type Market,
  openMarket,
  paidOutOf,
  release,
  UNLOCK,
} from '../../support/builders/releases.js';
import { startRewardWorld } from '../../support/builders/rewards.js';
import { balanceOf } from '../../support/builders/wallets.js';
import { skipNote } from '../../support/processes/system-programs.js';
import { denyStatuses, honest, on } from '../../support/proxies/rpc-faults.js';
import { RpcProxy } from '../../support/proxies/rpc-proxy.js';
import { AppWorld } from '../../support/worlds/app-world.js';

const note = skipNote('chromium');

let started: Awaited<ReturnType<typeof startRewardWorld>>;
let world: AppWorld;
let market: Market;
let rpc: RpcProxy;
let browsers: BrowserWorld;
let desk: ConsolePage;

/** No job runs: what moves, moves because somebody asks for it. */
beforeAll(async () => {
  if (note !== '') return;
  started = await startRewardWorld({}, {}, (env) => AppWorld.startForBrowsers(env));
  ({ world } = started);
  rpc = await RpcProxy.start(world.chain.rpcUrl);
  await world.restart({ SOLANA_RPC_URL: rpc.url, PAYOUT_WAIT_SECONDS: '1' });
  market = await openMarket(world, started.feed);
  browsers = await BrowserWorld.start(world.url);
  const wallet = new BrowserWallet('Test wallet', world.admin);
  desk = new ConsolePage(await browsers.open('/console', [wallet]), wallet);
  await desk.signIn();
});
afterEach(async () => {
  if (rpc !== undefined) rpc.plan = honest;
  // What a failed test has left open is not in the way of the next one.
  if ((await desk?.page.getByRole('dialog').count()) > 0) await desk.page.keyboard.press('Escape');
});
afterAll(async () => {
  await browsers?.stop();
  await started?.stop();
  await rpc?.stop();
});

/** The chain goes away in the moment of the decision, whose check ends with this call. */
function goAwayOnceDecided(): void {
  rpc.plan = on('simulateTransaction', () => ({
    kind: 'after',
    judge: () => {
      rpc.plan = () => ({ kind: 'status', status: 503 });
      return undefined;
    },
  }));
}

const statusesOf = async (id: string) =>
  (await world.client().get<{ items: { status: string }[] }>(`/commitments/${id}/payouts`)).body.items.map(
    ({ status }) => status,
  );
const rowOf = (id: string) =>
  desk.page
    .getByRole('table', { name: 'Releases in progress' })
    .getByRole('row')
    .filter({ hasText: id.slice(0, 8) });

describe.skipIf(note !== '')(`repairs in the console${note}`, () => {
  it('pays again what the chain was away for, once', async () => {
    const { id, authority, escrow } = await attested(world);
    const before = await balanceOf(world.chain.rpcUrl, authority.address);
    goAwayOnceDecided();
    expect((await succeed(await world.adminClient(), id)).status).toBe(202);
    rpc.plan = honest;
    await desk.show('#/payouts?status=unfinished', 'Payouts');
    const said = await desk.open('Retry');
    for (const part of ['SOL', escrow.address, authority.address, 'admin.payout.retry'])
      expect(said).toContain(part);
    await picture(desk.page, 'retry');
    expect(await faultsOf(desk.page)).toEqual([]);
    await desk.sign();
    await desk.page.getByRole('img', { name: 'Payout: confirmed' }).waitFor();
    expect(await statusesOf(id)).toEqual(['confirmed']);
    const paid = (await balanceOf(world.chain.rpcUrl, authority.address)) - before;
    expect(paid).toBeGreaterThan(BigInt(AMOUNT) - 1_000_000n);
    expect(await balanceOf(world.chain.rpcUrl, escrow.address)).toBe(0n);
  });

  it('has a transaction proven that landed while nobody got to know', async () => {
    const made = await claimable(world, market, { lamports: 5n * UNLOCK });
    rpc.plan = denyStatuses(rpc);
    expect((await release(await world.adminClient(), made)).status).toBe(202);
    await desk.show('#/payouts?status=in_flight', 'Payouts');
    // The chain may have it: nobody can give it up.
    await rowOf(made.id).waitFor();
    expect(await rowOf(made.id).getByRole('button', { name: 'Clear…' }).count()).toBe(0);
    rpc.plan = honest;
    expect(await desk.open('Prove')).toContain('all RPC endpoints');
    await desk.sign();
    await desk.show('#/payouts?status=confirmed', 'Payouts');
    await rowOf(made.id).waitFor({ state: 'detached' });
    expect(await statusesOf(made.id)).toEqual(['confirmed']);
    expect(await paidOutOf(world, made)).toMatchObject([{ lamports: UNLOCK }]);
  });

  it('clears a release of which nothing is signed, and the next one pays once', async () => {
    const made = await claimable(world, market, { lamports: 5n * UNLOCK });
    goAwayOnceDecided();
    expect((await release(await world.adminClient(), made)).status).toBe(202);
    await desk.show('#/payouts?status=pending', 'Payouts');
    await rowOf(made.id).waitFor();
    expect(await desk.open('Clear')).toContain('the milestone is claimable again');
    await desk.sign();
    await rowOf(made.id).waitFor({ state: 'detached' });
    expect(await statusesOf(made.id)).toEqual(['cancelled']);
    rpc.plan = honest;
    await desk.show(`#/commitments/${made.id}`, 'A reward commitment');
    await desk.open('Release');
    await desk.sign();
    expect(await statusesOf(made.id)).toEqual(['confirmed']);
    expect(await paidOutOf(world, made)).toMatchObject([{ lamports: UNLOCK }]);
  });
});
