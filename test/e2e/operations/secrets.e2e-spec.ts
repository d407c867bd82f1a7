import { describe, expect, it } from 'vitest';
import type { CommitmentAnswer, PaymentAnswer, RestClient } from '#src/local/rest-client.js';
import { lifeOfFile } from '../../support/worlds/payout-world.js';
import { refusal } from '../../support/builders/personal.js';
import { pollUntil } from '../../support/poll.js';
import { completed, holder, launch, signal, TOKEN } from '../../support/builders/rewards.js';
import { honest, on } from '../../support/proxies/rpc-faults.js';
import { encodingsOf, SecretSearch } from '../../support/checks/secret-search.js';
import { ORIGIN, SecretsWorld } from '../../support/worlds/secrets-world.js';
import { fundedWallet, SOL, TestWallet } from '../../support/builders/wallets.js';

const life = lifeOfFile();
let world: SecretsWorld;

interface Attested {
  readonly id: string;
  readonly authority: TestWallet;
}

async function create(authority: TestWallet): Promise<CommitmentAnswer> {
  const terms = {
    kind: 'personal',
    destinationOnFail: TestWallet.generate().address,
    amountLamports: Number(SOL),
    deadline: new Date(Date.now() + 86_400_000).toISOString(),
  };
  return (
    await world.client().signAction<CommitmentAnswer>(authority, 'commitment.create', terms, '/commitments')
  ).body;
}

async function attested(): Promise<Attested> {
  const authority = await fundedWallet(world.chain);
  const { id, escrow } = await create(authority);
  await world.chain.cheats.fundSol(escrow.address, SOL);
  const path = '/commitments/:commitmentId/attest';
  await world.client().signAction(authority, 'commitment.attest', { commitmentId: id }, path);
  return { id, authority };
}

async function succeed(admin: RestClient, { id }: Attested): Promise<[number, string]> {
  const { status, body } = await admin.act<PaymentAnswer>('admin.commitment.success', { commitmentId: id });
  return [status, body.payout.status];
}

async function statusOf(request: Promise<unknown>): Promise<number> {
  return (await refusal(request)).status;
}

/** A node that says of transactions, when they are tried out and when they are sent, what it should keep to itself. */
function talksOfTransactions(): void {
  const { rpcPath, rpcQuery } = world.secrets;
  const told = `https://node.example/v2/${rpcPath}?api-key=${rpcQuery}`;
  const value = { err: rpcQuery, logs: [told], unitsConsumed: 0, accounts: null, returnData: null };
  world.node.plan = on('simulateTransaction', (nth) =>
    nth % 2 === 1 ? { kind: 'result', change: (result) => ({ ...(result as object), value }) } : undefined,
  );
  world.rpc.plan = ({ asked }) => (asked.body.includes('"sendTransaction"') ? 200 : undefined);
}

/** What a browser, a probe or a stranger asks for, by hand. */
async function send(method: string, path: string, headers: Record<string, string> = {}, body?: string) {
  const init = { method, headers: { origin: ORIGIN, ...headers }, ...(body === undefined ? {} : { body }) };
  return (await fetch(`${world.api.url}${path}`, init)).status;
}

async function localCustody(): Promise<void> {
  await world.start();
  const admin = await world.signIn();
  expect(await succeed(admin, await attested())).toEqual([200, 'confirmed']);
  const [refused, sent] = [await attested(), await attested()];
  talksOfTransactions();
  expect(await statusOf(succeed(admin, refused))).toBe(422);
  expect((await succeed(admin, sent))[0]).toBe(202);
  world.rpc.plan = () => undefined;
  world.node.plan = honest;
  await failingPrices();
}

async function failingPrices(): Promise<void> {
  const token = await launch(world.host, world.feed);
  const made = await completed(world.host, token);
  const wallet = await holder(world.host, token, 1_000n * TOKEN);
  world.prices.plan = () => 500;
  expect(await statusOf(signal(world.host, wallet, made))).toBe(503);
  world.prices.plan = () => 200;
  expect(await statusOf(signal(world.host, wallet, made))).toBe(503);
  world.prices.plan = () => undefined;
  await signal(world.host, wallet, made);
}

async function privyCustody(): Promise<void> {
  const { privyApp, privyKey } = world.secrets;
  const told = { error: `secret ${privyApp}, key ${privyKey}`, message: privyApp, code: privyApp };
  for (const status of [500, 401]) {
    world.privy.plan = () => ({ kind: 'status', status, body: told });
    expect(await statusOf(fundedWallet(world.chain).then(create))).toBe(503);
  }
  expect((await world.ops('privy check')).code).toBe(1);
  world.privy.plan = () => undefined;
  const admin = await world.signIn();
  expect(await succeed(admin, await attested())).toEqual([200, 'confirmed']);
  const stuck = await attested();
  world.privy.plan = ({ path }) =>
    path.endsWith('/rpc') ? { kind: 'status', status: 401, body: told } : undefined;
  expect((await succeed(admin, stuck))[0]).toBe(202);
  world.privy.plan = () => undefined;
}

/** Whoever knows a secret, or nearly, sends it where it does not belong. */
async function carelessRequests(): Promise<void> {
  const { cron, newVault, rpcQuery } = world.secrets;
  const cookie = world.sessionCookie;
  const json = { 'content-type': 'application/json' };
  const [name = '', session = ''] = cookie.split('=', 2);
  expect(await send('GET', '/api/admin/me', { cookie: `${name}=${session.slice(0, -1)}` })).toBe(401);
  expect(await send('POST', '/api/commitments/sweep', { ...json, 'x-cron-secret': `${cron}x` }, '{}')).toBe(
    401,
  );
  expect(await send('POST', '/api/admin/normalize-rewards', { 'x-cron-secret': cron, ...json }, '{}')).toBe(
    200,
  );
  for (const secret of [cron, newVault, session, rpcQuery, world.secrets.feePayer.toJson()]) {
    const text = JSON.stringify(secret);
    const bodies = [
      `{"wallet":${text}`,
      text,
      `{"wallet":${text},"nonce":${text},"signature":${text}}`,
      secret,
    ];
    const answers = bodies.map((body) => send('POST', '/api/admin/login', json, body));
    expect((await Promise.all(answers)).every((status) => status >= 400 && status < 500)).toBe(true);
    await send('GET', `/api/commitments?limit=${encodeURIComponent(secret)}`);
    await send('POST', '/api/commitments', { ...json, 'idempotency-key': encodeURIComponent(secret) }, text);
  }
  await wrongSignIn();
}

async function wrongSignIn(): Promise<void> {
  const { admin } = world.secrets;
  const client = world.client();
  const { body } = await client.post<{ nonce: string }>('/admin/nonce', { wallet: admin.address });
  const signature = admin.signBase58('something else');
  const sent = { wallet: admin.address, nonce: body.nonce, signature };
  expect(await statusOf(client.post('/admin/login', sent))).toBe(401);
  // An issued nonce is kept until it is used; this one is over.
  await world.sql(`DELETE FROM public.admin_nonces WHERE nonce = '${body.nonce}'`);
}

async function failingWebhook(admin: RestClient): Promise<void> {
  const states: (number | 'cut' | undefined)[] = [500, 'cut', undefined];
  for (const fault of states) {
    world.hooks.plan = () => fault;
    const seen = world.hooks.relayed.length;
    await admin.post('/admin/webhook-endpoint/test');
    if (fault !== 'cut') await pollUntil('a delivery', () => world.hooks.relayed.length > seen || undefined);
  }
  await pollUntil('a delivery that arrives', () => world.receiver.received.length > 0 || undefined);
}

async function everyPage(admin: RestClient): Promise<void> {
  for (const path of ['/metrics', '/health/live', '/health/ready', '/openapi.json', '/docs'])
    expect([path, await send('GET', path)]).toEqual([path, 200]);
  const cookie = world.sessionCookie;
  for (const path of [
    'audit-logs',
    'audit-logs.csv',
    'audit-logs.ndjson',
    'escrow-keys',
    'fee-payer',
    'jobs',
    'webhook-endpoint',
    'webhook-deliveries',
    'pauses',
    'release-locks',
  ])
    expect([path, await send('GET', `/api/admin/${path}`, { cookie })]).toEqual([path, 200]);
  await admin.post('/admin/escrow-keys/rotate');
  await admin.post('/admin/escrow-keys/check');
}

async function everyCommand(): Promise<void> {
  const good = [
    'escrow-keys check',
    'audit export --format csv',
    'audit verify',
    'fee-payer check',
    'rpc check',
    'privy check',
    'supabase check',
  ];
  const codes = await Promise.all(good.map(async (command) => [command, (await world.ops(command)).code]));
  expect(codes).toEqual(good.map((command) => [command, 0]));
}

/** Each upstream repeats to a command what it was asked with. */
async function commandsThatFail(): Promise<void> {
  const { secrets } = world;
  const asking: [string][] = [['supabase check'], ['rpc check'], ['fee-payer check']];
  const wrong: [string, Record<string, string>][] = [
    ['fee-payer check', { ESCROW_FEE_PAYER_SECRET_KEY: secrets.feePayer.toJson().replace('[', '[1,') }],
    ['privy check', { PRIVY_AUTHORIZATION_PRIVATE_KEY: `${secrets.privyKey}!` }],
    ['supabase check', { SUPABASE_SERVICE_ROLE_KEY: `${secrets.supabase} x` }],
    ['audit verify', { DATABASE_MIGRATION_URL: wrongPassword() }],
  ];
  world.storage.plan = () => 500;
  world.rpc.plan = () => 500;
  await Promise.all([...wrong, ...asking].map(expectRefused));
  world.rpc.plan = () => 200;
  await expectRefused(['rpc check']);
}

async function expectRefused([command, env]: [string, Record<string, string>?]): Promise<void> {
  const { code } = await world.ops(command, env);
  expect([command, code === 1 || code === 2]).toEqual([command, true]);
}

function wrongPassword(): string {
  const url = new URL(world.env['DATABASE_URL'] ?? '');
  url.password = `${url.password}x`;
  return url.href;
}

/** The node repeats its own URL, key and all, to everything that is asked of the service. */
async function failingNode(admin: RestClient): Promise<void> {
  const made = await attested();
  for (const status of [500, 200]) {
    world.rpc.plan = () => status;
    await send('GET', '/health/ready');
    expect(await statusOf(create(made.authority))).toBe(503);
    await admin.act('admin.commitment.success', { commitmentId: made.id }).catch(() => undefined);
  }
}

/** Every setting as somebody might mistype it. */
async function startsThatFail(): Promise<void> {
  const { secrets } = world;
  const mistyped = {
    DATABASE_URL: world.env['DATABASE_URL']?.replace(/:\d+\//, ':port/') ?? '',
    SOLANA_RPC_URL: world.env['SOLANA_RPC_URL']?.replace('http:', 'htp:') ?? '',
    ESCROW_DB_SECRET: secrets.newVault.slice(0, 30),
    ESCROW_DB_SECRET_PREVIOUS: `["${secrets.oldVault}`,
    ESCROW_FEE_PAYER_SECRET_KEY: secrets.feePayer.toJson().replace(']', ',0]'),
    PRIVY_APP_SECRET: `${secrets.privyApp} x`,
    PRIVY_AUTHORIZATION_PRIVATE_KEY: secrets.privyKey.slice(0, -8),
    CRON_SECRET: `${secrets.cron} x`,
    AUDIT_WEBHOOK_URL: `ftp://x.example/${secrets.webhookPath}`,
    AUDIT_WEBHOOK_SECRET: secrets.webhook.replace('_', '-'),
    JUPITER_API_KEY: `${secrets.jupiter} x`,
    SUPABASE_SERVICE_ROLE_KEY: `${secrets.supabase} x`,
  };
  await Promise.all([mistyped, { DATABASE_URL: wrongPassword() }].map((env) => world.startInVain(env)));
}

describe('a secret', () => {
  it('is found in every encoding, by any part of it', () => {
    const search = new SecretSearch();
    const secret = 'a "secret" & more/+ of it, long enough';
    search.add('text', secret);
    const key = TestWallet.generate().keypair.secretKey;
    search.addKey('key', key);
    const texts = [...encodingsOf(secret), ...encodingsOf(key.slice(0, 32))].map(([, text]) =>
      text.slice(5, -4),
    );
    for (const text of texts) expect(search.leaksIn('here', `words ${text} words`)).not.toEqual([]);
    expect(search.leaksIn('file', JSON.stringify([...key]))).not.toEqual([]);
    expect(search.leaksIn('basic', Buffer.from(`app:${secret}`).toString('base64'))).not.toEqual([]);
    expect(search.leaksIn('nowhere', 'nothing of the kind is said in this text')).toEqual([]);
  });

  it('is in no log, answer, row, delivery or command output of a whole run', async () => {
    world = await SecretsWorld.open(life);
    await localCustody();
    await world.learn();
    const { newVault, oldVault } = world.secrets;
    const env = { ESCROW_DB_SECRET: newVault, ESCROW_DB_SECRET_PREVIOUS: oldVault, ESCROW_CUSTODY: 'privy' };
    await world.start(env);
    expect((await world.ops(`login --keypair ${world.keypairFile} --api ${world.api.url}`)).code).toBe(0);
    const admin = await world.signIn();
    await privyCustody();
    await carelessRequests();
    await failingWebhook(admin);
    await everyPage(admin);
    await everyCommand();
    await commandsThatFail();
    world.rpc.plan = () => undefined;
    await failingNode(admin);
    await world.stop();
    await startsThatFail();
    await world.learn();
    expect(await world.leaks()).toEqual([]);
    // The run was one that had much to say.
    expect(world.search.names.size).toBeGreaterThan(30);
    expect(world.search.searchedCharacters).toBeGreaterThan(300_000);
    expect(world.receiver.unsigned).toBe(0);
  });
});
