import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deriveVaultKey } from '#src/escrow/keys/vault.js';
import type { LocalChain } from '#src/local/chain/chain.js';
import { holdUpdates } from '../support/proxies/database-gate.js';
import { insertRows, notOpenedBy, sealedRows } from '../support/builders/escrow-rows.js';
import { startTestChain } from '../support/worlds/localnet.js';
import { LONG } from '../support/long.js';
import { expectPaidOnce } from '../support/checks/payout-proof.js';
import { PayoutWorld } from '../support/worlds/payout-world.js';
import { pollUntil } from '../support/poll.js';

/** ESCROW_DB_SECRET is rotated while escrows pay, and everything is killed in the middle of both. */

const ROWS = LONG ? 10_000 : 2_000;
const [OLD, NEW] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
const [OLD_ID, NEW_ID] = [deriveVaultKey(OLD).id, deriveVaultKey(NEW).id];

let chain: LocalChain;
beforeAll(async () => {
  // Slow enough that a blockhash outlives a restart.
  chain = await startTestChain({ slotMs: 100 });
});
afterAll(() => chain.stop());

it('a rotation and the payouts under way survive kill -9: every key is on the new secret, every payout paid once', async (test) => {
  const env: Record<string, string> = { ESCROW_DB_SECRET: OLD };
  const world = await PayoutWorld.open(test, chain, { env, replicas: LONG ? 2 : 1 });
  const commitments = await Promise.all([1, 2, 3].map(() => world.attested()));
  const rows = sealedRows(OLD, ROWS);
  await insertRows(world.databaseUrl, rows);
  const total = ROWS + commitments.length;

  await world.crash();
  Object.assign(env, { ESCROW_DB_SECRET: NEW, ESCROW_DB_SECRET_PREVIOUS: OLD });
  await world.start();
  const admin = await world.signIn();
  const gate = await holdUpdates(world.databaseUrl, 'escrow_key_rotations', `NEW.rotated >= ${ROWS / 2}`);
  test.onTestFinished(() => gate.open());
  const rotating = admin.post('/admin/escrow-keys/rotate').catch(() => 'no answer');
  const paying = commitments.slice(0, 2).map((commitment) => world.resolve(admin, commitment));
  await gate.reached();
  await world.crash();
  await gate.open();
  // A busy machine answers with what is done so far, and the job continues until it is killed.
  expect(JSON.stringify(await rotating)).toMatch(/no answer|"status":"running"/);
  await Promise.all(paying);
  const left = await rowsOn(world, OLD_ID);
  expect(left).toBeGreaterThan(ROWS / 4);
  expect(left).toBeLessThan(ROWS);

  // The old secret is removed too early.
  delete env['ESCROW_DB_SECRET_PREVIOUS'];
  await expect(world.start()).rejects.toThrow(
    new RegExp(`ended with 1:\n[^]*key id ${OLD_ID}: ${left} escrows, and no secret`),
  );

  env['ESCROW_DB_SECRET_PREVIOUS'] = OLD;
  await world.start();
  const again = await world.signIn();
  await Promise.all(commitments.map((commitment) => world.resolve(again, commitment)));
  for (const commitment of commitments) await expectPaidOnce(world, commitment, { attempts: 'any' });
  const rotation = await pollUntil('the rotation to be finished by the job', async () => {
    const sql = 'SELECT rotated::int, failed::int FROM escrow_key_rotations WHERE finished_at IS NOT NULL';
    const [found] = await world.query<{ rotated: number; failed: number }>(sql, []);
    return found;
  });
  expect(rotation).toEqual({ rotated: total, failed: 0 });
  expect(await rowsOn(world, NEW_ID)).toBe(total);
  expect(await notOpenedBy(world.databaseUrl, NEW, rows)).toEqual([]);

  await world.terminate();
  delete env['ESCROW_DB_SECRET_PREVIOUS'];
  await world.start();
  const { body } = await (await world.signIn()).post('/admin/escrow-keys/check');
  expect(body).toEqual({ checked: total, failed: 0, failures: [] });
});

async function rowsOn(world: PayoutWorld, keyId: string): Promise<number> {
  const sql = 'SELECT count(*)::int AS rows FROM escrows WHERE key_id = $1';
  const [found] = await world.query<{ rows: number }>(sql, [keyId]);
  return found?.rows ?? 0;
}
