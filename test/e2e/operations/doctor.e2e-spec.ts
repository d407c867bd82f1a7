import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Check } from '#src/cli/doctor/check.js';
import { LocalPriceFeed } from '#src/local/local-price-feed.js';
import { PATIENT_POOL } from '../../support/database.js';
import { create } from '../../support/builders/personal.js';
import { TestWallet } from '../../support/builders/wallets.js';
import { SupabaseDouble } from '../../support/doubles/supabase-double.js';
import { WEBHOOK_SECRET, WebhookReceiver } from '../../support/doubles/webhook-receiver.js';
import { pollUntil } from '../../support/poll.js';
import { freePort } from '../../support/ports.js';
import { SignedInOps } from '../../support/processes/signed-in-ops.js';
import { AppWorld } from '../../support/worlds/app-world.js';

type Variables = Readonly<Record<string, string>>;

const SERVICE_ROLE_KEY = 'service-role-key-of-the-tests';
const METRICS_TOKEN = 'metrics-token-of-the-tests-0123456789';

let world: AppWorld;
let receiver: WebhookReceiver;
let prices: LocalPriceFeed;
let storage: SupabaseDouble;
let ops: SignedInOps;
let env: Variables;

beforeAll(async () => {
  world = await AppWorld.start();
  receiver = await WebhookReceiver.start();
  prices = await LocalPriceFeed.start({ defaultPrice: '150' });
  storage = await SupabaseDouble.start(SERVICE_ROLE_KEY);
  const webhook = { AUDIT_WEBHOOK_URL: receiver.url, AUDIT_WEBHOOK_SECRET: WEBHOOK_SECRET };
  await world.restart(webhook);
  ops = new SignedInOps(world.url, world.admin);
  await ops.login();
  await create(world);
  env = {
    ...webhook,
    NODE_ENV: 'test',
    DATABASE_URL: world.appDatabaseUrl,
    ...PATIENT_POOL,
    SOLANA_RPC_URL: world.chain.rpcUrl,
    SOLANA_CLUSTER: 'localnet',
    ESCROW_DB_SECRET: world.escrowSecret,
    ESCROW_FEE_PAYER_SECRET_KEY: (await world.fundedWallet()).toJson(),
    ADMIN_WALLET_PUBKEYS: `${world.admin.address},${TestWallet.generate().address}`,
    APP_ORIGIN: 'http://localhost:5173',
    JUPITER_PRICE_URL: prices.url,
    SUPABASE_URL: storage.url,
    SUPABASE_SERVICE_ROLE_KEY: SERVICE_ROLE_KEY,
    METRICS_TOKEN,
  };
});
afterAll(async () => {
  ops?.remove();
  await world?.stop();
  await receiver?.die();
  await prices?.stop();
  await storage?.stop();
});

async function examine(changes: Variables = {}, ...args: string[]) {
  const { code, out } = await ops.runWith({ ...env, ...changes }, 'doctor', '--json', ...args);
  const { checks } = JSON.parse(out) as { checks: Check[] };
  const not = (result: Check['result']) => checks.filter((check) => check.result === result);
  return {
    code,
    checks,
    failed: not('fail').map(({ name }) => name),
    warned: not('warn').map(({ name }) => name),
  };
}

describe('ops doctor', () => {
  it('passes every line that holds, and says what it has found', async () => {
    const yesterday = new Date(Date.now() - 3_600_000).toISOString();
    // A busy machine may keep a probe of the service waiting: then it is not ready yet.
    const { code, checks, failed, warned } = await pollUntil('a ready service', async () => {
      const seen = await examine({}, '--last-backup', yesterday);
      return seen.warned.includes('service') || seen.failed.includes('service') ? undefined : seen;
    });
    expect({ code, failed, warned }).toEqual({ code: 0, failed: [], warned: ['mode', 'second source'] });
    const found = Object.fromEntries(checks.map((check) => [check.name, check.found]));
    expect(found).toMatchObject({
      database: expect.stringContaining('PostgreSQL'),
      migrations: expect.stringMatching(/applied, 00\d\d_\w+ the newest/),
      role: expect.stringContaining('has exactly its rights'),
      pooler: 'none, or one in session mode',
      clock: expect.stringContaining('between this machine and the database'),
      backup: expect.stringMatching(/^the last backup is 6\d min old/),
      custody: expect.stringMatching(/^[1-9]\d* escrow keys? opened/),
      'webhook delivery': expect.stringContaining('has taken a test event'),
      supabase: 'signs uploads',
      privy: 'not used',
      'price feed': expect.stringContaining('with a price of SOL'),
      service: `ready at ${world.url}`,
      admin: `${world.admin.address} is signed in`,
    });
    expect(receiver.received.some(({ event }) => event === 'admin_webhook_test_ok')).toBe(true);
  });

  it('fails what does not hold, each line with how to mend it, and makes every other check', async () => {
    receiver.behave(() => ({ status: 410 }));
    const { code, checks, failed } = await examine(
      {
        CTS_MOCK_MODE: 'true',
        ESCROW_DB_SECRET: '',
        SOLANA_RPC_URL: `http://127.0.0.1:${await freePort()}`,
        ESCROW_FEE_PAYER_SECRET_KEY: TestWallet.generate().toJson(),
        JUPITER_PRICE_URL: `http://127.0.0.1:${await freePort()}`,
        SUPABASE_SERVICE_ROLE_KEY: 'another-key',
        PORT: 'x',
      },
      '--last-backup',
      '2026-01-01T00:00:00Z',
    );
    expect(code).toBe(1);
    expect(new Set(failed)).toEqual(
      new Set([
        'settings',
        'mock mode',
        'escrow secret',
        `rpc ${new URL(String(checks.find(({ name }) => name.startsWith('rpc '))?.name.replace('rpc ', 'http://'))).host}`,
        'chain clock',
        'backup',
        'fee payer',
        'supabase',
        'price feed',
        'webhook delivery',
      ]),
    );
    for (const check of checks) expect(check.mend !== undefined, check.name).toBe(check.result !== 'pass');
    receiver.behave(() => ({ status: 200 }));
    await ops.run('webhooks', 'enable');
  });

  it('warns of the owner as the role, and fails a schema that lacks a migration, by its name', async () => {
    expect((await examine({ DATABASE_URL: world.databaseUrl })).warned).toContain('role');
    const [newest] = await world.sql<{ version: string }>(
      'SELECT version FROM schema_migrations ORDER BY 1 DESC LIMIT 1',
    );
    await world.sql('DELETE FROM schema_migrations WHERE version = $1', [newest?.version]);
    const { checks } = await examine();
    await world.sql('INSERT INTO schema_migrations (version) VALUES ($1)', [newest?.version]);
    expect(checks.find(({ name }) => name === 'migrations')).toMatchObject({
      result: 'fail',
      found: `pending: ${newest?.version}`,
      mend: 'npm run migrate',
    });
  });

  it('says what it could not check without a database, a service or a session', async () => {
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    const nobody = new SignedInOps(nowhere, world.admin);
    const database = `postgres://nobody@127.0.0.1:${await freePort()}/none`;
    const { code, out } = await nobody.runWith(
      { ...env, DATABASE_URL: database },
      'doctor',
      '--api',
      nowhere,
    );
    expect(code).toBe(1);
    expect(out).toMatch(/^FAIL {2}database .*ECONNREFUSED/m);
    expect(out).toMatch(/^FAIL {2}service /m);
    const stranger = await nobody.runWith(env, 'doctor', '--api', world.url);
    expect([stranger.code, stranger.out]).toMatchObject([
      0,
      expect.stringMatching(/^WARN {2}admin .*Not signed in/m),
    ]);
    nobody.remove();
    expect((await ops.runWith(env, 'doctor', '--last-backup', 'yesterday')).code).toBe(2);
  });

  it('shows no secret', async () => {
    const { out, err } = await ops.runWith(env, 'doctor');
    for (const secret of [world.escrowSecret, SERVICE_ROLE_KEY, METRICS_TOKEN, WEBHOOK_SECRET, 'postgres:'])
      expect(out + err).not.toContain(secret);
  });
});
