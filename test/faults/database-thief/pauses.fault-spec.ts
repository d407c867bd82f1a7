import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RestClient } from '#src/local/rest-client.js';
import { DatabaseThief } from '../../support/builders/database-thief.js';
import { AMOUNT, attested, type Created, succeed } from '../../support/builders/personal.js';
import { balanceOf, TestWallet } from '../../support/builders/wallets.js';
import { AppWorld } from '../../support/worlds/app-world.js';

const second = TestWallet.generate();
let world: AppWorld;
let thief: DatabaseThief;
let admin: RestClient;
let other: RestClient;
beforeAll(async () => {
  world = await AppWorld.start({ JOBS_ENABLED: 'false', PAYOUT_WAIT_SECONDS: '1' });
  thief = new DatabaseThief(world);
  await world.restart({ ADMIN_WALLET_PUBKEYS: `${world.admin.address},${second.address}` });
  admin = await world.adminClient();
  other = await world.adminClient(second);
});
afterAll(async () => {
  await world?.stop();
});

const held = ({ escrow }: Created) => balanceOf(world.chain.rpcUrl, escrow.address);

async function pause(given: Record<string, string>): Promise<string> {
  return (await admin.act<{ id: string }>('admin.pause.create', { reason: 'a look', ...given })).body.id;
}

async function ended(): Promise<string> {
  const pauseId = await pause({ scope: 'purpose', purpose: 'stray_forward' });
  await other.act('admin.pause.end', { pauseId });
  return pauseId;
}

/** Its refund is decided, and kept by a pause of its own. */
async function paused(): Promise<{ made: Created; payoutId: string; pauseId: string }> {
  const made = await attested(world);
  const pauseId = await pause({ scope: 'commitment', commitmentId: made.id });
  const { body } = await succeed(admin, made.id);
  expect(body.payout).toMatchObject({ waitingFor: expect.stringMatching(/^paused by /) });
  return { made, payoutId: body.payout.id, pauseId };
}

describe('T8: who takes a pause away', () => {
  it('has nothing paid that it keeps, by no row and no older mark; once its end is signed, it is paid', async () => {
    const older = await ended();
    const head = await thief.copy('marks', `kind = 'pauses'`);
    const { made, payoutId, pauseId } = await paused();
    const whole = await thief.dump();
    const his = `id = '${pauseId}'`;
    const over = `ended_at = now(), ended_by = '${second.address}'`;
    let alarms = 0;
    for (const change of [
      `DELETE FROM payout_pauses WHERE ${his}`,
      `DELETE FROM payout_pauses; DELETE FROM marks WHERE kind = 'pauses'`,
      `UPDATE payout_pauses SET ${over} WHERE ${his}`,
      `UPDATE payout_pauses SET ended_at = NULL, ended_by = NULL WHERE id = '${older}';
       UPDATE payout_pauses SET ${over} WHERE ${his}`,
      `UPDATE payout_pauses SET ends_at = created_at + interval '1 second' WHERE ${his}`,
      `UPDATE payout_pauses SET scope = 'purpose', purpose = 'stray_forward', commitment_id = NULL WHERE ${his}`,
      `UPDATE payout_pauses SET number = NULL, ${over} WHERE ${his}`,
    ]) {
      await thief.write(change);
      await thief.driven();
      expect(await held(made), change).toBe(BigInt(AMOUNT));
      expect(await thief.alarms(payoutId), change).toBe((alarms += 1));
      expect(await thief.tablesNamed(), change).toContain('payout_pauses');
      await whole();
    }
    await thief.write(`DELETE FROM payout_pauses WHERE ${his}`);
    await head();
    await thief.driven();
    expect(await held(made)).toBe(BigInt(AMOUNT));
    await whole();
    await other.act('admin.pause.end', { pauseId });
    await thief.driven();
    expect(await held(made)).toBe(0n);
  });

  it('stops payouts until an admin has paused all of them and another one lets them go on', async () => {
    const { made, pauseId } = await paused();
    await thief.write(`DELETE FROM payout_pauses WHERE id = '${pauseId}'`);
    await thief.driven();
    const all = await pause({ scope: 'all' });
    await thief.driven();
    expect(await held(made)).toBe(BigInt(AMOUNT));
    await other.act('admin.pause.end', { pauseId: all });
    await thief.driven();
    expect(await held(made)).toBe(0n);
  });

  it('makes one himself, or a person does by SQL: it stops what it covers, and nothing else', async () => {
    const [made, free] = [await attested(world), await attested(world)];
    await thief.write(
      `INSERT INTO payout_pauses (id, scope, commitment_id, reason, created_by, created_at)
       VALUES (gen_random_uuid(), 'commitment', '${made.id}', 'by hand', 'somebody', now())`,
    );
    for (const { id } of [made, free]) await succeed(admin, id);
    await thief.driven();
    expect([await held(made), await held(free)]).toEqual([BigInt(AMOUNT), 0n]);
  });
});
