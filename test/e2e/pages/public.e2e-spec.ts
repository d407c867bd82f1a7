import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalPriceFeed } from '#src/local/local-price-feed.js';
import { overflowOf, seriousFindings } from '../../support/browser/accessibility.js';
import { BrowserWallet } from '../../support/browser/browser-wallet.js';
import { BrowserWorld } from '../../support/browser/browser-world.js';
import { announce, takeEffect } from '../../support/builders/failures.js';
import { completed, holder, launch, type Reward, reward, TOKEN } from '../../support/builders/rewards.js';
import { attested, create } from '../../support/builders/personal.js';
import { balanceOf, TestWallet } from '../../support/builders/wallets.js';
import { skipNote } from '../../support/processes/system-programs.js';
import { AppWorld } from '../../support/worlds/app-world.js';

const note = skipNote('chromium');
const SOL = 1_000_000_000n;

let feed: LocalPriceFeed;
let world: AppWorld;
let browsers: BrowserWorld;

beforeAll(async () => {
  if (note !== '') return;
  feed = await LocalPriceFeed.start({});
  world = await AppWorld.startForBrowsers({
    JOBS_ENABLED: 'false',
    JUPITER_PRICE_URL: feed.url,
    REWARD_CLAIM_DELAY_SECONDS: '0',
  });
  browsers = await BrowserWorld.start(world.url);
});
afterAll(async () => {
  await browsers?.stop();
  await world?.stop();
  await feed?.stop();
});

/** A wallet is connected, and the page shows whose it is. */
async function connect(page: Page, wallet: BrowserWallet): Promise<void> {
  await page.getByRole('button', { name: `Connect ${wallet.name}` }).click();
  await page.getByText(wallet.key.address, { exact: true }).first().waitFor();
}

/** The act is opened, read, signed and done. @returns what the dialog showed */
async function act(page: Page, title: string, wallet: BrowserWallet): Promise<string> {
  await page.getByRole('button', { name: title }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: `Sign with ${wallet.name}` }).waitFor();
  const shown = await dialog.innerText();
  const before = wallet.signed.length;
  await dialog.getByRole('button', { name: `Sign with ${wallet.name}` }).click();
  await dialog.getByText('Done.', { exact: true }).waitFor();
  expect(wallet.signed.slice(before)).toHaveLength(1);
  await dialog.getByRole('button', { name: 'Close' }).click();
  return shown;
}

const of = (key: TestWallet, name = 'Test wallet') => new BrowserWallet(name, key);
const pathOf = ({ id }: { readonly id: string }) => `/c/${id}`;

describe.skipIf(note !== '')(`a builder${note}`, () => {
  it('makes a personal commitment, sees how to fund it, and attests', async () => {
    const wallet = of(await world.fundedWallet());
    const destination = TestWallet.generate().address;
    const page = await browsers.open('/new', [wallet]);
    await connect(page, wallet);
    await page.getByLabel('What you promise, in public').fill('The <b>beta</b> ships.');
    await page.getByLabel('Who gets the money if you fail').fill(destination);
    await page.getByLabel('SOL that you lock').fill('1.5');
    await page.getByLabel('Deadline, by your clock').fill('2030-01-31T12:00');
    await page.getByRole('button', { name: 'Review and sign' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('1.5 SOL', { exact: true }).waitFor();
    await dialog.getByRole('button', { name: 'Sign with Test wallet' }).click();
    await page.waitForURL(/\/c\/[0-9a-f-]{36}$/);
    await page.getByText('The <b>beta</b> ships.').waitFor();
    await page.getByText('1.5 SOL are still missing in the escrow.').waitFor();
    await connect(page, wallet);
    expect(await act(page, 'Attest that it is done', wallet)).toContain('It cannot be taken back');
    await page.getByText('The builder has attested.').waitFor();
    expect(await page.getByRole('button', { name: 'Attest that it is done' }).count()).toBe(0);
    await page.context().close();
  });

  it('makes a commitment to holders, and attests its milestone', async () => {
    const token = await launch(world, feed);
    const wallet = of(token.creator);
    const page = await browsers.open('/new', [wallet]);
    await connect(page, wallet);
    await page.getByLabel('For my token').check();
    await page.getByLabel('Who gets the money if you fail').fill(TestWallet.generate().address);
    await page.getByLabel('Token (mint address)').fill(token.mint);
    await page.getByLabel('What it is').fill('Beta');
    await page.getByLabel('SOL that it pays you').fill('0.25');
    await page.getByRole('button', { name: 'Add a milestone' }).click();
    await page.getByRole('button', { name: 'Remove milestone 2' }).click();
    await page.getByRole('button', { name: 'Review and sign' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign with Test wallet' }).click();
    await page.waitForURL(/\/c\/[0-9a-f-]{36}$/);
    await connect(page, wallet);
    expect(await act(page, 'Attest: Beta', wallet)).toContain('0.25 SOL');
    await page.getByText('Approvals: $0 of $400, by 0 wallets').waitFor();
    await page.context().close();
  });

  it('is told what is wrong with what was typed, and by a wallet that refuses, and nothing is made', async () => {
    const wallet = of(await world.fundedWallet());
    wallet.behaviour = 'rejects';
    const page = await browsers.open('/new', [wallet]);
    await page.getByLabel('Who gets the money if you fail').fill(TestWallet.generate().address);
    await page.getByLabel('SOL that you lock').fill('1,5');
    await page.getByLabel('Deadline, by your clock').fill('2030-01-31T12:00');
    const review = page.getByRole('button', { name: 'Review and sign' });
    await review.click();
    await page.getByText('Connect your wallet first.').waitFor();
    await connect(page, wallet);
    await review.click();
    await page.getByText('"1,5" is no amount of SOL').waitFor();
    await page.getByLabel('SOL that you lock').fill('1.5');
    await review.click();
    await page.getByRole('button', { name: 'Sign with Test wallet' }).click();
    await page.getByText('User rejected the request.').waitFor();
    const { body } = await world.send('GET', `/api/commitments?wallet=${wallet.key.address}`);
    expect(body['items']).toEqual([]);
    await page.context().close();
  });
});

describe.skipIf(note !== '')(`a holder${note}`, () => {
  let made: Reward;
  let whale: TestWallet;

  it('approves a milestone, and sees what that did', async () => {
    const token = await launch(world, feed);
    whale = await holder(world, token, 250n * TOKEN);
    made = await completed(world, token, { statement: 'Ship it to holders' });
    await world.chain.cheats.fundSol(made.escrow, 2n * SOL);
    const wallet = of(whale);
    const page = await browsers.open(pathOf(made), [wallet, of(await world.fundedWallet(), 'Stranger')]);
    await connect(page, wallet);
    expect(await act(page, 'Approve: Ship it', wallet)).toContain(made.creator.address);
    await page.getByText('Approvals: $250 of $400, by 1 wallet', { exact: true }).waitFor();
    await page.getByText('milestone approved').waitFor();
    expect(await page.getByRole('button', { name: 'Approve: Ship it' }).count()).toBe(0);
    await page.context().close();
  });

  it('who holds nothing is refused, in words', async () => {
    const stranger = of(await world.fundedWallet());
    const page = await browsers.open(pathOf(made), [stranger]);
    await connect(page, stranger);
    await page.getByRole('button', { name: 'Approve: Ship it' }).click();
    await page.getByRole('button', { name: 'Sign with Test wallet' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('hold');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Approvals: $250 of $400, by 1 wallet', { exact: true }).waitFor();
    await page.context().close();
  });

  it('enrolls for a share of an announced failure, and claims it', async () => {
    const admin = await world.adminClient();
    await announce(world, admin, made, 'Nothing was shipped');
    const wallet = of(whale);
    const page = await browsers.open(pathOf(made), [wallet]);
    await page.getByText('A failure takes effect').waitFor();
    await connect(page, wallet);
    await act(page, 'Enroll for a share', wallet);
    await takeEffect(world, made);
    await page.reload();
    await connect(page, wallet);
    const before = await balanceOf(world.chain.rpcUrl, whale.address);
    expect(await act(page, 'Claim your share', wallet)).toMatch(/Amount\s+[\d.]+ SOL/);
    await page.getByText('distribution claim').waitFor();
    expect(await balanceOf(world.chain.rpcUrl, whale.address)).toBeGreaterThan(before);
    expect(await page.getByRole('button', { name: 'Claim your share' }).count()).toBe(0);
    await page.context().close();
  });
});

describe.skipIf(note !== '')(`anybody${note}`, () => {
  it('reads the page on a small screen, light and dark, and with the keyboard alone', async () => {
    const token = await launch(world, feed);
    const commitments = [
      await attested(world, { statement: 'W'.repeat(140) }),
      await reward(world, token, { statement: 'For holders' }),
    ];
    const paths = [...commitments.map(pathOf), '/new'];
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const path of paths) {
        const page = await browsers.open(path, [new BrowserWallet('Test wallet')], {
          width: 320,
          colorScheme,
        });
        await page.getByRole('heading', { name: 'Your wallet' }).waitFor();
        expect(await overflowOf(page), path).toBeLessThanOrEqual(0);
        expect(await seriousFindings(page), path).toEqual([]);
        await page.context().close();
      }
    }
  });

  it('opens and leaves a dialog by keyboard, and nothing was signed', async () => {
    const commitment = await create(world, { statement: 'By keyboard' });
    const wallet = of(commitment.authority);
    const page = await browsers.open(pathOf(commitment), [wallet], { width: 320 });
    await page.getByRole('button', { name: 'Connect Test wallet' }).focus();
    await page.keyboard.press('Enter');
    const open = page.getByRole('button', { name: 'Attest that it is done' });
    await open.waitFor();
    await page.getByRole('button', { name: 'Another wallet' }).focus();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toContain('Attest that it is done');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Sign with Test wallet' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(wallet.signed).toEqual([]);
    await page.context().close();
  });

  it('takes the proof home, in one file', async () => {
    const commitment = await create(world, { statement: 'Proven' });
    const page = await browsers.open(pathOf(commitment), []);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download the proof' }).click(),
    ]);
    const pages = JSON.parse(await readFile(await download.path(), 'utf8')) as unknown[];
    expect(pages.at(-1)).toMatchObject({ commitmentId: commitment.id, nextCursor: null });
    expect(download.suggestedFilename()).toBe(`proof-${commitment.id}.json`);
    await page.context().close();
  });

  it('is told where there is no such commitment', async () => {
    const page = await browsers.open('/c/01a20533-daf6-73f1-b19b-6149cad3e4dd', []);
    expect(await page.getByRole('alert').textContent()).toContain('01a20533');
    await page.context().close();
  });

  it('was shown nothing that the policy of the page refuses', () => {
    expect(browsers.complaints).toEqual([]);
  });
});
