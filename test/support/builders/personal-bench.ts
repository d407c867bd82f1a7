import { expect } from 'vitest';
import { movementsOf } from '#src/local/demo/proof.js';
import type { RestClient } from '#src/local/rest-client.js';
import { honest } from '../proxies/rpc-faults.js';
import { RpcProxy } from '../proxies/rpc-proxy.js';
import { AppWorld } from '../worlds/app-world.js';
import { AMOUNT, type Created, unattested } from './personal.js';
import { balanceOf } from './wallets.js';

type Json = Record<string, unknown>;

/** Personal commitments as an admin ends them, over a chain that can be made to lie. No job runs: what moves, moves because the test asks for it. */
export class PersonalBench {
  private constructor(
    readonly world: AppWorld,
    readonly rpc: RpcProxy,
    private signedIn: RestClient,
  ) {}

  static async start(): Promise<PersonalBench> {
    const world = await AppWorld.start({ JOBS_ENABLED: 'false' });
    const rpc = await RpcProxy.start(world.chain.rpcUrl);
    await world.restart({ SOLANA_RPC_URL: rpc.url });
    return new PersonalBench(world, rpc, await world.adminClient());
  }

  get admin(): RestClient {
    return this.signedIn;
  }

  /** The service again, configured otherwise. */
  async restart(env: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.world.restart({ SOLANA_RPC_URL: this.rpc.url, ...env });
    this.signedIn = await this.world.adminClient();
  }

  async stop(): Promise<void> {
    await this.world.stop();
    await this.rpc.stop();
  }

  /** For after each test: an honest chain. */
  heal(): void {
    this.rpc.plan = honest;
  }

  inTenMinutes(): Promise<string> {
    return this.world.chainTime(600);
  }

  inAMonth(): Promise<string> {
    return this.world.chainTime(30 * 86_400);
  }

  async passDeadline({ body }: Pick<Created, 'body'>, seconds = 1): Promise<void> {
    await this.world.travelTo(Date.parse(String(body['deadline'])) + seconds * 1000);
  }

  /** Funded, unattested, and a second past its deadline. */
  async expired(given: Parameters<typeof unattested>[1] = {}) {
    const commitment = await unattested(this.world, { deadline: await this.inTenMinutes(), ...given });
    await this.passDeadline(commitment);
    return commitment;
  }

  paidOutOf({ escrow }: Created) {
    return movementsOf(this.world.chain.rpcUrl, escrow.address);
  }

  async statusOf({ id }: Created): Promise<string> {
    return (await this.world.client().get<{ status: string }>(`/commitments/${id}`)).body.status;
  }

  async payoutsOf({ id }: Created): Promise<Json[]> {
    return (await this.world.client().get<{ items: Json[] }>(`/commitments/${id}/payouts`)).body.items;
  }

  auditOf({ id }: Created, event: string) {
    return this.world.sql<{ actor: string; payoutId: string | null; fields: Json }>(
      `SELECT actor, payout_id AS "payoutId", fields FROM audit_logs WHERE commitment_id = $1 AND event = $2`,
      [id, event],
    );
  }
}

/** By the chain alone: the whole escrow has left it once, for this address. */
export async function expectPaid(
  bench: PersonalBench,
  commitment: Created,
  destination: string,
  memo: unknown,
): Promise<void> {
  const movements = await bench.paidOutOf(commitment);
  expect(movements).toMatchObject([{ to: destination, memo }]);
  const [{ lamports, feeLamports } = { lamports: 0n, feeLamports: 0n }] = movements;
  const { rpcUrl } = bench.world.chain;
  expect(lamports + feeLamports).toBe(BigInt(AMOUNT));
  expect(await balanceOf(rpcUrl, destination)).toBe(lamports);
  expect(await balanceOf(rpcUrl, commitment.escrow.address)).toBe(0n);
}
