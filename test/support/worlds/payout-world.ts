import { randomBytes } from 'node:crypto';
import { Connection } from '@solana/web3.js';
import { Pool } from 'pg';
import { afterAll, inject } from 'vitest';
import { type ApiProcess, startApi } from '#src/local/api-process.js';
import type { LocalChain } from '#src/local/chain/chain.js';
import {
  ApiError,
  type CommitmentAnswer,
  type PaymentAnswer,
  type PayoutAnswer,
  RestClient,
} from '#src/local/rest-client.js';
import { createTestDatabase, PATIENT_POOL, type TestDatabase } from '../database.js';
import { pollUntil } from '../poll.js';
import { honest } from '../proxies/rpc-faults.js';
import { type Fault, RpcProxy } from '../proxies/rpc-proxy.js';
import { payoutHistory, reportsFailures, type FailureReporter } from './failure-report.js';
import { startPgBouncer } from '../processes/pgbouncer.js';
import { TcpProxy } from '../proxies/tcp-proxy.js';
import { fundedWallet, SOL, TestWallet, transferSol } from '../builders/wallets.js';

const ORIGIN = 'http://localhost:3000';
const LOG_LINES = 40;
/** Time enough to create and fund. */
const FAILS_AFTER_SECONDS = 8;

/** A personal commitment that is funded and attested: the next thing is its payout. */
export interface TestCommitment {
  readonly id: string;
  readonly escrow: string;
  readonly authority: TestWallet;
  readonly destinationOnFail: string;
  /** How it is to end. */
  readonly resolution: 'success' | 'failure';
}

/** What a client sees; status 0: the connection broke before an answer came. */
export interface Outcome {
  readonly status: number;
  readonly code?: string | undefined;
  readonly body?: PaymentAnswer;
}

export interface PayoutDetails extends PayoutAnswer {
  readonly waitingFor?: string;
  readonly attempts: readonly {
    readonly signature: string | null;
    readonly status: string;
    readonly lastValidBlockHeight: number;
  }[];
}

export interface WorldOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** How many API processes share the database and the chain. */
  readonly replicas?: number;
  /** How many RPC endpoints the API is told of; all of them lead to the same chain. */
  readonly endpoints?: number;
  /** Puts PgBouncer in transaction mode before the database, with so many connections. */
  readonly poolSize?: number;
}

/** What a test hands over of itself, so that nothing outlives it. */
export interface TestLife {
  onTestFinished(clean: () => Promise<void>): void;
  /** Undefined for what all tests of a file share. */
  readonly task?: { readonly id: string };
}

let lastStart: Promise<unknown> = Promise.resolve();

/** Tests run at the same time; processes that start at the same time only keep each other from starting. */
function startInTurn(start: () => Promise<ApiProcess>): Promise<ApiProcess> {
  const turn = lastStart.then(start);
  lastStart = turn.catch(() => undefined);
  return turn;
}

/** What the service could not do just now, because the chain did not answer in time, it is asked for again. */
async function untilServed<T>(ask: () => Promise<{ readonly body: T }>): Promise<T> {
  const served = await pollUntil('the service to reach its chain', async () => {
    try {
      return await ask();
    } catch (error) {
      return error instanceof ApiError && error.code === 'rpc_unavailable' ? undefined : { error };
    }
  });
  if ('error' in served) throw served.error;
  return served.body;
}

/** For a world that all tests of a file share. */
export function lifeOfFile(): TestLife {
  const cleanings: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const clean of cleanings.toReversed()) await clean();
  });
  return { onTestFinished: (clean) => cleanings.push(clean) };
}

/** The built API as processes of their own, between a database and a chain that can both be taken away or made to lie. */
export class PayoutWorld implements FailureReporter {
  readonly admin = TestWallet.generate();
  readonly apis: ApiProcess[] = [];
  private readonly ended: ApiProcess[] = [];
  /** Past the proxy, and one connection for all polling: each new one costs a process and a password check. */
  private readonly sql: Pool;
  private readonly secret = randomBytes(32).toString('base64url');

  private constructor(
    readonly chain: LocalChain,
    private readonly clone: TestDatabase,
    readonly database: TcpProxy,
    readonly rpcs: readonly RpcProxy[],
    private readonly options: WorldOptions,
  ) {
    this.sql = new Pool({ connectionString: clone.url, max: 1 });
    // Dropping the database ends connections that are still being closed; unheard, that would fail the whole run.
    this.sql.on('connect', (client) => client.on('error', () => undefined));
    this.sql.on('error', () => undefined);
  }

  /** Everything running, API included; it ends with the test. */
  static async open(test: TestLife, chain: LocalChain, options: WorldOptions = {}): Promise<PayoutWorld> {
    const clone = await createTestDatabase();
    test.onTestFinished(() => clone.drop());
    const pooler =
      options.poolSize === undefined ? undefined : await startPgBouncer(clone.appUrl, options.poolSize);
    if (pooler) test.onTestFinished(() => pooler.stop());
    const database = await TcpProxy.before(pooler?.url ?? clone.appUrl);
    test.onTestFinished(() => database.close());
    const endpoints = Array.from({ length: options.endpoints ?? 1 });
    const rpcs = await Promise.all(endpoints.map(() => RpcProxy.start(chain.rpcUrl)));
    const world = new PayoutWorld(chain, clone, database, rpcs, options);
    test.onTestFinished(() => world.stop());
    const silence = reportsFailures(world, test.task?.id);
    test.onTestFinished(async () => silence());
    await world.start();
    return world;
  }

  /** The only, or first, RPC endpoint. */
  get rpc(): RpcProxy {
    const [first] = this.rpcs;
    if (first === undefined) throw new Error('this world has no RPC endpoint');
    return first;
  }

  /** The only, or first, API process. */
  get api(): ApiProcess {
    return this.replica(0);
  }

  /** Past every proxy. */
  get databaseUrl(): string {
    return this.clone.url;
  }

  replica(index: number): ApiProcess {
    const api = this.apis[index];
    if (api === undefined) throw new Error(`API process ${index} is not running`);
    return api;
  }

  /** Starts what is not running, or as many as are wanted. */
  async start(replicas = this.options.replicas ?? 1): Promise<void> {
    const env = this.environment();
    while (this.apis.length < replicas) {
      this.apis.push(await startInTurn(() => startApi({ env, readyWithinMs: inject('patienceMs') })));
    }
  }

  /** For the next test: honest endpoints that were asked nothing yet, no rate limit used up, every process running. */
  async renew(): Promise<void> {
    for (const rpc of this.rpcs) {
      rpc.plan = honest;
      rpc.calls.length = 0;
    }
    await this.query('DELETE FROM public.rate_limits', []);
    await this.start();
  }

  /** kill -9 of every API process, or of one. */
  async crash(replica?: number): Promise<void> {
    const apis = replica === undefined ? this.apis.splice(0) : this.apis.splice(replica, 1);
    this.ended.push(...apis);
    await Promise.all(apis.map((api) => api.kill()));
  }

  /** Keeps the database as it is while no process runs. @returns what restores that, and starts the processes again */
  async backUp(): Promise<() => Promise<void>> {
    await this.crash();
    const putBack = await this.clone.backUp();
    await this.start();
    return async () => {
      await this.crash();
      await putBack();
      await this.start();
    };
  }

  /** For fault plans: every API process dies in this moment, and with it the call. */
  readonly crashNow = async (): Promise<Fault> => {
    await this.crash();
    return { kind: 'cut' };
  };

  /** SIGTERM to every API process. @returns how each ended */
  async terminate(): Promise<readonly (number | string)[]> {
    const apis = this.apis.splice(0);
    this.ended.push(...apis);
    return Promise.all(apis.map((api) => api.stop()));
  }

  /** One that nobody attested before its deadline: it can only fail. */
  async undecided(seconds = FAILS_AFTER_SECONDS): Promise<TestCommitment> {
    const connection = new Connection(this.chain.rpcUrl, 'confirmed');
    const chainSeconds = async () => (await connection.getBlockTime(await connection.getSlot())) ?? 0;
    const deadline = (await chainSeconds()) + seconds;
    try {
      const commitment = await this.funded(SOL, new Date(deadline * 1000));
      await pollUntil('the deadline to pass', async () => (await chainSeconds()) > deadline);
      return { ...commitment, resolution: 'failure' };
    } catch (error) {
      // A machine that is too slow for that gets more time.
      if (!(error instanceof ApiError) || (await chainSeconds()) < deadline) throw error;
      return this.undecided(2 * seconds);
    }
  }

  /** Created, funded and attested with the signatures of a wallet of its own; nothing of it goes through the RPC proxy's faults. */
  async attested(lamports = SOL): Promise<TestCommitment> {
    const commitment = await this.unattested(lamports);
    const client = new RestClient(this.api.url, ORIGIN);
    const params = { commitmentId: commitment.id };
    const path = '/commitments/:commitmentId/attest';
    await untilServed(() => client.signAction(commitment.authority, 'commitment.attest', params, path));
    return commitment;
  }

  /** Created and funded, with a day until its deadline. */
  unattested(lamports = SOL): Promise<TestCommitment> {
    return this.funded(lamports, new Date(Date.now() + 86_400_000));
  }

  private async funded(lamports: bigint, deadline: Date): Promise<TestCommitment> {
    const authority = await fundedWallet(this.chain, lamports + SOL);
    const client = new RestClient(this.api.url, ORIGIN);
    const destinationOnFail = TestWallet.generate().address;
    const terms = {
      kind: 'personal',
      destinationOnFail,
      amountLamports: Number(lamports),
      deadline: deadline.toISOString(),
    };
    const { id, escrow } = await untilServed(() =>
      client.signAction<CommitmentAnswer>(authority, 'commitment.create', terms, '/commitments'),
    );
    await transferSol(this.chain.rpcUrl, authority, escrow.address, lamports);
    return { id, escrow: escrow.address, authority, destinationOnFail, resolution: 'success' };
  }

  async signIn(replica = 0): Promise<RestClient> {
    const client = new RestClient(this.replica(replica).url, ORIGIN);
    await client.adminLogin(this.admin);
    return client;
  }

  /**
   * Asks for the payout as an admin who is signed in already, and never throws.
   * @param reason is owed for a failure of what was attested
   */
  async resolve(
    admin: RestClient,
    { id, resolution, reason }: TestCommitment & { readonly reason?: string },
  ): Promise<Outcome> {
    try {
      return await admin.act<PaymentAnswer>(`admin.commitment.${resolution}`, { commitmentId: id, reason });
    } catch (error) {
      return error instanceof ApiError ? { status: error.status, code: error.code } : { status: 0 };
    }
  }

  async commitment({ id }: TestCommitment): Promise<CommitmentAnswer> {
    return (await new RestClient(this.api.url, ORIGIN).get<CommitmentAnswer>(`/commitments/${id}`)).body;
  }

  /** The payout as the API shows it to anyone; undefined before it is written. */
  async payout({ id }: TestCommitment): Promise<PayoutDetails | undefined> {
    const client = new RestClient(this.api.url, ORIGIN);
    const { body } = await client.get<{ items: { id: string }[] }>(`/commitments/${id}/payouts`);
    const [payout, ...others] = body.items;
    if (others.length > 0) throw new Error(`commitment ${id} has ${body.items.length} payouts`);
    return payout && (await client.get<PayoutDetails>(`/payouts/${payout.id}`)).body;
  }

  /** Rows of the database as it is, also while no API runs. */
  async query<R extends object>(sql: string, values: readonly unknown[]): Promise<R[]> {
    return (await this.sql.query<R>(sql, [...values])).rows;
  }

  /** `pending` or `in_flight: dead, signed`: the payout and its attempts; empty before it is written. */
  async ledger({ id }: TestCommitment): Promise<string> {
    const rows = await this.query<{ status: string; attempts: string | null }>(
      `SELECT p.status, string_agg(a.status, ', ' ORDER BY a.number) AS attempts
         FROM public.payouts p LEFT JOIN public.payout_attempts a ON a.payout_id = p.id
        WHERE p.commitment_id = $1 GROUP BY p.id`,
      [id],
    );
    return rows.map(({ status, attempts }) => (attempts ? `${status}: ${attempts}` : status)).join('; ');
  }

  /** Waits until payout and attempts are so, by the database: polling the API would run into its rate limits. */
  async untilLedger(commitment: TestCommitment, wanted: RegExp): Promise<string> {
    const look = async () => {
      const ledger = await this.ledger(commitment);
      return wanted.test(ledger) ? ledger : undefined;
    };
    return pollUntil(`the ledger of ${commitment.id} to be ${String(wanted)}`, look);
  }

  /** Actors of all audit rows of one event about a commitment. */
  async actorsOf(event: string, { id }: TestCommitment): Promise<string[]> {
    const sql = `SELECT actor FROM public.audit_logs WHERE event = $1 AND commitment_id = $2 ORDER BY id`;
    const rows = await this.query<{ actor: string }>(sql, [event, id]);
    return rows.map(({ actor }) => actor);
  }

  private environment(): Record<string, string> {
    return {
      NODE_ENV: 'test',
      LOG_LEVEL: 'warn',
      APP_ORIGIN: ORIGIN,
      DATABASE_URL: this.database.url,
      ...PATIENT_POOL,
      SOLANA_RPC_URL: this.rpcs.map(({ url }) => url).join(','),
      SOLANA_CLUSTER: 'localnet',
      ESCROW_DB_SECRET: this.secret,
      ADMIN_WALLET_PUBKEYS: this.admin.address,
      ...this.options.env,
    };
  }

  private async stop(): Promise<void> {
    await this.crash();
    await this.sql.end();
    await Promise.all(this.rpcs.map((rpc) => rpc.stop()));
  }

  async report(): Promise<string> {
    const calls = this.rpcs.map(({ calls }) => calls.map(({ method }) => method).slice(-LOG_LINES));
    const logs = [...this.ended, ...this.apis].map((api) => api.log().split('\n').slice(-LOG_LINES));
    const history = await payoutHistory((sql) => this.query(sql, []));
    return [...logs.map((lines) => lines.join('\n')), ...calls.map((list) => list.join(' ')), history].join(
      '\n--\n',
    );
  }
}
