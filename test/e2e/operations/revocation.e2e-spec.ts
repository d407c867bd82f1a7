import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PayoutAnswer } from '#src/local/rest-client.js';
import { PayoutDriver } from '#src/releases/engine/payout-driver.service.js';
import { attested, succeed } from '../../support/builders/personal.js';
import { balanceOf, TestWallet } from '../../support/builders/wallets.js';
import { pollUntil } from '../../support/poll.js';
import { AppWorld } from '../../support/worlds/app-world.js';

const second = TestWallet.generate();
let world: AppWorld;
beforeAll(async () => {
  world = await AppWorld.start({ JOBS_ENABLED: 'false' });
  await world.restart({ ADMIN_WALLET_PUBKEYS: `${world.admin.address},${second.address}` });
});
afterAll(async () => {
  await world?.stop();
});

async function drive(): Promise<void> {
  await world.sql('UPDATE payouts SET next_run_at = now()');
  await world.app.get(PayoutDriver).runOnce();
}

const show = async (id: string) =>
  (await world.client().get<PayoutAnswer & { readonly waitingFor?: string }>(`/payouts/${id}`)).body;

describe('T16: what a revoked admin has decided and nothing has signed yet', () => {
  it('is not paid, says so, and is paid once when another admin confirms it', async () => {
    const made = await attested(world);
    const [thief, other] = [await world.adminClient(), await world.adminClient(second)];
    const begun = new Date().toISOString();
    const pause = await other.act<{ id: string }>('admin.pause.create', { scope: 'all', reason: 'a look' });
    const decided = await succeed(thief, made.id);
    expect(decided.status).toBe(202);
    const { id } = decided.body.payout;
    await other.act('admin.revocation.create', { admin: world.admin.address, voidFrom: begun });
    await other.act('admin.pause.end', { pauseId: pause.body.id });

    await drive();
    const kept = await show(id);
    expect(kept).toMatchObject({ status: 'pending', attempts: [] });
    expect(kept.waitingFor).toContain('voided by a revocation');

    await other.act('admin.payout.retry', { payoutId: id });
    await pollUntil('the payment', async () => {
      await drive();
      return (await show(id)).status === 'finalized' || undefined;
    });
    expect(await balanceOf(world.chain.rpcUrl, made.escrow.address)).toBe(0n);
    expect((await show(id)).attempts).toHaveLength(1);
  });
});
