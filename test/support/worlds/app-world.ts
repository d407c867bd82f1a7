import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { parseEnvironment } from '#config/environment.js';
import { createApp } from '#src/app.setup.js';
import { createLogger } from '#src/common/http/logger.js';
import { type AdminAction, adminRequest } from '#src/common/admin-actions.js';
import { Chain } from '#src/chain/port/chain.js';
import type { EndpointOptions } from '#src/common/endpoint.js';
import type { LocalChain } from '#src/local/chain/chain.js';
import { RestClient } from '#src/local/rest-client.js';
import { createTestDatabase, PATIENT_POOL, type TestDatabase } from '../database.js';
import { startTestChain } from './localnet.js';
import { LastLines, payoutHistory, reportsFailures, type FailureReporter } from './failure-report.js';
import { freePort } from '../ports.js';
import { type RawAnswer, type RawRequest, sendRaw } from '../proxies/raw-http.js';
import { execute, withClient } from '../sql.js';
import { SOL, TestWallet } from '../builders/wallets.js';

export interface Route {
  readonly method: string;
  /** Pattern, with the prefix: `/api/commitments/:id`. */
  readonly path: string;
  readonly endpoint: EndpointOptions | undefined;
}

type Variables = Readonly<Record<string, string>>;

const ORIGIN = 'https://app.example.com';
const ESCROW_SECRET = 'e2e-secret-'.repeat(4);
/** Tables that every request may write to, and those of the scheduler. */
const BOOKKEEPING = ['rate_limits', 'admin_session_visits', 'jobs', 'job_runs'];
const PAGES = /^\/((docs|console|public|c|new)(\/.*)?|openapi\.json)$/;

let clients = 0;

/**
 * The whole service in this process, on a port of its own, over a real database and a real chain. A test speaks to it as
 * any client does.
 */
export class AppWorld implements FailureReporter {
  readonly origin: string;
  readonly escrowSecret = ESCROW_SECRET;
  readonly admin = TestWallet.generate();
  routes: Route[] = [];
  private readonly replicas: NestFastifyApplication[] = [];
  private running: NestFastifyApplication | undefined;
  private readonly log = new LastLines();
  private readonly silence = reportsFailures(this);

  private constructor(
    readonly chain: LocalChain,
    private readonly database: TestDatabase,
    private readonly port: number,
    private readonly env: Variables,
  ) {
    this.origin = env['APP_ORIGIN'] ?? ORIGIN;
  }

  /** @param env settings beside those of the world */
  static async start(env: Variables = {}, port?: number): Promise<AppWorld> {
    const chain = await startTestChain({ slotMs: 50 });
    const database = await createTestDatabase();
    const world = new AppWorld(chain, database, port ?? (await freePort()), env);
    try {
      await world.restart();
    } catch (error) {
      await world.stop();
      throw error;
    }
    return world;
  }

  /** For browsers: what the service takes for its APP_ORIGIN is where it really is. */
  static async startForBrowsers(env: Variables = {}): Promise<AppWorld> {
    const port = await freePort();
    return AppWorld.start({ ...env, APP_ORIGIN: `http://127.0.0.1:${port}` }, port);
  }

  /** Starts the service again at the same address, configured otherwise; database and chain stay. */
  async restart(env: Variables = {}): Promise<void> {
    await this.running?.close();
    this.running = undefined;
    const app = await this.create(env);
    this.running = app;
    this.routes = collectRoutes(app);
    await app.listen(this.port, '127.0.0.1');
  }

  /** Another process' worth of the service over the same database and chain, without a door of its own; ends with the world. */
  async replica(env: Variables = {}): Promise<NestFastifyApplication> {
    const app = await this.create(env);
    await app.init();
    this.replicas.push(app);
    return app;
  }

  async stop(): Promise<void> {
    this.silence();
    await Promise.all(this.replicas.map((app) => app.close()));
    await this.running?.close();
    await this.chain.stop();
    await this.database.drop();
  }

  get app(): NestFastifyApplication {
    if (this.running === undefined) throw new Error('the service is not running');
    return this.running;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get databaseUrl(): string {
    return this.database.url;
  }

  /** Routes of the API proper, without the static pages. */
  get apiRoutes(): Route[] {
    return this.routes.filter(({ path }) => !PAGES.test(path));
  }

  /** The database as the service connects to it, with the rights of the API's role alone. */
  get appDatabaseUrl(): string {
    return this.database.appUrl;
  }

  /** A client with an address, and so rate limits, of its own. */
  client(): RestClient {
    return new RestClient(this.url, this.origin, ownAddress());
  }

  async adminClient(wallet = this.admin): Promise<RestClient> {
    const client = this.client();
    await client.adminLogin(wallet);
    return client;
  }

  /** The headers of a signed-in admin's browser. */
  async adminHeaders(wallet = this.admin): Promise<Record<string, string>> {
    const { nonce, message } = await this.ask('/admin/nonce', { wallet: wallet.address });
    const signature = wallet.signBase58(String(message));
    const rawBody = JSON.stringify({ wallet: wallet.address, nonce, signature });
    const headers = { 'content-type': 'application/json', origin: this.origin };
    const answer = await this.send('POST', '/api/admin/login', { headers, rawBody });
    const cookie = answer.headers['set-cookie']?.split(';', 1)[0] ?? '';
    return { cookie, origin: this.origin };
  }

  /** @param path with the prefix */
  send(method: string, path: string, { headers = {}, rawBody }: RawRequest = {}): Promise<RawAnswer> {
    const all = { ...ownAddress(), ...headers };
    return sendRaw(this.url, method, path, { headers: all, ...(rawBody === undefined ? {} : { rawBody }) });
  }

  /** Posts text as JSON, however broken. @param path without the prefix */
  post(path: string, rawBody: string, headers: Variables = {}): Promise<RawAnswer> {
    const all = { 'content-type': 'application/json', ...headers };
    return this.send('POST', `/api${path}`, { headers: all, rawBody });
  }

  /** The answer's body of a request that has to succeed. */
  async ask(path: string, body: unknown): Promise<Record<string, unknown>> {
    return (await this.client().post<Record<string, unknown>>(path, body)).body;
  }

  /** The body of an admin's act, signed; with a made-up signature where no text is given out for it. */
  async actBody(action: AdminAction, params: Record<string, unknown>, wallet = this.admin) {
    const asked = await this.post(
      '/signing-messages',
      JSON.stringify({ action, wallet: wallet.address, params }),
    );
    const { message = 'refused', issuedAt = new Date().toISOString() } = asked.body;
    const signature = wallet.signBase58(String(message));
    return { ...adminRequest(action, params).body, wallet: wallet.address, issuedAt, signature };
  }

  /** Signs an admin's act and sends it. */
  async sendAct(
    action: AdminAction,
    params: Record<string, unknown>,
    headers?: Variables,
  ): Promise<RawAnswer> {
    const { method, path } = adminRequest(action, params);
    const all = { 'content-type': 'application/json', ...(headers ?? (await this.adminHeaders())) };
    const rawBody = JSON.stringify(await this.actBody(action, params));
    return this.send(method, `/api${path}`, { headers: all, rawBody });
  }

  async chainSeconds(): Promise<number> {
    return (await this.app.get(Chain).now()).unixSeconds;
  }

  /** A time on the chain's clock, as the API takes it. */
  async chainTime(secondsFromNow: number): Promise<string> {
    return new Date(((await this.chainSeconds()) + secondsFromNow) * 1000).toISOString();
  }

  /** Moves the chain's clock; forward only. */
  async travelTo(time: string | number): Promise<void> {
    await this.chain.cheats.timeTravelTo(new Date(time));
  }

  async fundedWallet(lamports: bigint = 10n * SOL): Promise<TestWallet> {
    const wallet = TestWallet.generate();
    await this.chain.cheats.fundSol(wallet.address, lamports);
    return wallet;
  }

  sql<R extends object = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<R[]> {
    return execute<R>(this.database.url, text, values);
  }

  /**
   * Digest of all rows of every table, their row versions included: equal digests mean that nothing was written.
   * @param except tables that are left out beside the rate limits
   */
  async rowsDigest(except: readonly string[] = []): Promise<Record<string, string>> {
    return withClient(this.database.url, async (client) => {
      const { rows: tables } = await client.query<{ name: string }>(
        `SELECT table_name AS name FROM information_schema.tables
         WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> ALL ($1) ORDER BY 1`,
        [[...BOOKKEEPING, ...except]],
      );
      const digests = tables.map(
        ({ name }) =>
          `SELECT '${name}' AS name, count(*) || ' rows ' ||
             md5(coalesce(string_agg(t.xmin || t::text, '|' ORDER BY t::text), '')) AS digest FROM public."${name}" t`,
      );
      const { rows } = await client.query<{ name: string; digest: string }>(digests.join(' UNION ALL '));
      return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]));
    });
  }

  async report(): Promise<string> {
    return `${this.log.text()}\n--\n${await payoutHistory((sql) => this.sql(sql))}`;
  }

  private create(env: Variables): Promise<NestFastifyApplication> {
    const environment = parseEnvironment({ ...this.settings(), ...this.env, ...env });
    return createApp(environment, { logger: createLogger('warn', this.log) });
  }

  private settings(): Variables {
    return {
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      APP_ORIGIN: this.origin,
      DATABASE_URL: this.database.appUrl,
      ...PATIENT_POOL,
      SOLANA_RPC_URL: this.chain.rpcUrl,
      SOLANA_CLUSTER: 'localnet',
      ESCROW_DB_SECRET: this.escrowSecret,
      ADMIN_WALLET_PUBKEYS: this.admin.address,
      TRUST_PROXY: '1',
      // A local chain has no Metaplex: whoever speaks for a token there is its mint authority.
      REWARD_ALLOW_MINTABLE_TOKENS: 'true',
      REWARD_APPROVAL_SUPPLY_BPS: '0',
    };
  }
}

/** Each caller comes from elsewhere, so that the rate limits of tests do not add up. */
function ownAddress(): { 'x-forwarded-for': string } {
  clients += 1;
  return { 'x-forwarded-for': `10.${(clients >> 16) & 255}.${(clients >> 8) & 255}.${clients & 255}` };
}

function collectRoutes(app: NestFastifyApplication): Route[] {
  const routes: Route[] = [];
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRoute', ({ method, url, config }) => {
    const { endpoint }: { endpoint?: EndpointOptions } = config ?? {};
    const methods = [method].flat().filter((name) => name !== 'HEAD' && name !== 'OPTIONS');
    for (const name of methods) routes.push({ method: name, path: url, endpoint });
  });
  return routes;
}
