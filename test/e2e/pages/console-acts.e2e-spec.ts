import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BrowserWallet } from '../../support/browser/browser-wallet.js';
import { BrowserWorld } from '../../support/browser/browser-world.js';
import { ConsolePage, faultsOf, picture } from '../../support/browser/console-page.js';
import { AMOUNT, attested, succeed, unattested } from '../../support/builders/personal.js';
import { announce } from '../../support/builders/failures.js';
import { claimable, type Market, openMarket } from '../../support/builders/releases.js';
import { reward, startRewardWorld } from '../../support/builders/rewards.js';
import { finalize } from '../../support/builders/sweeps.js';
import { balanceOf, SOL, TestWallet } from '../../support/builders/wallets.js';
import { pollUntil } from '../../support/poll.js';
import { skipNote } from '../../support/processes/system-programs.js';
import { AppWorld } from '../../support/worlds/app-world.js';

const note = skipNote('chromium');

let started: Awaited<ReturnType<typeof startRewardWorld>>;
let world: AppWorld;
let market: Market;
let browsers: BrowserWorld;
let desk: ConsolePage;
const second = TestWallet.generate();

async function signedIn(key: TestWallet, options = {}): Promise<ConsolePage> {
  const wallet = new BrowserWallet('Test wallet', key);
  const made = new ConsolePage(await browsers.open('/console', [wallet], options), wallet);
  await made.signIn();
  return made;
}

beforeAll(async () => {
  if (note !== '') return;
  started = await startRewardWorld({}, {}, (env) => AppWorld.startForBrowsers(env));
  ({ world } = started);
  await world.restart({ ADMIN_WALLET_PUBKEYS: `${world.admin.address},${second.address}` });
  market = await openMarket(world, started.feed);
  browsers = await BrowserWorld.start(world.url);
  desk = await signedIn(world.admin);
});
afterEach(async () => {
  // What a failed test has left open is not in the way of the next one.
  if ((await desk?.page.getByRole('dialog').count()) > 0) await desk.page.keyboard.press('Escape');
});
afterAll(async () => {
  await browsers?.stop();
  await started?.stop();
});

const balance = (address: string) => balanceOf(world.chain.rpcUrl, address);
const statusOf = async (id: string) =>
  (await world.client().get<{ status: string }>(`/commitments/${id}`)).body.status;
const heldIn = async (id: string) =>
  (await world.client().get<{ escrow: { balanceLamports: number | null } }>(`/commitments/${id}`)).body.escrow
    .balanceLamports;
const show = (id: string) => desk.show(`#/commitments/${id}`, 'A personal commitment');

describe.skipIf(note !== '')(`acts in the console${note}`, () => {
  it('pays a success: amount, destination, consequence and text are shown, and the wallet signs that text', async () => {
    const { id, authority, escrow } = await attested(world);
    const before = await balance(authority.address);
    await pollUntil('the reading of the escrow', async () => (await heldIn(id)) === AMOUNT);
    await show(id);
    const said = await desk.open('Resolve as a success');
    for (const part of [
      '2 SOL',
      authority.address,
      escrow.address,
      'Nothing takes it back.',
      'admin.commitment.success',
      id,
    ]) {
      expect(said).toContain(part);
    }
    await picture(desk.page, 'act');
    expect(await faultsOf(desk.page)).toEqual([]);
    const signed = desk.wallet.signed.length;
    await desk.sign();
    expect(desk.wallet.signed.slice(signed)).toEqual([expect.stringContaining('admin.commitment.success')]);
    expect(said).toContain(desk.wallet.signed.at(-1));
    expect(await balance(authority.address)).toBeGreaterThan(before + BigInt(AMOUNT) - 1_000_000n);
    await desk.loaded();
    await desk.page.getByRole('img', { name: 'Payout: confirmed' }).waitFor();
  });

  it('does nothing while the wallet refuses, and nothing with another text', async () => {
    const deadline = await world.chainTime(60);
    const { id, destinationOnFail } = await unattested(world, { deadline });
    await world.travelTo(Date.parse(deadline) + 1_000);
    await show(id);
    await desk.open('Resolve as a failure');
    desk.wallet.behaviour = 'rejects';
    await desk.signButton.click();
    await desk.page.getByText('User rejected the request.').waitFor();
    desk.wallet.behaviour = 'alters';
    await desk.page.getByRole('button', { name: 'Try again' }).click();
    await desk.signButton.click();
    await desk.page.getByText('The wallet has signed another text').waitFor();
    expect(await statusOf(id)).toBe('active');
    desk.wallet.behaviour = 'signs in an envelope';
    await desk.page.getByRole('button', { name: 'Try again' }).click();
    await desk.sign();
    desk.wallet.behaviour = 'signs';
    expect(await balance(destinationOnFail)).toBeGreaterThan(BigInt(AMOUNT) - 1_000_000n);
  });

  it('announces a failure, and calls it off', async () => {
    const deadline = await world.chainTime(60);
    const { id } = await attested(world, { deadline });
    await world.travelTo(Date.parse(deadline) + 1_000);
    await show(id);
    await desk.page.getByLabel('Reason, part of what is signed').fill('The proof is missing');
    expect(await desk.open('Resolve as a failure')).toContain('The failure is announced now');
    await desk.sign();
    await desk.loaded();
    await desk.page.getByText('Failure takes effect').waitFor();
    await picture(desk.page, 'notice');
    expect(await desk.open('Call off the failure')).toContain('2 SOL');
    await desk.sign();
    await desk.page.getByText('Failure takes effect').waitFor({ state: 'detached' });
    expect(await statusOf(id)).toBe('active');
  });

  it('lists the failures in notice of both kinds, page by page, and calls one off', async () => {
    const deadline = await world.chainTime(60);
    const admin = await world.adminClient();
    const filed: string[] = [];
    for (let n = 0; n < 2; n += 1) filed.push((await attested(world, { deadline })).id);
    const announced = await reward(world, market);
    await world.travelTo(Date.parse(deadline) + 1_000);
    for (const commitmentId of filed)
      await admin.act('admin.commitment.failure', { commitmentId, reason: 'The proof is missing' });
    await announce(world, admin, announced, 'Nobody has shipped');
    await desk.show('#/overview', 'Overview');
    await desk.page.getByRole('link', { name: '3 failure(s) in notice' }).waitFor();
    await desk.show('#/notices?limit=2', 'Failures in notice');
    const row = desk.page.getByRole('row');
    await row.filter({ hasText: 'Nobody has shipped' }).waitFor();
    await row.filter({ hasText: 'The proof is missing' }).waitFor();
    await desk.page.getByRole('link', { name: 'Next page' }).click();
    await row.filter({ hasText: 'Nobody has shipped' }).waitFor({ state: 'detached' });
    await desk.loaded();
    expect(await row.filter({ hasText: 'The proof is missing' }).count()).toBe(1);
    expect(await faultsOf(desk.page)).toEqual([]);
    await desk.open('Call off');
    await desk.sign();
    await desk.page.getByText('No failure is in notice.').waitFor();
    expect(await desk.page.getByRole('row').count()).toBe(0);
    await desk.show('#/notices', 'Failures in notice');
    expect(await row.filter({ hasText: 'The proof is missing' }).count()).toBe(1);
  });

  it('releases a milestone that its holders have approved', async () => {
    const { id, creator } = await claimable(world, market, {
      milestones: 2,
      unlocked: 1,
      lamports: 3n * SOL,
    });
    const before = await balance(creator.address);
    await desk.show(`#/commitments/${id}`, 'A reward commitment');
    await desk.page.getByRole('img', { name: '$1000 of $400 by 1 wallet' }).waitFor();
    await picture(desk.page, 'commitment');
    expect(await faultsOf(desk.page)).toEqual([]);
    expect(await desk.open('Release')).toContain('1 SOL');
    await desk.sign();
    expect(await balance(creator.address)).toBe(before + SOL);
  });

  it('forwards what is stray', async () => {
    const { id, authority, escrow } = await attested(world);
    await succeed(await world.adminClient(), id);
    await finalize(world, { id });
    await world.chain.cheats.fundSol(escrow.address, 3_000_000n);
    const before = await balance(authority.address);
    await show(id);
    expect(await desk.open('Forward 0.003 SOL that is stray')).toContain(authority.address);
    await desk.sign();
    expect(await balance(authority.address)).toBeGreaterThan(before);
  });

  it('pauses payouts, says why they wait, and ends the pause by another admin', async () => {
    await desk.show('#/pauses', 'Pauses');
    await desk.page.getByLabel('Reason').fill('An odd signature');
    await desk.page.getByLabel('What').selectOption('for personal success');
    expect(await desk.open('Pause')).toContain('payouts for personal success');
    await desk.sign();
    const { id, authority } = await attested(world);
    await show(id);
    await desk.open('Resolve as a success');
    await desk.sign();
    await desk.show('#/overview', 'Overview');
    await desk.page.getByRole('cell', { name: 'An odd signature' }).first().waitFor();
    await picture(desk.page, 'overview');
    expect(await faultsOf(desk.page)).toEqual([]);
    const other = await signedIn(second);
    await other.show('#/pauses', 'Pauses');
    const said = await other.open('End');
    expect(said).toContain(`SOL to ${authority.address}`);
    await other.sign();
    await desk.show('#/payouts?status=unfinished', 'Payouts');
    await desk.page.getByRole('row', { name: 'personal success' }).first().waitFor();
    await picture(desk.page, 'payouts');
    await other.page.context().close();
  });

  it('shuts an admin out, who is told so in the middle of the work', async () => {
    const other = await signedIn(second);
    await desk.show('#/admins', 'Admins');
    await desk.page.getByRole('button', { name: 'Shut out…' }).first().waitFor();
    await desk.open('Shut out');
    await desk.sign();
    await other.page.getByRole('link', { name: 'Payouts' }).click();
    // Its session has ended with the act, or is refused from now on.
    await other.page.getByText(/Your session has ended|not an admin any more/).waitFor();
    expect(await other.page.getByText('Signed in as').count()).toBe(0);
    await other.page.context().close();
  });

  it('asks to sign in again when the session is over, and goes on where one was', async () => {
    await desk.show('#/pauses', 'Pauses');
    await world.sql('DELETE FROM admin_sessions');
    await desk.page.getByRole('link', { name: 'Audit log' }).click();
    await desk.page.getByText('Your session has ended.').waitFor();
    await desk.signIn();
    await desk.page.getByRole('heading', { level: 1, name: 'Audit log' }).waitFor();
    expect(desk.page.url()).toContain('#/audit');
  });
});

describe.skipIf(note !== '')(`every screen of the console${note}`, () => {
  const SCREENS = [
    ['#/overview', 'Overview'],
    ['#/commitments', 'Commitments'],
    ['#/payouts', 'Payouts'],
    ['#/notices', 'Failures in notice'],
    ['#/pauses', 'Pauses'],
    ['#/reconciliation', 'Reconciliation'],
    ['#/audit?event=admin_*', 'Audit log'],
    ['#/keys', 'Keys and jobs'],
    ['#/admins', 'Admins'],
  ] as const;

  it.each([
    { width: 1280, colorScheme: 'light' },
    { width: 320, colorScheme: 'dark' },
  ] as const)('is fit for everybody at $width px, $colorScheme', async (options) => {
    await (await world.adminClient()).post('/admin/reconciliations', { kind: 'escrow_balances' });
    const shown = await signedIn(world.admin, options);
    const faults: Record<string, string[]> = {};
    for (const [hash, heading] of SCREENS) {
      await shown.show(hash, heading);
      await picture(shown.page, `${heading} ${options.width}`);
      const found = await faultsOf(shown.page);
      if (found.length > 0) faults[hash] = found;
    }
    await shown.page.getByRole('link', { name: 'Reconciliation' }).click();
    await shown.page.locator('table a').first().click();
    await shown.page.getByRole('heading', { name: 'Comparison of ledger and chain' }).waitFor();
    await shown.loaded();
    await picture(shown.page, `Comparison ${options.width}`);
    expect(faults).toEqual({});
    await shown.page.context().close();
  });

  it('is reached by the keyboard alone, from the sign-in on', async () => {
    const wallet = new BrowserWallet('Test wallet', world.admin);
    const page = await browsers.open('/console', [wallet]);
    const focused = async () =>
      String(await page.evaluate('document.activeElement?.textContent ?? ""')).trim();
    const press = async (label: string) => {
      await pollUntil(`the focus on ${label}`, async () => {
        await page.keyboard.press('Tab');
        return (await focused()) === label;
      });
      await page.keyboard.press('Enter');
    };
    await page.getByRole('button', { name: 'Connect Test wallet' }).waitFor();
    await press('Connect Test wallet');
    await page.getByRole('button', { name: 'Sign in with Test wallet' }).waitFor();
    await press('Sign in with Test wallet');
    await page.getByText('Signed in as').waitFor();
    await press('Pauses');
    await page.getByRole('heading', { level: 1, name: 'Pauses' }).waitFor();
    await press('Skip to the content');
    expect(await page.evaluate('document.activeElement?.id')).toBe('main');
    await page.context().close();
  });

  it('was kept from nothing by its own policy, and threw nothing', () => {
    expect(browsers.complaints).toEqual([]);
  });
});
