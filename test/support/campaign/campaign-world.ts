import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { LocalChain } from '#src/local/chain/chain.js';
import { LocalPriceFeed } from '#src/local/local-price-feed.js';
import { CRON_SECRET } from '../builders/rewards.js';
import { TestWallet } from '../builders/wallets.js';
import { PATIENT_POOL } from '../database.js';
import { PrivyDouble } from '../doubles/privy-double.js';
import { SupabaseDouble } from '../doubles/supabase-double.js';
import { WEBHOOK_SECRET, WebhookReceiver } from '../doubles/webhook-receiver.js';
import { HttpRelay } from '../proxies/http-relay.js';
import { Liar } from '../proxies/rpc-lies.js';
import { type FaultPlan, RpcProxy } from '../proxies/rpc-proxy.js';
import { firstOf, withoutUndead } from '../proxies/rpc-faults.js';
import { TcpProxy } from '../proxies/tcp-proxy.js';
import { Random } from '../random.js';
import { execute } from '../sql.js';
import { payoutHistory, reportsFailures } from '../worlds/failure-report.js';
import type { TestLife } from '../worlds/payout-world.js';
import { type FaultDatabase, ownServer, shareServer } from './fault-database.js';
import type { Frame, Partner } from './plan.js';
import { Replica } from './replica.js';

export const ORIGIN = 'http://localhost:3000';
const SUPABASE_KEY = 'service-role-key-of-the-campaign';

/** What stands behind the proxies, and lies when it is told to. */
export interface Partners {
  readonly rpcs: readonly RpcProxy[];
  readonly liars: readonly Liar[];
  readonly privy: PrivyDouble;
  readonly feed: LocalPriceFeed;
  readonly storage: HttpRelay;
  readonly receiver: WebhookReceiver;
}

/** The built service as processes of their own, with a failing proxy before everything that they talk to. */
export class CampaignWorld {
  readonly admins = [TestWallet.generate(), TestWallet.generate()];
  readonly replicas: Replica[] = [];
  readonly secret = randomBytes(32).toString('base64url');

  private constructor(
    readonly chain: LocalChain,
    readonly database: FaultDatabase,
    readonly partners: Partners,
    readonly proxies: Readonly<Record<Partner, TcpProxy>>,
    private readonly folder: string,
  ) {}

  /** Everything running; it ends with the test. */
  static async open(test: TestLife, chain: LocalChain, frame: Frame, seed: number): Promise<CampaignWorld> {
    const kept = async <T>(starting: Promise<T>, end: (it: T) => Promise<unknown>): Promise<T> => {
      const it = await starting;
      test.onTestFinished(async () => void (await end(it)));
      return it;
    };
    const folder = mkdtempSync(join(tmpdir(), 'cts-campaign-'));
    test.onTestFinished(async () => rmSync(folder, { recursive: true, force: true }));
    const database = await kept(frame.ownServer ? ownServer() : shareServer(), (it) => it.end());
    const partners = await startPartners(chain, seed, kept);
    const before = (url: string) => kept(TcpProxy.before(url), (it) => it.close());
    const [first, second] = partners.rpcs;
    const proxies = {
      database: database.proxy,
      'rpc-1': await before(first?.url ?? ''),
      'rpc-2': await before(second?.url ?? ''),
      privy: await before(partners.privy.url),
      jupiter: await before(partners.feed.url),
      supabase: await before(partners.storage.url),
      webhook: await before(partners.receiver.url),
    };
    const world = new CampaignWorld(chain, database, partners, proxies, folder);
    test.onTestFinished(async () => {
      await Promise.all(world.replicas.map((replica) => replica.stop()));
    });
    const silence = reportsFailures(world, test.task?.id);
    test.onTestFinished(async () => silence());
    await world.startReplicas(frame.replicas);
    return world;
  }

  /** Past every proxy that fails; throws while the server itself is away. */
  query<R extends object>(sql: string, values: unknown[] = []): Promise<R[]> {
    return execute<R>(this.database.url, sql, values);
  }

  async report(): Promise<string> {
    const logs = this.replicas.map((replica) => replica.log());
    return [...logs, await payoutHistory((sql) => this.query(sql))].join('\n--\n');
  }

  /** One after the other: those that start at the same time only keep each other from starting. */
  private async startReplicas(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      // Keys of both kinds: where an escrow is made decides who keeps it.
      const env = { ...this.environment(), ESCROW_CUSTODY: index === 0 ? 'privy' : 'local' };
      const name = `replica-${index + 1}`;
      this.replicas.push(
        await Replica.start({ name, env, folder: this.folder, readyWithinMs: inject('patienceMs') }),
      );
    }
  }

  private environment(): Record<string, string> {
    const { proxies, partners } = this;
    return {
      ...partners.privy.env,
      NODE_ENV: 'test',
      LOG_LEVEL: 'warn',
      APP_ORIGIN: ORIGIN,
      TRUST_PROXY: '1',
      DATABASE_URL: proxies.database.url,
      ...PATIENT_POOL,
      PG_POOL_CONNECTION_TIMEOUT_MS: '5000',
      SOLANA_RPC_URL: `${proxies['rpc-1'].url},${proxies['rpc-2'].url}`,
      SOLANA_CLUSTER: 'localnet',
      SOLANA_RPC_TIMEOUT_MS: '2000',
      RPC_SECOND_VOICE_WAIT_SECONDS: '5',
      PAYOUT_WAIT_SECONDS: '2',
      ESCROW_DB_SECRET: this.secret,
      ADMIN_WALLET_PUBKEYS: this.admins.map(({ address }) => address).join(','),
      PRIVY_API_URL: withoutSlash(proxies.privy.url),
      PRIVY_WALLET_API_URL: withoutSlash(proxies.privy.url),
      JUPITER_PRICE_URL: proxies.jupiter.url,
      JUPITER_PRICE_CACHE_TTL_SECONDS: '5',
      SUPABASE_URL: withoutSlash(proxies.supabase.url),
      SUPABASE_SERVICE_ROLE_KEY: SUPABASE_KEY,
      AUDIT_WEBHOOK_URL: proxies.webhook.url,
      AUDIT_WEBHOOK_SECRET: WEBHOOK_SECRET,
      AUDIT_WEBHOOK_ALLOW_PRIVATE: 'true',
      REWARD_ALLOW_MINTABLE_TOKENS: 'true',
      REWARD_APPROVAL_SUPPLY_BPS: '0',
      REWARD_CLAIM_DELAY_SECONDS: '0',
      FAILURE_NOTICE_SECONDS: '8',
      CRON_SECRET,
    };
  }
}

/** How a voice speaks while nothing else is wanted of it. */
export function voiceOf(liar: Liar): FaultPlan {
  return firstOf(liar.plan, withoutUndead);
}

type Keep = <T>(starting: Promise<T>, end: (it: T) => Promise<unknown>) => Promise<T>;

async function startPartners(chain: LocalChain, seed: number, kept: Keep): Promise<Partners> {
  const rpcs: RpcProxy[] = [];
  const liars: Liar[] = [];
  for (const voice of [1, 2]) {
    const liar = new Liar(new Random(seed * 31 + voice * 7_919), chain.rpcUrl);
    rpcs.push(await kept(RpcProxy.start(chain.rpcUrl, voiceOf(liar)), (it) => it.stop()));
    liars.push(liar);
  }
  const supabase = await kept(SupabaseDouble.start(SUPABASE_KEY), (it) => it.stop());
  return {
    rpcs,
    liars,
    privy: await kept(PrivyDouble.start(), (it) => it.stop()),
    feed: await kept(LocalPriceFeed.start(), (it) => it.stop()),
    storage: await kept(HttpRelay.before(supabase.url), (it) => it.stop()),
    receiver: await kept(WebhookReceiver.start(), (it) => it.die()),
  };
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, '');
}
