import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PaymentAnswer, RestClient } from '#src/local/rest-client.js';
import { movementsOf } from '#src/local/demo/proof.js';
import {
  AMOUNT,
  attested,
  type Created,
  fail,
  refusal,
  statusAndCode,
  succeed,
  unattested,
} from '../../support/builders/personal.js';
import {
  claimable,
  openMarket,
  paidOutOf as paidOf,
  release,
  UNLOCK,
} from '../../support/builders/releases.js';
import { startRewardWorld } from '../../support/builders/rewards.js';
import { balanceOf } from '../../support/builders/wallets.js';
import { honest, slow } from '../../support/proxies/rpc-faults.js';
import { RpcProxy } from '../../support/proxies/rpc-proxy.js';
import { finalize } from '../../support/builders/sweeps.js';
import type { AppWorld } from '../../support/worlds/app-world.js';

type Json = Record<string, unknown>;

let started: Awaited<ReturnType<typeof startRewardWorld>>;
let world: AppWorld;
let rpc: RpcProxy;
let admin: RestClient;

beforeAll(async () => {
  started = await startRewardWorld();
  ({ world } = started);
  rpc = await RpcProxy.start(world.chain.rpcUrl);
  await world.restart({ SOLANA_RPC_URL: rpc.url });
  admin = await world.adminClient();
});
afterEach(() => {
  rpc.plan = honest;
});
afterAll(async () => {
  await started?.stop();
  await rpc?.stop();
});

const paidOutOf = async ({ escrow }: Created) => movementsOf(world.chain.rpcUrl, escrow.address);
const statusOf = async ({ id }: Created) =>
  (await world.client().get<{ status: string }>(`/commitments/${id}`)).body.status;

interface Stray {
  readonly commitmentId: string;
  readonly strayLamports: number;
}

const strays = async () => {
  const items: Stray[] = [];
  for (let cursor = ''; ;) {
    const { body } = await admin.get<{ items: Stray[]; nextCursor: string | null }>(
      `/admin/stray-deposits?limit=3${cursor}`,
    );
    items.push(...body.items);
    if (body.nextCursor === null) return items;
    cursor = `&cursor=${body.nextCursor}`;
  }
};
const forward = ({ id }: Created) => admin.act<PaymentAnswer>('admin.stray.forward', { commitmentId: id });

describe('money that reaches an escrow after the settlement', () => {
  it('R5: after a success is listed, and goes to the authority as often as it comes', async () => {
    const commitment = await attested(world);
    const destination = commitment.authority.address;
    expect(await statusAndCode(forward(commitment))).toEqual([409, 'not_settled']);
    await succeed(admin, commitment.id);
    expect(await strays()).toEqual([]);
    // T3: not before the refund is final.
    const early = await refusal(forward(commitment));
    expect([early.status, early.code]).toEqual([409, 'not_settled']);
    expect(early.problem['detail']).toContain('not finalized');
    await finalize(world, commitment);
    const empty = await refusal(forward(commitment));
    expect([empty.status, empty.code]).toEqual([422, 'escrow_underfunded']);
    expect(empty.problem['detail']).toContain('nothing to forward');
    let received = await balanceOf(world.chain.rpcUrl, destination);
    for (const lamports of [3_000_000n, 5_000_000n]) {
      await world.chain.cheats.fundSol(commitment.escrow.address, lamports);
      expect(await strays()).toEqual([
        {
          commitmentId: commitment.id,
          status: 'succeeded',
          escrow: commitment.escrow.address,
          balanceLamports: Number(lamports),
          promisedLamports: 0,
          strayLamports: Number(lamports),
          destination,
        },
      ]);
      const { status, body } = await forward(commitment);
      expect(status).toBe(200);
      expect(body.payout).toMatchObject({ purpose: 'stray_forward', destination });
      const sent = (await paidOutOf(commitment)).at(-1);
      expect(sent).toMatchObject({ to: destination, memo: body.payout.id, signature: body.signature });
      expect((sent?.lamports ?? 0n) + (sent?.feeLamports ?? 0n)).toBe(lamports);
      received += sent?.lamports ?? 0n;
      expect(await balanceOf(world.chain.rpcUrl, destination)).toBe(received);
      await finalize(world, commitment);
    }
    expect(await strays()).toEqual([]);
    expect(await statusOf(commitment)).toBe('succeeded');
  });

  it('R5: after the last release goes to the creator', async () => {
    const made = await claimable(world, await openMarket(world, started.feed), { lamports: 2n * UNLOCK });
    await release(admin, made);
    await finalize(world, made);
    const { body } = await admin.act<PaymentAnswer>('admin.stray.forward', { commitmentId: made.id });
    expect(body.payout).toMatchObject({ purpose: 'stray_forward', destination: made.creator.address });
    expect(await paidOf(world, made)).toHaveLength(2);
  });

  it('M7: is forwarded once, however many ask at the same time', async () => {
    const commitment = await unattested(world, { deadline: await world.chainTime(600), lamports: 0n });
    await world.travelTo(Date.parse(String(commitment.body['deadline'])) + 1_000);
    await fail(admin, commitment.id);
    await world.chain.cheats.fundSol(commitment.escrow.address, BigInt(AMOUNT));
    rpc.plan = slow(30);
    const calls = await Promise.allSettled(Array.from({ length: 8 }, () => forward(commitment)));
    const answers = calls.map((call) =>
      call.status === 'fulfilled' ? call.value.body.payout.id : (call.reason as Json)['code'],
    );
    const { body } = await world.client().get<{ items: Json[] }>(`/commitments/${commitment.id}/payouts`);
    expect(new Set(answers)).toEqual(new Set(body.items.map(({ id }) => id)));
    expect(await paidOutOf(commitment)).toMatchObject([
      { to: commitment.destinationOnFail, memo: body.items[0]?.['id'] },
    ]);
  });
});
