import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RestClient } from '#src/local/rest-client.js';
import { movementsOf } from '#src/local/demo/proof.js';
import { PayoutDriver } from '#src/releases/engine/payout-driver.service.js';
import { AMOUNT, type Created, fail, statusAndCode, unattested } from '../../support/builders/personal.js';
import { setAccount } from '../../support/builders/tokens.js';
import { balanceOf, TestWallet } from '../../support/builders/wallets.js';
import { AppWorld } from '../../support/worlds/app-world.js';

type Json = Record<string, unknown>;

const second = TestWallet.generate();
let world: AppWorld;
let admin: RestClient;
let other: RestClient;

/** No job runs: what moves, moves because the test asks for it. */
beforeAll(async () => {
  world = await AppWorld.start({ JOBS_ENABLED: 'false' });
  await world.restart({ ADMIN_WALLET_PUBKEYS: `${world.admin.address},${second.address}` });
  [admin, other] = [await world.adminClient(), await world.adminClient(second)];
});
afterAll(async () => {
  await world?.stop();
});

const paidOutOf = async ({ escrow }: Created) => movementsOf(world.chain.rpcUrl, escrow.address);
const statusOf = async ({ id }: Created) =>
  (await world.client().get<{ status: string }>(`/commitments/${id}`)).body.status;
const payoutsOf = async ({ id }: Created) =>
  (await world.client().get<{ items: Json[] }>(`/commitments/${id}/payouts`)).body.items;

/** Funded, unattested, and all past their deadline. */
async function expired(count: number) {
  const deadline = await world.chainTime(600);
  const made = await Promise.all(Array.from({ length: count }, () => unattested(world, { deadline })));
  await world.travelTo(Date.parse(deadline) + 1_000);
  return made;
}

/** By the chain alone: the whole escrow has left it once, for this address. */
async function expectPaid(commitment: Created, to: string): Promise<void> {
  const movements = await paidOutOf(commitment);
  expect(movements).toMatchObject([{ to, memo: (await payoutsOf(commitment))[0]?.['id'] }]);
  const [{ lamports, feeLamports } = { lamports: 0n, feeLamports: 0n }] = movements;
  expect(lamports + feeLamports).toBe(BigInt(AMOUNT));
  expect(await balanceOf(world.chain.rpcUrl, commitment.escrow.address)).toBe(0n);
  expect(await statusOf(commitment)).toBe('failed');
}

describe('a failure whose destination is no wallet any more', () => {
  const tokenProgram = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
  const [heir, otherHeir] = [TestWallet.generate().address, TestWallet.generate().address];
  const spoil = (address: string) =>
    setAccount(world.chain.rpcUrl, address, { owner: tokenProgram, data: Buffer.alloc(165) });
  const heal = (address: string) =>
    setAccount(world.chain.rpcUrl, address, { owner: '1'.repeat(32), data: Buffer.alloc(0) });
  const change = async (
    by: RestClient,
    { id, replaces }: { id: string; replaces: string },
    destination = heir,
  ) =>
    (
      await by.act<{ inForce: boolean }>('admin.destination.change', {
        commitmentId: id,
        replaces,
        destination,
      })
    ).body.inForce;
  const toldOf = async ({ id }: Created) =>
    (await world.client().get<{ items: Json[] }>(`/timeline?commitmentId=${id}`)).body.items.filter(
      ({ destination }) => destination !== undefined,
    );

  it('R6: locks nothing: two admins sign another one, which is paid the whole escrow and stands on the timeline', async () => {
    const [commitment] = (await expired(1)) as [Awaited<ReturnType<typeof expired>>[0]];
    const { id, destinationOnFail: replaces, authority, escrow } = commitment;
    const named = { id, replaces };
    expect(await statusAndCode(change(admin, named))).toEqual([409, 'destination_payable']);
    await spoil(replaces);
    for (const never of [authority.address, escrow.address, second.address, replaces])
      expect(await statusAndCode(change(admin, named, never)), never).toEqual([
        422,
        'destination_not_payable',
      ]);
    expect(await statusAndCode(change(admin, named, tokenProgram))).toEqual([422, 'destination_not_payable']);
    expect(await statusAndCode(change(admin, { id, replaces: heir }))).toEqual([400, 'validation_failed']);
    for (const _again of [1, 2]) expect(await change(admin, named)).toBe(false);
    expect(await statusAndCode(fail(admin, id))).toEqual([422, 'destination_not_payable']);
    expect(await change(other, named)).toBe(true);
    const { body } = await fail(admin, id);
    expect(body).toMatchObject({ payout: { destination: heir }, commitment: { status: 'failed' } });
    await expectPaid(commitment, heir);
    const told = { destination: heir, replaces };
    expect(await toldOf(commitment)).toMatchObject([
      { event: 'destination_changed', ...told },
      { event: 'destination_change_proposed', ...told },
      { event: 'destination_change_proposed', ...told },
    ]);
    expect(JSON.stringify(await toldOf(commitment))).not.toContain(second.address);
  });

  it('R6: what waits already follows the two acts, the newer ones first, and goes back when the terms can be kept', async () => {
    const made = await expired(3);
    const pauses = await Promise.all(
      made.map(({ id: commitmentId }) =>
        admin.act<{ id: string }>('admin.pause.create', {
          scope: 'commitment',
          commitmentId,
          reason: 'test',
        }),
      ),
    );
    for (const { id } of made) await fail(admin, id);
    for (const { destinationOnFail } of made) await spoil(destinationOnFail);
    for (const { body } of pauses) await other.act('admin.pause.end', { pauseId: body.id });
    await drive();
    const [moved, again, healed] = made as [Created, Created, (typeof made)[0]];
    for (const one of made) {
      expect(await payoutsOf(one)).toMatchObject([
        { status: 'pending', waitingFor: expect.stringContaining('cannot be paid') },
      ]);
      const named = { id: one.id, replaces: one.destinationOnFail };
      expect([await change(admin, named), await change(other, named)]).toEqual([false, true]);
    }
    await spoil(heir);
    await drive();
    for (const one of made)
      expect(await payoutsOf(one)).toMatchObject([{ status: 'pending', destination: heir }]);
    const named = { id: again.id, replaces: String(again.body['destinationOnFail']) };
    expect([await change(admin, named, otherHeir), await change(other, named, otherHeir)]).toEqual([
      false,
      true,
    ]);
    await heal(healed.destinationOnFail);
    await drive();
    expect(await paidOutOf(again)).toMatchObject([{ to: otherHeir }]);
    expect(await paidOutOf(healed)).toMatchObject([{ to: healed.destinationOnFail }]);
    await heal(heir);
    await drive();
    await expectPaid(moved, heir);
    await expectPaid(again, otherHeir);
    await expectPaid(healed, healed.destinationOnFail);
  });

  /** Whatever is due now, a few times: what waits stays. */
  async function drive(): Promise<void> {
    for (let run = 0; run < 4; run += 1) {
      await world.sql(`UPDATE payouts SET next_run_at = now() WHERE status IN ('pending', 'in_flight')`);
      await world.app.get(PayoutDriver).runOnce();
    }
  }
});
