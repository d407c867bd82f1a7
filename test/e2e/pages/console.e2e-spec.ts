import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserWallet } from '../../support/browser/browser-wallet.js';
import { announce, BrowserWorld } from '../../support/browser/browser-world.js';
import { skipNote } from '../../support/processes/system-programs.js';
import { AppWorld } from '../../support/worlds/app-world.js';

const note = skipNote('chromium');

let world: AppWorld;
let browsers: BrowserWorld;

beforeAll(async () => {
  if (note !== '') return;
  world = await AppWorld.startForBrowsers({ JOBS_ENABLED: 'false' });
  browsers = await BrowserWorld.start(world.url);
});
afterAll(async () => {
  await browsers?.stop();
  await world?.stop();
});

async function signIn(page: Page, wallet: BrowserWallet): Promise<void> {
  await page.getByRole('button', { name: `Connect ${wallet.name}` }).click();
  await page.getByRole('button', { name: `Sign in with ${wallet.name}` }).click();
}

const alert = (page: Page) => page.getByRole('alert').textContent();

describe.skipIf(note !== '')(`signing in to the console${note}`, () => {
  it('shows the text first, and opens a session with each way to sign', async () => {
    const ways = [
      ['solana:signMessage', 'Sign in with Test wallet'],
      ['solana:signIn', 'Sign in with Test wallet'],
      ['solana:signTransaction', 'Sign as a transaction'],
    ] as const;
    for (const [feature, button] of ways) {
      const wallet = new BrowserWallet('Test wallet', world.admin, [feature]);
      const page = await browsers.open('/console', [wallet]);
      await page.getByRole('button', { name: 'Connect Test wallet' }).click();
      const shown = await page.locator('pre').textContent();
      expect(wallet.signed).toEqual([]);
      await page.getByRole('button', { name: button }).click();
      await page.getByRole('heading', { name: 'Overview' }).waitFor();
      expect(wallet.signed).toEqual([shown]);
      expect(shown).toContain(`URI: ${world.url}`);
      await page.reload();
      await page.getByText('Signed in as').waitFor();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByText('You have signed out.').waitFor();
      await page.context().close();
    }
  });

  it('takes an off-chain envelope, one of two wallets, and one that comes late', async () => {
    const other = new BrowserWallet('Other wallet');
    const late = new BrowserWallet('Late wallet', world.admin, ['solana:signMessage'], true);
    late.behaviour = 'signs in an envelope';
    const page = await browsers.open('/console', [other, late]);
    await page.getByRole('button', { name: 'Connect Other wallet' }).waitFor();
    expect(await page.getByRole('button', { name: 'Connect Late wallet' }).count()).toBe(0);
    await announce(page, late);
    await signIn(page, late);
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    expect(other.signed).toEqual([]);
    await page.context().close();
  });

  it('says what went wrong: a rejection, an altered text, a stranger', async () => {
    const wallet = new BrowserWallet('Test wallet', world.admin);
    const stranger = new BrowserWallet('Stranger');
    const page = await browsers.open('/console', [wallet, stranger]);
    wallet.behaviour = 'rejects';
    await signIn(page, wallet);
    expect(await alert(page)).toBe('User rejected the request.');
    wallet.behaviour = 'alters';
    await signIn(page, wallet);
    await page.getByText('The wallet has signed another text').waitFor();
    await signIn(page, stranger);
    await page.getByText('ADMIN_WALLET_PUBKEYS').waitFor();
    expect(await page.getByRole('heading', { name: 'Overview' }).count()).toBe(0);
    await page.context().close();
  });
});

describe.skipIf(note !== '')(`the pages${note}`, () => {
  it('were kept from nothing by their own policy, and threw nothing', () => {
    expect(browsers.complaints).toEqual([]);
  });

  it('can turn no text into markup or code', async () => {
    const page = await browsers.open('/console', []);
    await page.getByText('No Solana wallet was found').waitFor();
    const tries = ["document.body.innerHTML = '<b>x</b>'", "document.createElement('script').text = '1'"];
    for (const code of tries) {
      await expect(page.evaluate(code), code).rejects.toThrow(/TrustedHTML|TrustedScript/);
    }
    expect(browsers.complaints.length).toBeGreaterThan(0);
    browsers.complaints.length = 0;
    await page.context().close();
  });
});
