import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { programPath } from '../processes/system-programs.js';
import type { BrowserWallet } from './browser-wallet.js';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const WALLET_IN_PAGE = fileURLToPath(new URL('./wallet-in-page.js', import.meta.url));

export interface PageOptions {
  readonly width?: number;
  readonly colorScheme?: 'light' | 'dark';
}

/** A real Chromium. Every page has a browser of its own: cookies, wallets, address. */
export class BrowserWorld {
  /** Whatever the pages were kept from doing, and every error that nobody caught. */
  readonly complaints: string[] = [];
  private clients = 0;

  private constructor(
    private readonly browser: Browser,
    private readonly url: string,
  ) {}

  /** @param url of the service, which is its APP_ORIGIN */
  static async start(url: string): Promise<BrowserWorld> {
    const executablePath = programPath('chromium') ?? 'chromium';
    const browser = await chromium.launch({ executablePath, args: FLAGS });
    return new BrowserWorld(browser, url);
  }

  async stop(): Promise<void> {
    await this.browser.close();
  }

  async open(path: string, wallets: readonly BrowserWallet[], options: PageOptions = {}): Promise<Page> {
    const { width = 1280, colorScheme = 'light' } = options;
    this.clients += 1;
    const context = await this.browser.newContext({
      baseURL: this.url,
      viewport: { width, height: 900 },
      colorScheme,
      locale: 'en-GB',
      timezoneId: 'UTC',
      // Rate limits of pages do not add up.
      extraHTTPHeaders: { 'x-forwarded-for': `10.200.${this.clients >> 8}.${this.clients & 255}` },
    });
    await giveWallets(context, wallets);
    const page = await context.newPage();
    await this.listen(page);
    await page.goto(path);
    return page;
  }

  private async listen(page: Page): Promise<void> {
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      const text = message.text();
      // The browser says so for each refusal of the API; the page says it in its own words.
      if (message.type() === 'error' && !text.startsWith('Failed to load resource'))
        this.complaints.push(text);
    });
    await page.exposeFunction('__violation', (what: string) => this.complaints.push(what));
    await page.addInitScript(`addEventListener('securitypolicyviolation', (event) =>
      __violation(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample))`);
  }
}

async function giveWallets(context: BrowserContext, wallets: readonly BrowserWallet[]): Promise<void> {
  await context.exposeFunction('__askWallet', (name: string, kind: string, bytes: number[]) =>
    wallets.find((wallet) => wallet.name === name)?.answer(kind, bytes),
  );
  await context.addInitScript({ path: WALLET_IN_PAGE });
  for (const wallet of wallets)
    await context.addInitScript(`__addWallet(${JSON.stringify(wallet.describe())})`);
}

/** A wallet that arrives now. */
export async function announce(page: Page, wallet: BrowserWallet): Promise<void> {
  await page.evaluate(`globalThis[${JSON.stringify(`__announce ${wallet.name}`)}]()`);
}
