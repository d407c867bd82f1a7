import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ApiProcess, startApi } from '#src/local/api-process.js';
import type { LocalChain } from '#src/local/chain/chain.js';
import { RestClient } from '#src/local/rest-client.js';
import { LocalPriceFeed } from '#src/local/local-price-feed.js';
import { deriveVaultKey, open, type SealContext } from '#src/escrow/keys/vault.js';
import { createTestDatabase, PATIENT_POOL, type TestDatabase } from '../database.js';
import { HttpRelay, type Relayed } from '../proxies/http-relay.js';
import { startTestChain } from './localnet.js';
import { type Outcome, runOps } from '../processes/ops-command.js';
import type { TestLife } from './payout-world.js';
import { PrivyDouble } from '../doubles/privy-double.js';
import type { RewardHost } from '../builders/rewards.js';
import { RpcProxy } from '../proxies/rpc-proxy.js';
import { type Leak, SecretSearch } from '../checks/secret-search.js';
import { execute } from '../sql.js';
import { SupabaseDouble } from '../doubles/supabase-double.js';
import { fundedWallet, SOL, TestWallet } from '../builders/wallets.js';
import { WebhookReceiver } from '../doubles/webhook-receiver.js';

type Variables = Readonly<Record<string, string>>;

export const ORIGIN = 'http://localhost:3000';
const fresh = (bytes = 24) => randomBytes(bytes).toString('base64url');

/** Every secret that an operator can set, and keys that nobody ever sees. */
export class Secrets {
  // Characters that JSON and URLs write differently.
  readonly oldVault = `"old" & ${fresh(30)} /+`;
  readonly newVault = `"new" & ${fresh(30)} /+`;
  readonly feePayer = TestWallet.generate();
  readonly admin = TestWallet.generate();
  readonly privyApp = fresh();
  readonly privyKey = `wallet-auth:${generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ format: 'der', type: 'pkcs8' })
    .toString('base64')}`;
  readonly cron = fresh(30);
  readonly webhook = `whsec_${randomBytes(32).toString('base64')}`;
  readonly webhookPath = fresh();
  readonly jupiter = fresh();
  readonly supabase = fresh(60);
  readonly rpcPath = fresh();
  readonly rpcQuery = randomBytes(16).toString('hex');
  readonly rpcPassword = fresh();

  tell(search: SecretSearch): void {
    for (const name of ['oldVault', 'newVault'] as const) {
      search.add(name, this[name]);
      search.add(`${name}, derived`, deriveVaultKey(this[name]).bytes);
    }
    for (const name of ['feePayer', 'admin'] as const) search.addKey(name, this[name].keypair.secretKey);
    for (const name of ['privyApp', 'cron', 'webhook', 'webhookPath', 'jupiter', 'supabase'] as const)
      search.add(name, this[name]);
    for (const name of ['rpcPath', 'rpcQuery', 'rpcPassword'] as const) search.add(name, this[name]);
    search.add('webhook, decoded', Buffer.from(this.webhook.replace('whsec_', ''), 'base64'));
    // What follows the private scalar is the public key.
    search.add('privyKey', this.privyKey.slice(0, 100));
    search.add('privyKey, scalar', Buffer.from(this.privyKey.slice(12), 'base64').subarray(36, 68));
  }
}

/** The built service with every secret set, between upstreams that repeat what they are told; all that it says is kept. */
export class SecretsWorld {
  readonly secrets = new Secrets();
  readonly search = new SecretSearch();
  readonly folder = mkdtempSync(join(tmpdir(), 'cts-secrets-'));
  /** What processes wrote, by who they were. */
  readonly printed: [string, string][] = [];
  chain!: LocalChain;
  privy!: PrivyDouble;
  feed!: LocalPriceFeed;
  receiver!: WebhookReceiver;
  api!: HttpRelay;
  /** The node behind `rpc`. */
  node!: RpcProxy;
  rpc!: HttpRelay;
  prices!: HttpRelay;
  hooks!: HttpRelay;
  storage!: HttpRelay;
  private database!: TestDatabase;
  private running: ApiProcess | undefined;
  /** What the running one was started with beside `env`: a command is given the same. */
  private changes: Variables = {};
  private clients = 0;

  static async open(life: TestLife): Promise<SecretsWorld> {
    const world = new SecretsWorld();
    await world.prepare((clean) => life.onTestFinished(clean));
    return world;
  }

  private async prepare(atEnd: (clean: () => Promise<void>) => void): Promise<void> {
    const { secrets } = this;
    const kept = async <T>(starting: Promise<T>, end: (it: T) => Promise<void>): Promise<T> => {
      const it = await starting;
      atEnd(() => end(it));
      return it;
    };
    const relay = (to: string) => kept(HttpRelay.before(to), (it) => it.stop());
    atEnd(async () => rmSync(this.folder, { recursive: true, force: true }));
    this.chain = await kept(startTestChain({ slotMs: 50 }), (it) => it.stop());
    this.database = await kept(createTestDatabase(), (it) => it.drop());
    this.privy = await kept(PrivyDouble.start({ appSecret: secrets.privyApp }), (it) => it.stop());
    this.feed = await kept(LocalPriceFeed.start(), (it) => it.stop());
    this.receiver = await kept(WebhookReceiver.start(secrets.webhook), (it) => it.die());
    const supabase = await kept(SupabaseDouble.start(secrets.supabase), (it) => it.stop());
    this.node = await kept(RpcProxy.start(this.chain.rpcUrl), (it) => it.stop());
    this.api = await relay('http://127.0.0.1:1');
    this.rpc = await relay(this.node.url);
    this.prices = await relay(this.feed.origin);
    this.hooks = await relay(new URL(this.receiver.url).origin);
    this.storage = await relay(supabase.url);
    atEnd(async () => this.stop());
    await this.chain.cheats.fundSol(secrets.feePayer.address, 50n * SOL);
    secrets.tell(this.search);
    for (const url of [this.database.appUrl, this.database.url]) {
      const { password } = new URL(url);
      if (password.length >= 16) this.search.add('database password', password);
    }
    writeFileSync(this.keypairFile, secrets.admin.toJson(), { mode: 0o600 });
  }

  get keypairFile(): string {
    return join(this.folder, 'admin.json');
  }

  /** Every setting that is a secret, and what belongs to it. */
  get env(): Record<string, string> {
    const { secrets } = this;
    return {
      NODE_ENV: 'test',
      LOG_LEVEL: 'trace',
      APP_ORIGIN: ORIGIN,
      TRUST_PROXY: '1',
      DATABASE_URL: this.database.appUrl,
      DATABASE_MIGRATION_URL: this.database.url,
      ...PATIENT_POOL,
      SOLANA_RPC_URL: `http://node:${secrets.rpcPassword}@${this.rpc.host}/v2/${secrets.rpcPath}?api-key=${secrets.rpcQuery}`,
      SOLANA_CLUSTER: 'localnet',
      ADMIN_WALLET_PUBKEYS: secrets.admin.address,
      ESCROW_DB_SECRET: secrets.oldVault,
      ESCROW_FEE_PAYER_SECRET_KEY: secrets.feePayer.toJson(),
      ...this.privy.env,
      PRIVY_AUTHORIZATION_PRIVATE_KEY: secrets.privyKey,
      ESCROW_CUSTODY: 'local',
      CRON_SECRET: secrets.cron,
      AUDIT_WEBHOOK_URL: `${this.hooks.url}/hooks/${secrets.webhookPath}`,
      AUDIT_WEBHOOK_SECRET: secrets.webhook,
      AUDIT_ANCHOR: 'memo',
      JUPITER_PRICE_URL: `${this.prices.url}/price/v3`,
      REWARD_ALLOW_MINTABLE_TOKENS: 'true',
      REWARD_APPROVAL_SUPPLY_BPS: '0',
      JUPITER_API_KEY: secrets.jupiter,
      JUPITER_PRICE_CACHE_TTL_SECONDS: '1',
      SUPABASE_URL: this.storage.url,
      SUPABASE_SERVICE_ROLE_KEY: secrets.supabase,
      PAYOUT_WAIT_SECONDS: '3',
      REWARD_CLAIM_DELAY_SECONDS: '0',
    };
  }

  /** Ends the process that runs, if any, and starts one with these changes. @throws Error with its log when it does not start */
  async start(env: Variables = {}): Promise<void> {
    await this.stop();
    this.changes = env;
    this.running = await startApi({ env: { ...this.env, ...env } });
    this.api.upstream = this.running.url;
  }

  /** One that must not start. */
  async startInVain(env: Variables): Promise<void> {
    const api = await startApi({ env: { ...this.env, ...env } }).catch((error: unknown) => String(error));
    if (typeof api !== 'string') throw new Error('it has started');
    this.printed.push(['a start that failed', api]);
  }

  async stop(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    if (running === undefined) return;
    await running.stop();
    this.printed.push(['the API', running.log()]);
  }

  /** A client with rate limits of its own. */
  client(headers: Variables = {}): RestClient {
    this.clients += 1;
    const address = { 'x-forwarded-for': `10.77.${this.clients >> 8}.${this.clients & 255}` };
    return new RestClient(this.api.url, ORIGIN, { ...address, ...headers });
  }

  async signIn(): Promise<RestClient> {
    const client = this.client();
    await client.adminLogin(this.secrets.admin);
    return client;
  }

  get host(): RewardHost {
    const fund = (lamports?: bigint) => fundedWallet(this.chain, lamports);
    return { chain: this.chain, client: () => this.client(), fundedWallet: fund };
  }

  /** The command line in a shell that has every setting. */
  async ops(args: string, env: Variables = {}): Promise<Outcome> {
    const words = [...args.split(' '), '--session', join(this.folder, 'session.json')];
    const outcome = await runOps(this.folder, words, { ...this.env, ...this.changes, ...env });
    this.printed.push([`ops ${args}`, `${outcome.out}\n${outcome.err}`]);
    return outcome;
  }

  sql<R extends object>(text: string): Promise<R[]> {
    return execute<R>(this.database.url, text);
  }

  /** What came to be while the service ran: seeds of escrows, session ids, nonces. */
  async learn(): Promise<void> {
    const keys = [this.secrets.oldVault, this.secrets.newVault].map(deriveVaultKey);
    const rows = await this.sql<SealContext & { keyId: string; sealed: Buffer }>(
      `SELECT e.commitment_id AS "commitmentId", e.address, c.message_hash AS "messageHash", c.terms_hash AS "termsHash",
              e.key_id AS "keyId", e.ciphertext AS sealed
         FROM public.escrows e JOIN public.commitments c ON c.id = e.commitment_id WHERE e.custody = 'local'`,
    );
    for (const { keyId, sealed, ...context } of rows) {
      const key = keys.find(({ id }) => id === keyId);
      if (key !== undefined) this.search.add(`seed of ${context.address}`, open(key, context, sealed));
    }
    for (const { key } of this.privy.wallets)
      this.search.addKey(`key of ${key.address}`, key.keypair.secretKey);
    this.api.relayed.forEach((relayed, nth) => this.learnOf(relayed, nth));
  }

  private learnOf({ target, answered }: Relayed, nth: number): void {
    if (answered.status > 201) return;
    if (target === '/api/admin/nonce')
      this.search.add(`nonce ${nth}`, (JSON.parse(answered.body) as { nonce: string }).nonce);
    for (const cookie of cookiesIn(answered.headers)) {
      const value = cookie.split(';', 1)[0]?.split('=').slice(1).join('=') ?? '';
      if (value !== '') this.search.add(`session ${nth}`, value);
    }
  }

  /** Everything that was printed, answered, stored and sent, searched for every secret. */
  async leaks(): Promise<Leak[]> {
    const tables = await this.dump();
    const answers = this.api.relayed.map((one): [string, string] => [
      `answer to ${one.method} ${one.target}`,
      shown(one),
    ]);
    const sent = [this.rpc, this.prices, this.hooks].flatMap(({ relayed }) =>
      relayed.map(({ target, asked }): [string, string] => [`request to ${target.slice(0, 6)}`, asked.body]),
    );
    const places = [...this.printed, ...answers, ...tables, ...sent];
    return places.flatMap(([place, text]) => this.search.leaksIn(place, text));
  }

  private async dump(): Promise<[string, string][]> {
    const tables = await this.sql<{ name: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
        WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
    );
    return Promise.all(
      tables.map(async ({ name }): Promise<[string, string]> => {
        const rows = await this.sql<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
        return [`table ${name}`, rows.map(({ row }) => row).join('\n')];
      }),
    );
  }

  /** The session that `ops login` keeps for its owner. */
  get sessionCookie(): string {
    const { cookie } = JSON.parse(readFileSync(join(this.folder, 'session.json'), 'utf8')) as {
      cookie: string;
    };
    return cookie;
  }
}

function cookiesIn(headers: readonly string[]): string[] {
  return headers.filter((_, i) => i % 2 === 1 && headers[i - 1]?.toLowerCase() === 'set-cookie');
}

/** An answer without what it is there to tell: the cookie of a login, a nonce. */
function shown({ target, answered }: Relayed): string {
  const { status, headers, body } = answered;
  const isGood = status < 300;
  const told = isGood && target === '/api/admin/login' ? cookiesIn(headers) : [];
  const text = isGood && target === '/api/admin/nonce' ? '' : body;
  return [String(status), ...headers.filter((one) => !told.includes(one)), text].join('\n');
}
