import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { attested, create, succeed } from '../../support/builders/personal.js';
import { balanceOf, TestWallet } from '../../support/builders/wallets.js';
import { WEBHOOK_SECRET, WebhookReceiver } from '../../support/doubles/webhook-receiver.js';
import { pollUntil } from '../../support/poll.js';
import { freePort } from '../../support/ports.js';
import { runOps } from '../../support/processes/ops-command.js';
import { SignedInOps } from '../../support/processes/signed-in-ops.js';
import { RpcProxy } from '../../support/proxies/rpc-proxy.js';
import { TcpProxy } from '../../support/proxies/tcp-proxy.js';
import { AppWorld } from '../../support/worlds/app-world.js';

type Json = Record<string, unknown>;

/** Without the guards: what is shown is wanted, and not how it came about. */
const UNGUARDED = 'SET session_replication_role = replica;';
/** Everything that stands in for a past of which only the traces are wanted. */
const WELL_AGAIN = `${UNGUARDED}
  DELETE FROM audit_logs WHERE event LIKE '%\\_error' OR event LIKE '%\\_denied';
  DELETE FROM payout_attempts WHERE payout_id IN (SELECT id FROM payouts WHERE status <> 'finalized');
  DELETE FROM payouts WHERE status <> 'finalized';
  UPDATE audit_webhook_endpoint SET disabled_at = NULL, reason = NULL;
  DELETE FROM audit_webhook_deliveries;
  UPDATE jobs SET last_success_at = now(), created_at = now()`;

let world: AppWorld;
let rpc: RpcProxy;
let receiver: WebhookReceiver;
let ops: SignedInOps;

beforeAll(async () => {
  world = await AppWorld.start({ PAYOUT_ALARM_SECONDS: '10', PAYOUT_WAIT_SECONDS: '1' });
  rpc = await RpcProxy.start(world.chain.rpcUrl);
  receiver = await WebhookReceiver.start();
  await restart();
  ops = new SignedInOps(world.url, world.admin);
  await ops.login();
});
afterAll(async () => {
  ops?.remove();
  await world?.stop();
  await rpc?.stop();
  await receiver?.die();
});
afterEach(async () => {
  rpc.plan = () => undefined;
  await endPauses();
  await world.sql(WELL_AGAIN);
});

async function endPauses(): Promise<void> {
  const open = await world.sql<{ id: string }>('SELECT id FROM payout_pauses WHERE ended_at IS NULL');
  for (const { id: pauseId } of open) await (await world.adminClient()).act('admin.pause.end', { pauseId });
}

function restart(env: Readonly<Record<string, string>> = {}): Promise<void> {
  const webhook = { AUDIT_WEBHOOK_URL: receiver.url, AUDIT_WEBHOOK_SECRET: WEBHOOK_SECRET };
  return world.restart({ SOLANA_RPC_URL: rpc.url, ...webhook, ...env });
}

/** The page once it says all of this; and that it is a page: no stack, no JSON. */
async function expectPage(code: number, ...texts: (string | RegExp)[]): Promise<string> {
  const outcome = await pollUntil('the page', async () => {
    const shown = await ops.run('status');
    const says = (text: string | RegExp) =>
      typeof text === 'string' ? shown.out.includes(text) : text.test(shown.out);
    return shown.code === code && texts.every(says) ? shown : undefined;
  });
  expect([outcome.code, outcome.err]).toEqual([code, '']);
  for (const text of texts) expect(outcome.out).toMatch(text);
  expect(outcome.out).not.toMatch(/^\s+at .*:\d+|^\{/m);
  return outcome.out;
}

describe('ops status shows somebody who has never seen the system', () => {
  it('1. that nothing needs anybody', async () => {
    await expectPage(0, 'Nothing needs you.', /health {4}ok: database ok/, /payouts {3}none is unfinished/);
  });

  it('2. who has paused all payouts, why, since when, how many wait, and how it ends', async () => {
    const admin = await world.adminClient();
    const { body } = await admin.act<{ id: string }>('admin.pause.create', {
      scope: 'all',
      reason: 'a theft',
    });
    await succeed(admin, (await attested(world)).id);
    const by = new RegExp(`why {4}By ${world.admin.address}: a theft. 1 payout waits for pauses.`);
    const text = await expectPage(1, 'All payouts are paused', by, `next   ops pauses end ${body.id}`);
    expect(text).toMatch(/1 thing needs you:/);
    expect(text).toMatch(/since {2}\d{4}-.*Z \(\d+ s\)/);
  });

  it('3. a payout that waits for an RPC provider, and which one fails', async () => {
    const { id } = await attested(world);
    const admin = await world.adminClient();
    rpc.plan = ({ method }) => (method === 'sendTransaction' ? { kind: 'cut' } : undefined);
    await succeed(admin, id);
    rpc.plan = () => ({ kind: 'cut' });
    const text = await expectPage(
      1,
      'RPC endpoints fail',
      /does not move/,
      /next {3}ops (rpc check|payouts)/,
    );
    expect(text).toContain(new URL(rpc.url).host);
    rpc.plan = () => undefined;
    await pollUntil('the payment', async () => {
      const [payout] = await world.sql<{ status: string }>(
        'SELECT status FROM payouts WHERE commitment_id = $1',
        [id],
      );
      return payout?.status === 'finalized' || undefined;
    });
  });

  it('4. a payout that is stopped, and the commands that explain it and take it up again', async () => {
    const admin = await world.adminClient();
    await admin.act('admin.pause.create', { scope: 'all', reason: 'x' });
    const { id: commitmentId } = await attested(world);
    const { body } = await succeed(admin, commitmentId);
    const { id } = body.payout;
    await world.sql(
      `${UNGUARDED} UPDATE payouts SET status = 'stopped', waiting_for = 'custom program error', failures = 3 WHERE id = '${id}'`,
    );
    const look = `ops audit list --event payout_failed_error --commitment ${commitmentId}, then ops payouts retry ${id}`;
    await expectPage(
      1,
      new RegExp(`Payout ${id} of 1\\.9+\\d* SOL is stopped`),
      'why    custom program error',
      look,
    );
  });

  it('5. a fee payer that holds too little, and its address', async () => {
    const poor = TestWallet.generate();
    await restart({ ESCROW_FEE_PAYER_SECRET_KEY: poor.toJson() });
    const next = 'next   ops fee-payer show, then send SOL to it';
    await expectPage(1, 'The fee payer cannot pay for long', `${poor.address} holds 0 lamports`, next);
    await restart();
  });

  it('6. a job that nobody runs', async () => {
    await restart({ JOBS_ENABLED: 'false' });
    await world.sql(`UPDATE jobs SET last_success_at = now() - interval '1 hour' WHERE name = 'sweep'`);
    await expectPage(
      1,
      'Job sweep is overdue',
      'No replica runs it',
      /since .*\(60 min\)/,
      'next   ops jobs',
    );
    await restart();
  });

  it('7. a webhook that is switched off', async () => {
    await world.sql(`UPDATE audit_webhook_endpoint SET disabled_at = now(), reason = 'answered 410'`);
    await expectPage(
      1,
      'The audit webhook is switched off',
      'why    answered 410',
      'next   ops webhooks enable',
    );
  });

  it('8. a grave alarm of the last day, which nothing else shows any more', async () => {
    await world.sql(`${UNGUARDED} INSERT INTO audit_logs (event, actor, request_id, fields)
      VALUES ('payout_vanished_error', 'job:payout-driver', 'r', '{}')`);
    await expectPage(
      1,
      'payout_vanished_error: 1 time in the last 24 hours',
      'incident 6',
      'next   ops audit list --event payout_vanished_error',
    );
  });

  it('9. a database that is away, without a session that could be looked up', async () => {
    const database = await TcpProxy.before(world.appDatabaseUrl);
    await restart({ DATABASE_URL: database.url, JOBS_ENABLED: 'false' });
    await database.close();
    const text = await expectPage(
      1,
      'The database does not serve',
      'Database connection failed',
      'npm run migrate:status',
    );
    expect(text).toContain('503 Database connection failed (database_unavailable)');
    await database.open();
    await restart();
    await database.close();
  });

  it('10. that nobody is signed in: the health is shown, and how to see the rest', async () => {
    const stranger = new SignedInOps(world.url, world.admin);
    const { code, out } = await stranger.run('status', '--api', world.url);
    stranger.remove();
    expect(code).toBe(1);
    expect(out).toMatch(/Only the health of the parts is known[^]*Not signed in[^]*next {3}ops login/);
  });

  it('11. that the service does not answer at all', async () => {
    const nobody = new SignedInOps(world.url, world.admin);
    const { code, out } = await nobody.run('status', '--api', `http://127.0.0.1:${await freePort()}`);
    nobody.remove();
    expect(code).toBe(1);
    expect(out).toMatch(/The service does not answer[^]*no answer/);
  });

  it('and the same to machines, with --json', async () => {
    await world.sql(`UPDATE audit_webhook_endpoint SET disabled_at = now(), reason = 'answered 410'`);
    const shown = await ops.json<{ findings: Json[]; overview: Json }>('status');
    expect(shown.findings.filter(({ urgency }) => urgency === 'act')).toMatchObject([
      { next: expect.stringContaining('ops webhooks enable') },
    ]);
    expect(shown.overview).toMatchObject({ health: { status: 'ok' }, pauses: [], payouts: { counts: [] } });
  });
});

describe('ops payouts list', () => {
  it('shows what waits and why, by age, status, commitment and fee payer; finished ones with who decided them', async () => {
    const admin = await world.adminClient();
    const paid = await attested(world);
    await succeed(admin, paid.id);
    await pollUntil('the end', async () => {
      const { items } = await ops.json<{ items: Json[] }>('payouts', 'list', '--status', 'finalized');
      return items.some(({ commitmentId }) => commitmentId === paid.id) || undefined;
    });
    const { items: finished } = await ops.json<{ items: Json[] }>(
      'payouts',
      'list',
      '--commitment',
      paid.id,
      '--status',
      'all',
    );
    expect(finished).toMatchObject([
      { status: 'finalized', requestedBy: world.admin.address, signature: expect.any(String) },
    ]);

    await admin.act('admin.pause.create', { scope: 'all', reason: 'a look' });
    const { body } = await succeed(admin, (await attested(world)).id);
    const { id } = body.payout;
    const list = await ops.run('payouts', 'list');
    expect(list.code).toBe(0);
    expect(list.out).toMatch(/^PAYOUT +STATUS +PURPOSE +AMOUNT +AGE +WAITS FOR/);
    expect(list.out).toMatch(
      new RegExp(`${id} +pending +personal_success +1\\.9+\\d* SOL +\\d+ s +paused by .*a look`),
    );
    expect(list.out).not.toContain(paid.id);
    expect((await ops.run('payouts', 'list', '--older-than', '1h')).out).toBe('No payout is unfinished.\n');
    expect((await ops.json('payouts', 'list', '--older-than', '0s'))['items']).toMatchObject([{ id }]);
    const payer = TestWallet.generate().address;
    expect((await ops.json('payouts', 'list', '--fee-payer', payer))['items']).toEqual([]);
    expect((await ops.run('payouts', 'list', '--older-than', 'soon')).code).toBe(2);
    const unknown = await ops.run('payouts', 'list', '--status', 'lost');
    expect([unknown.code, unknown.err]).toMatchObject([1, expect.stringContaining('status')]);
  });

  it('leads through pages, and each payout is on one of them', async () => {
    const admin = await world.adminClient();
    await admin.act('admin.pause.create', { scope: 'all', reason: 'a look' });
    const made: string[] = [];
    for (let number = 0; number < 3; number += 1)
      made.push((await succeed(admin, (await attested(world)).id)).body.payout.id);
    const first = await ops.run('payouts', 'list', '--limit', '2');
    const cursor = /--cursor (\S+)/.exec(first.out)?.[1] ?? '';
    const second = await ops.run('payouts', 'list', '--limit', '2', '--cursor', cursor);
    expect(second.out).not.toContain('--cursor');
    const found = made.map((id) => [first, second].filter(({ out }) => out.includes(id)).length);
    expect(found).toEqual([1, 1, 1]);
  });
});

describe('ops commitments list', () => {
  it('shows what each promised and what its escrow holds', async () => {
    const { id, escrow, authority } = await attested(world);
    const list = await ops.run('commitments', 'list', '--wallet', authority.address);
    expect(list.code, list.err).toBe(0);
    expect(list.out).toMatch(new RegExp(`${id} +personal +active +2 SOL +(2 SOL|not read)`));
    expect(await balanceOf(world.chain.rpcUrl, escrow.address)).toBe(2_000_000_000n);
    const none = await ops.run('commitments', 'list', '--status', 'succeeded', '--wallet', authority.address);
    expect(none.out).toBe('There is no such commitment.\n');
  });
});

describe('ops limits', () => {
  it('shows what a client has used up and who was refused, and lets it begin anew, on record', async () => {
    const address = '203.0.113.9';
    const rawBody = JSON.stringify({ wallet: world.admin.address });
    const ask = () =>
      world.send('POST', '/api/admin/nonce', {
        headers: { 'x-forwarded-for': address, 'content-type': 'application/json' },
        rawBody,
      });
    // A window may end at any moment: then the next one is filled.
    const shown = await pollUntil('a refusal in an open window', async () => {
      await Promise.all(Array.from({ length: 61 }, ask));
      const outcome = await ops.run('limits', 'show', address);
      return /nonce +signIn +(6[1-9]|[7-9]\d|\d{3}) of 60/.test(outcome.out) ? outcome : undefined;
    });
    expect([shown.code, shown.err]).toEqual([0, '']);
    expect(shown.out).toMatch(/POST \/api\/admin\/nonce +signIn +\d+ of 60/);
    expect(shown.out).toMatch(/admin_nonce_denied +anonymous +\d+/);
    const forgiven = await ops.run('limits', 'forgive', address);
    const answer = JSON.parse(forgiven.out) as { forgiven: number };
    expect([forgiven.code, answer.forgiven > 0]).toEqual([0, true]);
    expect((await ask()).status).toBe(200);
    const rows = await world.sql(
      `SELECT actor, fields FROM audit_logs WHERE event = 'admin_rate_limits_forgive_ok'`,
    );
    expect(rows).toEqual([{ actor: world.admin.address, fields: { client: address, ...answer } }]);
  });

  it('counts an IPv6 client as its network, and refuses what is no client', async () => {
    const shown = await ops.json('limits', 'show', '2001:db8:1:2:3::4');
    expect(shown['client']).toBe('2001:db8:1:2::/64');
    expect((await ops.json('limits', 'forgive', 'all'))['forgiven']).toBeGreaterThan(0);
    const refused = await ops.run('limits', 'forgive', 'everybody');
    expect([refused.code, refused.err]).toMatchObject([
      1,
      expect.stringContaining('must be an IP address or a wallet'),
    ]);
  });
});

describe('ops database show', () => {
  it('shows what grows, who is connected and what hangs, and says why a database does not answer', async () => {
    const run = (url: string, ...args: string[]) =>
      runOps(ops.folder, ['database', 'show', ...args], { DATABASE_URL: url });
    const shown = await run(world.databaseUrl);
    expect(shown.code, shown.err).toBe(0);
    expect(shown.out).toMatch(/Largest tables\nNAME +SIZE +ROWS\n[^]*Connections: \d+ to this database/);
    expect(shown.out).toMatch(/Replication slots\nNone\./);
    const asRole = JSON.parse((await run(world.appDatabaseUrl, '--json')).out) as Record<string, Json[]>;
    expect(asRole['tables']?.length).toBe(10);
    const away = await run(`postgres://nobody@127.0.0.1:${await freePort()}/none`);
    expect([away.code, away.err]).toMatchObject([
      1,
      expect.stringMatching(/does not answer: .*ECONNREFUSED/),
    ]);
    expect(away.err).not.toMatch(/^\s+at /m);
  });
});

describe('ops sessions end all', () => {
  it('signs everybody out, the one who says it among them', async () => {
    const other = await world.adminHeaders();
    await create(world);
    const before = await ops.json<{ items: Json[] }>('sessions', 'list');
    expect(before.items.length).toBeGreaterThan(1);
    const ended = await ops.run('sessions', 'end', 'all');
    expect([ended.code, JSON.parse(ended.out)]).toEqual([0, { ended: before.items.length }]);
    expect((await world.send('GET', '/api/admin/me', { headers: other })).status).toBe(401);
    expect((await ops.run('whoami')).code).toBe(1);
    await ops.login();
  });
});
