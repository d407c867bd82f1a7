import type { AuditRow } from '#src/audit/journal/audit-row.js';
import { ApiError, type PaymentAnswer, type PayoutAnswer, type RestClient } from '#src/local/rest-client.js';
import type { LocalPriceFeed } from '#src/local/local-price-feed.js';
import type { AppWorld } from '../worlds/app-world.js';
import { refusal } from './personal.js';
import {
  type LockAnswer,
  type Market,
  type MilestoneAnswer,
  openMarket,
  release,
  type RewardAnswer,
} from './releases.js';
import { type Reward, startRewardWorld } from './rewards.js';
import { honest } from '../proxies/rpc-faults.js';
import { RpcProxy } from '../proxies/rpc-proxy.js';

type Headers = Readonly<Record<string, string>>;
type AuditedAct = Pick<AuditRow, 'actor' | 'payoutId' | 'fields'>;

/** Releases as an admin makes them, with everything that there is to see of them; the chain can be made to lie. */
export class ReleaseBench {
  private constructor(
    readonly world: AppWorld,
    readonly feed: LocalPriceFeed,
    readonly rpc: RpcProxy,
    readonly market: Market,
    private signedIn: RestClient,
    private readonly stopWorld: () => Promise<void>,
  ) {}

  /** No job runs: what moves, moves because the test asks for it. */
  static async start(): Promise<ReleaseBench> {
    const { world, feed, stop } = await startRewardWorld();
    const rpc = await RpcProxy.start(world.chain.rpcUrl);
    await world.restart({ SOLANA_RPC_URL: rpc.url });
    const [market, admin] = [await openMarket(world, feed), await world.adminClient()];
    return new ReleaseBench(world, feed, rpc, market, admin, stop);
  }

  get admin(): RestClient {
    return this.signedIn;
  }

  /** The service again, configured otherwise. */
  async restart(env: Headers = {}): Promise<void> {
    await this.world.restart({ SOLANA_RPC_URL: this.rpc.url, ...env });
    this.signedIn = await this.world.adminClient();
  }

  async stop(): Promise<void> {
    await this.stopWorld();
    await this.rpc.stop();
  }

  /** For after each test: an honest chain, of which nothing has been asked yet. */
  heal(): void {
    this.rpc.plan = honest;
    this.rpc.calls.splice(0);
  }

  /** @throws ApiError */
  release(made: Reward, milestoneId?: string) {
    return release(this.admin, made, milestoneId);
  }

  async fund({ escrow }: Reward, lamports: bigint): Promise<void> {
    await this.world.chain.cheats.fundSol(escrow, lamports);
  }

  /** What one release takes out of this empty escrow, fee included, as its refusal tells. */
  async requiredFor(made: Reward): Promise<bigint> {
    const { code, problem } = await refusal(this.release(made));
    if (code !== 'escrow_underfunded') throw new Error(`escrow ${made.escrow} is not empty: ${code}`);
    return BigInt(Number(problem['requiredLamports']));
  }

  async show({ id }: Reward): Promise<RewardAnswer> {
    return (await this.world.client().get<RewardAnswer>(`/commitments/${id}`)).body;
  }

  async statusesOf(made: Reward): Promise<MilestoneAnswer['status'][]> {
    return (await this.show(made)).milestones.map(({ status }) => status);
  }

  /** Newest first. */
  async payoutsOf({ id }: Reward): Promise<PayoutAnswer[]> {
    return (await this.world.client().get<{ items: PayoutAnswer[] }>(`/commitments/${id}/payouts`)).body
      .items;
  }

  /** Every time from another address: tests poll this. */
  async locks(): Promise<LockAnswer[]> {
    const headers = await this.world.adminHeaders();
    const { status, body } = await this.world.send('GET', '/api/admin/release-locks', { headers });
    if (status !== 200) throw new Error(`the locks were answered with ${status}`);
    return body['items'] as LockAnswer[];
  }

  async lockOf({ milestoneId }: Reward): Promise<LockAnswer | undefined> {
    return (await this.locks()).find((lock) => lock.milestoneId === milestoneId);
  }

  /** @param headers of somebody else than the admin */
  async clear({ id, milestoneId }: Reward, headers?: Headers) {
    return this.world.sendAct('admin.lock.clear', { commitmentId: id, milestoneId }, headers);
  }

  auditOf(event: string, { id }: Reward): Promise<AuditedAct[]> {
    const sql =
      'SELECT actor, payout_id AS "payoutId", fields FROM audit_logs WHERE commitment_id = $1 AND event = $2 ORDER BY id';
    return this.world.sql<AuditedAct>(sql, [id, event]);
  }
}

/** Each request is answered or refused by the API; anything else fails. */
export async function settled<T = PaymentAnswer>(requests: readonly Promise<{ body: T }>[]) {
  const results = await Promise.allSettled(requests);
  const paid = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.body] : []));
  const refused = results.flatMap((result) => {
    if (result.status === 'fulfilled') return [];
    if (result.reason instanceof ApiError) return [result.reason];
    throw result.reason;
  });
  return { paid, refused };
}
