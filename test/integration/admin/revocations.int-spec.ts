import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestWallet } from '../../support/builders/wallets.js';
import { AdminsWorld } from '../../support/worlds/admins-world.js';

type Json = Record<string, unknown>;

const [ANN, BEN, CAT] = [TestWallet.generate(), TestWallet.generate(), TestWallet.generate()];

let world: AdminsWorld;
beforeEach(async () => {
  world = await AdminsWorld.start([ANN, BEN, CAT], 2);
});
afterEach(() => world.stop());

const signIn = (wallet: TestWallet, at = 0) => world.signIn(wallet, at);
const me = async (cookie: string, at: number) => (await world.send(at, 'GET', '/admin/me', cookie)).status;
const revoke = (by: TestWallet, cookie: string, admin: TestWallet, more: Json = {}) =>
  world.act(by, cookie, 'admin.revocation.create', { admin: admin.address, ...more });

describe('T16: a revoked admin', () => {
  it('is out on every replica at once, cannot sign in again, and has no session left', async () => {
    const [ann, ben] = [await signIn(ANN), await signIn(BEN, 1)];
    expect([await me(ben, 0), await me(ben, 1)]).toEqual([200, 200]);
    const made = await revoke(ANN, ann, BEN, { reason: 'the key is stolen' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ admin: BEN.address, revokedBy: ANN.address, restored: false });
    for (const at of [0, 1]) {
      expect(await me(ben, at)).toBe(401);
      expect(await signIn(BEN, at)).toBe('');
      const { body } = await world.send(at, 'GET', '/admin/revocations', ann);
      expect(body['items']).toMatchObject([{ admin: BEN.address, reason: 'the key is stolen' }]);
    }
    const audit = `SELECT actor, fields->>'revoked' AS revoked, fields->>'sessionsEnded' AS ended
      FROM audit_logs WHERE event = 'admin_revocation_create_ok'`;
    expect(await world.sql(audit)).toEqual([{ actor: ANN.address, revoked: BEN.address, ended: '1' }]);
  });

  it('is one again when the environment says so: the table has not the last word', async () => {
    const { body } = await revoke(ANN, await signIn(ANN), BEN);
    expect(await signIn(BEN)).toBe('');
    await world.replica({ ADMIN_RESTORED_REVOCATIONS: String(body['id']) });
    expect(await signIn(BEN, -1)).not.toBe('');
  });

  it('T8: a row that no admin has signed, or that says something else than was signed, shuts nobody out', async () => {
    await revoke(ANN, await signIn(ANN), BEN);
    await world.sql(`ALTER TABLE admin_revocations DISABLE TRIGGER ALL;
       UPDATE admin_revocations SET admin = '${CAT.address}';
       ALTER TABLE admin_revocations ENABLE TRIGGER ALL`);
    expect(await signIn(CAT)).not.toBe('');
  });

  it('T8: stays out on the replicas that know of it, though its row is gone', async () => {
    await revoke(ANN, await signIn(ANN), BEN);
    expect(await signIn(BEN, 1)).toBe('');
    await world.sql(`ALTER TABLE admin_revocations DISABLE TRIGGER ALL;
       DELETE FROM admin_revocations;
       ALTER TABLE admin_revocations ENABLE TRIGGER ALL`);
    for (const at of [0, 1]) expect(await signIn(BEN, at)).toBe('');
  });

  it('is never the last one, also when two revoke each other at the same moment', async () => {
    const [ann, ben] = [await signIn(ANN), await signIn(BEN, 1)];
    expect((await revoke(ANN, ann, CAT)).status).toBe(201);
    const both = await Promise.all([
      revoke(ANN, ann, BEN),
      world.act(BEN, ben, 'admin.revocation.create', { admin: ANN.address }, 1),
    ]);
    expect(both.filter(({ status }) => status === 201)).toHaveLength(1);
    const [left, cookie] = both[0]?.status === 201 ? [ANN, ann] : [BEN, ben];
    const refused = await revoke(left, cookie, left);
    expect([refused.status, refused.body['code']]).toEqual([409, 'last_admin']);
  });
});

describe('sessions of admins', () => {
  it('are listed without what opens them, and ended by one signed act on every replica', async () => {
    const [ann, ben] = [await signIn(ANN), await signIn(BEN, 1)];
    const { body } = await world.send(1, 'GET', '/admin/sessions', ann);
    const items = body['items'] as Json[];
    expect(items).toMatchObject([
      { wallet: BEN.address, current: false },
      { wallet: ANN.address, current: true },
    ]);
    for (const secret of [ann, ben]) expect(JSON.stringify(body)).not.toContain(secret.split('=')[1]);
    const ended = await world.act(ANN, ann, 'admin.session.end', { session: items[0]?.['handle'] });
    expect([ended.status, ended.body]).toEqual([200, { ended: 1 }]);
    expect([await me(ben, 0), await me(ben, 1), await me(ann, 1)]).toEqual([401, 401, 200]);
    const again = await world.act(ANN, ann, 'admin.session.end', { session: items[0]?.['handle'] });
    expect([again.status, again.body['code']]).toEqual([404, 'session_not_found']);
  });

  it('of one wallet are ended together', async () => {
    const ann = await signIn(ANN);
    const bens = [await signIn(BEN), await signIn(BEN), await signIn(BEN, 1)];
    const ended = await world.act(ANN, ann, 'admin.session.end', { session: BEN.address });
    expect(ended.body).toEqual({ ended: 3 });
    for (const ben of bens) expect(await me(ben, 1)).toBe(401);
    expect(await me(ann, 1)).toBe(200);
  });

  it('say when they were last seen, to the minute; one that was written by hand is not listed', async () => {
    const ann = await signIn(ANN);
    await world.sql(
      `INSERT INTO admin_sessions (id_hash, wallet, created_at, expires_at, mac)
       VALUES ($1, $2, now(), now() + interval '1 h', $1)`,
      ['f'.repeat(64), BEN.address],
    );
    const { clock } = world.at(0);
    clock.at += 61_000;
    expect(await me(ann, 0)).toBe(200);
    const { body } = await world.send(0, 'GET', '/admin/sessions', ann);
    expect(body['items']).toMatchObject([{ wallet: ANN.address, lastSeenAt: clock.now().toISOString() }]);
  });
});
