import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import type { BrowserWallet } from './browser-wallet.js';

/** What a person does in the console. */
export class ConsolePage {
  constructor(
    readonly page: Page,
    readonly wallet: BrowserWallet,
  ) {}

  async signIn(): Promise<void> {
    await this.page.getByRole('button', { name: `Connect ${this.wallet.name}` }).click();
    await this.page.getByRole('button', { name: `Sign in with ${this.wallet.name}` }).click();
    await this.page.getByText('Signed in as').waitFor();
  }

  /** @param hash such as `#/payouts`; the screen is there when its heading and all that it asks for are */
  async show(hash: string, heading: string): Promise<void> {
    await this.page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
    await this.page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await this.loaded();
  }

  async loaded(): Promise<void> {
    const waiting = this.page.getByRole('status').filter({ hasText: 'Loading…' });
    await waiting.first().waitFor({ state: 'detached' });
  }

  /** Opens an act and waits for its text. @returns what the dialog says before anything is signed */
  async open(button: string): Promise<string> {
    await this.page
      .locator('main')
      .getByRole('button', { name: `${button}…` })
      .first()
      .click();
    await this.signButton.waitFor();
    return (await this.page.getByRole('dialog').textContent()) ?? '';
  }

  get signButton() {
    return this.page.getByRole('button', { name: `Sign with ${this.wallet.name}` });
  }

  /** Signs what is open, and closes the dialog when it is done. */
  async sign(): Promise<void> {
    await this.signButton.click();
    await this.page.getByText('Done.', { exact: true }).waitFor();
    await this.page.getByRole('button', { name: 'Close' }).click();
  }
}

/** Serious findings of axe about what the page shows now, and whether it is wider than its window. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = (await page.evaluate(`axe.run().then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 200)).join(' | ')))`)) as string[];
  const isWide = (await page.evaluate('document.documentElement.scrollWidth > innerWidth')) as boolean;
  return isWide ? [...found, 'it scrolls sideways'] : found;
}

/** For people to look at: where CTS_SCREENSHOTS names a folder, a picture of the whole page. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['CTS_SCREENSHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
