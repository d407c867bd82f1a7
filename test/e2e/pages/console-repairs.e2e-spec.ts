import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BrowserWallet } from '../../support/browser/browser-wallet.js';
import { BrowserWorld } from '../../support/browser/browser-world.js';
import { ConsolePage, faultsOf, picture } from '../../support/browser/console-page.js';
import { AMOUNT, attested, type Created, succeed } from '../../support/builders/personal.js';
import {
  claimable,
  type Market,
  openMarket,
  paidOutOf,
  release,
  UNLOCK,
} from '../../support/builders/releases.js';
import { startRewardWorld } from '../../support/builders/rewards.js';
import { finish } from '../../support/builders/sweeps.js';
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

/** A payout as failures on chain leave it: decided while the chain is away, so that nothing of it was sent before. */
async function stopped(): Promise<Created> {
  const made = await attested(world);
  goAwayOnceDecided();
  expect((await succeed(await world.adminClient(), made.id)).status).toBe(202);
  rpc.plan = honest;
  // No pending payout is stopped but by what its transactions did, so the guard of the table has to look away.
  await world.sql(`SET session_replication_role = replica;
    UPDATE payouts SET status = 'stopped', failures = 3 WHERE commitment_id = '${made.id}'`);
  return made;
}

/** The screen as it is opened anew. */
async function showPayouts(status: string): Promise<void> {
  await desk.show('#/overview', 'Overview');
  await desk.show(`#/payouts?status=${status}`, 'Payouts');
}

const statusesOf = async (id: string) =>
  (await world.client().get<{ items: { status: string }[] }>(`/commitments/${id}/payouts`)).body.items.map(
    ({ status }) => status,
  );
/** On a slow machine it may be final by now. */
const PAID = expect.stringMatching(/^(confirmed|finalized)$/) as string;
const rowOf = (id: string) =>
  desk.page
    .getByRole('table', { name: 'Releases in progress' })
    .getByRole('row')
    .filter({ has: desk.page.locator(`a[title="${id}"]`) });

describe.skipIf(note !== '')(`repairs in the console${note}`, () => {
  it('takes up again what failures on chain have stopped, and it is paid once', async () => {
    const { id, authority, escrow } = await stopped();
    const before = await balanceOf(world.chain.rpcUrl, authority.address);
    await showPayouts('stopped');
    const said = await desk.open('Retry');
    for (const part of ['SOL', escrow.address, authority.address, 'admin.payout.retry'])
      expect(said).toContain(part);
    await picture(desk.page, 'retry');
    expect(await faultsOf(desk.page)).toEqual([]);
    await desk.sign();
    await desk.page.getByText('None was found.').waitFor();
    await finish(world);
    expect(await statusesOf(id)).toEqual([PAID]);
    const paid = (await balanceOf(world.chain.rpcUrl, authority.address)) - before;
    expect(paid).toBeGreaterThan(BigInt(AMOUNT) - 1_000_000n);
    expect(await balanceOf(world.chain.rpcUrl, escrow.address)).toBe(0n);
  });

  it('has a transaction proven of which nobody knows whether it landed, and it is paid once', async () => {
    const made = await claimable(world, market, { lamports: 5n * UNLOCK });
    rpc.plan = denyStatuses(rpc);
    expect((await release(await world.adminClient(), made)).status).toBe(202);
    await showPayouts('in_flight');
    // The chain may have it: nobody can give it up.
    await rowOf(made.id).waitFor();
    expect(await rowOf(made.id).getByRole('button', { name: 'Clear…' }).count()).toBe(0);
    expect(await desk.open('Prove')).toContain('all RPC endpoints');
    await desk.sign();
    rpc.plan = honest;
    await finish(world);
    await showPayouts('confirmed');
    await rowOf(made.id).waitFor({ state: 'detached' });
    expect(await statusesOf(made.id)).toEqual([PAID]);
    expect(await paidOutOf(world, made)).toMatchObject([{ lamports: UNLOCK }]);
  });

  it('clears a release of which nothing is signed, and the next one pays once', async () => {
    const made = await claimable(world, market, { lamports: 5n * UNLOCK });
    goAwayOnceDecided();
    expect((await release(await world.adminClient(), made)).status).toBe(202);
    await showPayouts('pending');
    await rowOf(made.id).waitFor();
    // It goes on by itself.
    expect(await desk.page.getByRole('button', { name: 'Retry…' }).count()).toBe(0);
    expect(await desk.open('Clear')).toContain('the milestone is claimable again');
    await desk.sign();
    await rowOf(made.id).waitFor({ state: 'detached' });
    expect(await statusesOf(made.id)).toEqual(['cancelled']);
    rpc.plan = honest;
    await desk.show(`#/commitments/${made.id}`, 'A reward commitment');
    await desk.open('Release');
    await desk.sign();
    await finish(world);
    expect(await statusesOf(made.id)).toEqual([PAID]);
    expect(await paidOutOf(world, made)).toMatchObject([{ lamports: UNLOCK }]);
  });
});
