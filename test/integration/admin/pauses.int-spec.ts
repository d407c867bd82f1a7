import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PauseEnds } from '#src/releases/pauses/pause-ends.service.js';
import { TestWallet } from '../../support/builders/wallets.js';
import { AdminsWorld } from '../../support/worlds/admins-world.js';

const [ANN, BEN] = [TestWallet.generate(), TestWallet.generate()];
const DAY = 86_400_000;

let world: AdminsWorld;
let ann: string;
beforeEach(async () => {
  world = await AdminsWorld.start([ANN, BEN], 1);
  ann = await world.signIn(ANN);
});
afterEach(() => world.stop());

const pause = () => world.act(ANN, ann, 'admin.pause.create', { scope: 'all', reason: 'a look' });
const end = (wallet: TestWallet, cookie: string, pauseId: unknown) =>
  world.act(wallet, cookie, 'admin.pause.end', { pauseId });
const ends = `SELECT actor, event FROM audit_logs WHERE event IN ('pause_over_ok', 'admin_pause_end_ok')`;

describe('T16: a pause', () => {
  it('is ended by another admin, not by who made it; alone that admin may', async () => {
    const { body } = await pause();
    const own = await end(ANN, ann, body['id']);
    expect([own.status, own.body['code']]).toEqual([403, 'second_admin_needed']);
    const other = await end(BEN, await world.signIn(BEN), body['id']);
    expect([other.status, other.body['endedBy']]).toEqual([200, BEN.address]);

    world.at(0).clock.forward(1_000);
    const { body: second } = await pause();
    await world.act(ANN, ann, 'admin.revocation.create', { admin: BEN.address });
    expect((await end(ANN, ann, second['id'])).status).toBe(200);
  });

  it('says when it ends, and does so without anybody: it stops nothing then, and the log has it', async () => {
    const { body } = await pause();
    const { app, clock } = world.at(0);
    expect(Date.parse(String(body['endsAt'])) - Date.parse(String(body['createdAt']))).toBe(30 * DAY);
    expect(await app.get(PauseEnds, { strict: false }).run()).toEqual({ ended: 0 });
    clock.forward(30 * DAY);
    expect(await app.get(PauseEnds, { strict: false }).run()).toEqual({ ended: 1 });
    expect(await world.sql(ends)).toEqual([{ actor: 'anonymous', event: 'pause_over_ok' }]);
    ann = await world.signIn(ANN);
    expect((await end(BEN, await world.signIn(BEN), body['id'])).body['code']).toBe('pause_ended');
  });

  it('that is over does not stand in the way of the next', async () => {
    await pause();
    expect((await pause()).body['code']).toBe('already_paused');
    world.at(0).clock.forward(30 * DAY);
    ann = await world.signIn(ANN);
    expect((await pause()).status).toBe(201);
    expect(await world.sql(ends)).toEqual([{ actor: ANN.address, event: 'pause_over_ok' }]);
  });
});
