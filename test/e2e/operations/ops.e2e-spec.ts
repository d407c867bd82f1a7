import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERSION } from '#config/version.js';
import { WEBHOOK_SECRET, WebhookReceiver } from '../../support/doubles/webhook-receiver.js';
import { AppWorld } from '../../support/worlds/app-world.js';
import { type Outcome, runOps } from '../../support/processes/ops-command.js';
import { insertRows, sealedRows } from '../../support/builders/escrow-rows.js';
import { attested, create, unattested } from '../../support/builders/personal.js';
import { pollUntil } from '../../support/poll.js';
import { freePort } from '../../support/ports.js';
import { finalize } from '../../support/builders/sweeps.js';
import { balanceOf, TestWallet } from '../../support/builders/wallets.js';

type Json = Record<string, unknown>;

const UNKNOWN = '0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e6f';

let world: AppWorld;
let folder: string;
let session: string;
let keypair: string;

beforeAll(async () => {
  world = await AppWorld.start();
  folder = mkdtempSync(join(tmpdir(), 'cts-ops-'));
  session = join(folder, 'deep', 'session.json');
  keypair = join(folder, 'admin.json');
  writeFileSync(keypair, world.admin.toJson(), { mode: 0o600 });
});
afterAll(async () => {
  await world?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Whatever is run here, no secret is printed. */
const ops = (...args: string[]) => opsWith({}, ...args);

/** The same with settings of its own. */
async function opsWith(settings: Readonly<Record<string, string>>, ...args: string[]): Promise<Outcome> {
  const outcome = await runOps(folder, args, settings);
  expectNoSecret(outcome);
  return outcome;
}

const withSession = (...args: string[]) => ops(...args, '--session', session);
const login = (file = keypair, api = world.url) => withSession('login', '--keypair', file, '--api', api);
const json = ({ out }: Outcome) => JSON.parse(out) as Json;

/** Neither the key nor the session may be seen on a screen. */
function expectNoSecret({ out, err }: Outcome): void {
  const secrets = [world.admin.toJson(), world.admin.toJson().slice(1, 40), ...sessionIds()];
  for (const secret of secrets) expect(out + err).not.toContain(secret);
}

function sessionIds(): string[] {
  if (!existsSync(session)) return [];
  const { cookie } = JSON.parse(readFileSync(session, 'utf8')) as { cookie: string };
  return [cookie.split('=', 2)[1] ?? cookie];
}

/** What an operator reads of a refusal: words, no stack. */
function expectReadable({ out, err }: Outcome, text: string | RegExp): void {
  expect(out).toBe('');
  expect(err).toMatch(text);
  expect(err).not.toMatch(/^\s+at .*:\d+/m);
  expect(err).not.toContain('node:internal');
}

describe('ops', () => {
  it('signs in and keeps the session where only its owner can read it', async () => {
    const outcome = await login();
    expect([outcome.code, outcome.err]).toEqual([0, '']);
    expect(json(outcome)).toMatchObject({ wallet: world.admin.address, session });
    expect(statSync(session).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'deep')).mode & 0o777).toBe(0o700);
    expect(sessionIds()[0]?.length).toBeGreaterThan(30);
    const me = await withSession('whoami');
    expect([me.code, json(me)['wallet']]).toEqual([0, world.admin.address]);
  });

  it('shows and steers the audit webhook', async () => {
    await login();
    const status = await withSession('webhooks', 'status');
    expect([status.code, json(status)]).toMatchObject([0, { host: null, pending: 0, disabledAt: null }]);
    expect(json(await withSession('webhooks', 'enable'))).toMatchObject({ disabledAt: null });
    expect(json(await withSession('webhooks', 'list', 'undeliverable'))).toEqual({
      items: [],
      nextCursor: null,
    });
    expect((await withSession('webhooks', 'list', 'lost')).code).toBe(2);
    expectReadable(await withSession('webhooks', 'test'), 'webhook_not_configured');
    expectReadable(await withSession('webhooks', 'resend', UNKNOWN), 'webhook_delivery_not_found');
  });

  it('replaces a session file that others could read', async () => {
    writeFileSync(session, '{}', { mode: 0o644 });
    expect((await login()).code).toBe(0);
    expect(statSync(session).mode & 0o777).toBe(0o600);
  });

  it('resolves a commitment, waits for the payment and shows both', async () => {
    await login();
    const { id, authority } = await attested(world);
    const before = await balanceOf(world.chain.rpcUrl, authority.address);
    const outcome = await withSession('commitments', 'success', id, '--yes');
    expect(outcome.code, outcome.err).toBe(0);
    const payout = json(outcome);
    expect(payout).toMatchObject({ commitmentId: id, destination: authority.address });
    const after = await balanceOf(world.chain.rpcUrl, authority.address);
    expect(after - before).toBe(BigInt(Number(payout['amountLamports'])));

    const shown = await withSession('payouts', 'show', String(payout['id']));
    expect(json(shown)).toMatchObject({ id: payout['id'], signature: payout['signature'] });
    const commitment = await withSession('commitments', 'show', id);
    expect(json(commitment)).toMatchObject({ id, status: 'succeeded' });

    const again = await withSession('commitments', 'success', id, '--yes');
    expect(again.code).toBe(1);
    expectReadable(again, /409 Already resolved \(already_resolved\)[^]*request id [0-9a-f-]{36}/);
  });

  it('rotates the escrow keys, checks them, and fails while one is not on the newest secret', async () => {
    await login();
    await create(world);
    const older = 'an older secret of the escrows';
    const [row] = sealedRows(`${older} `.repeat(2), 1);
    if (row === undefined) throw new Error('unreachable');
    const shown = json(await withSession('escrow-keys', 'show'));
    expect(shown).toMatchObject({
      keys: [{ keyId: shown['currentKeyId'], configured: true }],
      rotation: null,
    });
    await insertRows(world.databaseUrl, [row]);
    // Its secret is not configured here, and the database lets no escrow go.
    const rotated = await withSession('escrow-keys', 'rotate');
    expect(rotated.code).toBe(1);
    expect(rotated.err).toMatch(/rotation [0-9a-f-]{36} is finished: 0 rotated, 1 failed, 0 remaining/);
    expect(rotated.err).toContain(row.keyId);
    const checked = await withSession('escrow-keys', 'check');
    expect(checked.code).toBe(1);
    expect(checked.err).toContain(row.commitmentId);

    await world.restart({ ESCROW_DB_SECRET_PREVIOUS: JSON.stringify([`${older} `.repeat(2)]) });
    const again = await withSession('escrow-keys', 'rotate');
    expect(again.code, again.err).toBe(0);
    expect(json(again)['rotation']).toMatchObject({
      rotated: 1,
      failed: 0,
      requestedBy: world.admin.address,
    });
    const good = await withSession('escrow-keys', 'check');
    expect([good.code, json(good)['failed']]).toEqual([0, 0]);
    expect((await withSession('escrow-keys', 'rotate')).err).not.toContain('running');
    await world.restart();
  });

  it('fails a commitment, and forwards what reaches its escrow afterwards', async () => {
    await login();
    const { id, escrow, body } = await unattested(world, { deadline: await world.chainTime(600) });
    // The job would end it as well, and does so first where a command takes its time.
    await world.sql(`UPDATE jobs SET next_run_at = now() + interval '1 hour' WHERE name = 'sweep'`);
    await world.travelTo(Date.parse(String(body['deadline'])) + 1_000);
    const failed = await withSession('commitments', 'failure', id, '--yes');
    expect(failed.code, failed.err).toBe(0);
    expect(json(failed)).toMatchObject({ commitmentId: id, destination: body['destinationOnFail'] });
    const swept = json(await withSession('commitments', 'sweep', '--yes'))['items'] as Json[];
    expect(swept.map(({ commitmentId }) => commitmentId)).not.toContain(id);

    await finalize(world, { id });
    await world.chain.cheats.fundSol(escrow.address, 3_000_000n);
    const { items } = json(await withSession('stray', 'list'));
    expect(items).toMatchObject([{ commitmentId: id, strayLamports: 3_000_000 }]);
    const forwarded = await withSession('stray', 'forward', id, '--yes');
    expect(forwarded.code, forwarded.err).toBe(0);
    expect(json(forwarded)).toMatchObject({ purpose: 'stray_forward', amountLamports: 2_994_940 });
    expect(json(await withSession('stray', 'list'))).toEqual({ items: [] });
  });

  it('tells a refusal in the words of the API', async () => {
    await login();
    const { id } = await create(world);
    const early = await withSession('commitments', 'success', id, '--yes');
    expect(early.code).toBe(1);
    expectReadable(early, /not_attested/);
    const unknown = await withSession('commitments', 'show', UNKNOWN);
    expect(unknown.code).toBe(1);
    expectReadable(unknown, new RegExp(`404 .*commitment_not_found[^]*${UNKNOWN}`));
    const unfunded = await attested(world, { lamports: 0n });
    const outcome = await withSession('commitments', 'success', unfunded.id, '--yes');
    expect(outcome.code).toBe(1);
    expectReadable(outcome, /Escrow underfunded for this release/);
  });

  it('lists the shares that nobody has claimed, and says what has none', async () => {
    const { id } = await create(world);
    await login();
    expect(json(await withSession('distributions', 'unclaimed'))).toEqual({ items: [], nextCursor: null });
    const none = await withSession('distributions', 'show', id);
    expect(none.code).toBe(1);
    expectReadable(none, /distribution_not_found/);
  });

  it('reads public things without a session', async () => {
    const { id } = await create(world);
    const nobody = join(folder, 'nobody.json');
    const outcome = await ops('commitments', 'show', id, '--api', world.url, '--session', nobody);
    expect([outcome.code, json(outcome)['id']]).toEqual([0, id]);
    expect(existsSync(nobody)).toBe(false);
  });

  it('signs out: the session is gone here and there', async () => {
    await login();
    const { cookie } = JSON.parse(readFileSync(session, 'utf8')) as { cookie: string };
    const outcome = await withSession('logout');
    expect([outcome.code, json(outcome)]).toEqual([0, { signedOut: true }]);
    expect(existsSync(session)).toBe(false);
    const { status } = await world.send('GET', '/api/admin/me', { headers: { cookie } });
    expect(status).toBe(401);
    const me = await withSession('whoami');
    expect(me.code).toBe(1);
    expectReadable(me, /Not signed in/);
  });

  it('refuses a wallet that is no admin, and a session of another API', async () => {
    const stranger = join(folder, 'stranger.json');
    writeFileSync(stranger, TestWallet.generate().toJson());
    const refused = await login(stranger);
    expect(refused.code).toBe(1);
    expectReadable(refused, /403 .*not_an_admin/);
    expect(existsSync(session)).toBe(false);

    await login();
    const elsewhere = await withSession('whoami', '--api', 'http://127.0.0.1:9');
    expect(elsewhere.code).toBe(1);
    expectReadable(elsewhere, /session is for/);
  });

  it('says when nothing answers', async () => {
    const outcome = await login(keypair, `http://127.0.0.1:${await freePort()}`);
    expect(outcome.code).toBe(1);
    expectReadable(outcome, /no answer[^]*Is the API running/);
  });

  it.each([
    ['no command', [], 2],
    ['an unknown command', ['escrow', 'drain'], 2],
    ['an unknown flag', ['whoami', '--force'], 2],
    ['no id', ['commitments', 'success'], 2],
    ['a word too much', ['payouts', 'show', 'one', 'two'], 2],
    ['no keypair', ['login'], 2],
    ['a bad URL', ['whoami', '--api', 'nonsense'], 2],
    ['a bad wait', ['whoami', '--wait', 'long'], 2],
  ])('called with %s says how it is called', async (_, args, code) => {
    const outcome = await withSession(...args);
    expect(outcome.code).toBe(code);
    expect(outcome.err + outcome.out).not.toMatch(/^\s+at /m);
    expect(outcome.err + outcome.out).toMatch(/Usage|needs|takes/);
  });

  it.each([
    ['no file', undefined],
    ['no JSON', 'secret words that must not be repeated'],
    ['too short', JSON.stringify([1, 2, 3])],
    ['two halves of different keys', JSON.stringify(mismatched())],
  ])('does not repeat a keypair file that is %s', async (_, content) => {
    const file = join(folder, 'broken.json');
    rmSync(file, { force: true });
    if (content !== undefined) writeFileSync(file, content);
    const outcome = await login(file);
    expect(outcome.code).toBe(2);
    expectReadable(outcome, /broken\.json/);
    expect(outcome.err).not.toContain((content ?? 'no content at all').slice(1, 20));
  });

  it('stops all payouts by one command, shows it, and lets them go on', async () => {
    await login();
    const paused = await withSession('pauses', 'create', '--reason', 'an exercise');
    expect([paused.code, json(paused)]).toMatchObject([0, { scope: 'all', reason: 'an exercise' }]);
    const { id, authority } = await attested(world);
    const refund = await withSession('commitments', 'success', id, '--wait', '0', '--yes');
    expect(refund.code).toBe(3);
    expectReadable(refund, /continues it automatically/);
    expect(json(await withSession('pauses', 'list'))).toMatchObject({ items: [json(paused)] });
    const again = await withSession('pauses', 'create', '--reason', 'again');
    expect(again.code).toBe(1);
    expectReadable(again, /409 Already paused \(already_paused\)/);
    const both = ['--reason', 'x', '--commitment', id, '--purpose', 'personal_success'];
    expect((await withSession('pauses', 'create', ...both)).code).toBe(2);
    expect((await withSession('pauses', 'end', String(json(paused)['id']), '--yes')).code).toBe(0);
    const before = await balanceOf(world.chain.rpcUrl, authority.address);
    await pollUntil('the refund', async () => {
      return (await balanceOf(world.chain.rpcUrl, authority.address)) > before || undefined;
    });
  });

  it('shows the fee payer, and tries a new one out without moving anything', async () => {
    await login();
    const shown = await withSession('fee-payer', 'show');
    expect([shown.code, json(shown)]).toMatchObject([0, { address: null, ok: true }]);
    const wallet = await world.fundedWallet();
    const settings = { ESCROW_FEE_PAYER_SECRET_KEY: wallet.toJson(), SOLANA_RPC_URL: world.chain.rpcUrl };
    const checked = await opsWith(settings, 'fee-payer', 'check');
    expect([checked.code, json(checked)]).toEqual([
      0,
      {
        address: wallet.address,
        signs: true,
        balanceLamports: 10_000_000_000,
        floorLamports: 100_000_000,
        ok: true,
      },
    ]);
    expect(await balanceOf(world.chain.rpcUrl, wallet.address)).toBe(10_000_000_000n);
    const poor = TestWallet.generate();
    const refused = await opsWith(
      { ...settings, ESCROW_FEE_PAYER_SECRET_KEY: poor.toJson() },
      'fee-payer',
      'check',
    );
    expect(refused.code).toBe(1);
    expectReadable(refused, new RegExp(`${poor.address}[^]*"ok": false`));
    const broken = JSON.stringify(mismatched());
    const unusable = await opsWith(
      { ...settings, ESCROW_FEE_PAYER_SECRET_KEY: broken },
      'fee-payer',
      'check',
    );
    expect(unusable.code).toBe(2);
    expectReadable(unusable, /two halves belong together/);
    for (const { out, err } of [checked, refused, unusable]) expect(out + err).not.toMatch(/\[\d+,\d+,\d+/);
    const unset = await opsWith({}, 'fee-payer', 'check');
    expect([unset.code, unset.err]).toMatchObject([2, expect.stringContaining('Set ESCROW_FEE_PAYER')]);
  });

  it('shows its version with --version', async () => {
    expect(await ops('--version')).toMatchObject({ code: 0, out: `${VERSION}\n` });
  });

  it('shows its commands with --help', async () => {
    const outcome = await ops('--help');
    expect(outcome.code).toBe(0);
    for (const command of ['login', 'logout', 'whoami', 'commitments success', 'payouts show']) {
      expect(outcome.out).toContain(command);
    }
  });
});

function mismatched(): number[] {
  const [one, other] = [TestWallet.generate(), TestWallet.generate()];
  return [...one.keypair.secretKey.subarray(0, 32), ...other.keypair.secretKey.subarray(32)];
}

describe('ops webhooks test', () => {
  let receiver: WebhookReceiver;

  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
    await world.restart({ AUDIT_WEBHOOK_URL: receiver.url, AUDIT_WEBHOOK_SECRET: WEBHOOK_SECRET });
    await login();
  });
  afterAll(() => receiver?.die());

  it('waits until the receiver has taken the event, and shows the delivery', async () => {
    const outcome = await withSession('webhooks', 'test');
    expect([outcome.code, json(outcome)]).toMatchObject([0, { status: 'delivered' }]);
    const taken = receiver.received.filter(({ event }) => event === 'admin_webhook_test_ok');
    expect(taken.map(({ id }) => id)).toEqual([json(outcome)['id']]);
  });

  it('ends with 3 and what the receiver has answered when that does not come in time', async () => {
    receiver.behave(() => ({ status: 503 }));
    const outcome = await withSession('webhooks', 'test', '--wait', '0');
    expect(outcome.code).toBe(3);
    expectReadable(outcome, /The receiver has not taken the test event: (not sent yet|answered 503)/);
  });
});
