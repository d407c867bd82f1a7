import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StartupError } from '#config/database/await-database.js';
import { runInContext } from '#src/common/request-context.js';
import { CustodyCheck } from '#src/escrow/keys/custody-check.service.js';
import { KeyRotationProgress } from '#src/escrow/keys/key-rotation-progress.service.js';
import { deriveVaultKey } from '#src/escrow/keys/vault.js';
import { Transactions } from '#src/common/database/transactions.js';
import { deriveKey, rootOf } from '#src/marks/derived-key.js';
import type { MarkedFact } from '#src/marks/mark.js';
import { Marks } from '#src/marks/marks.service.js';
import { JobWork } from '#src/jobs/job-work.service.js';
import { startProgram } from '../../support/processes/child.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { type EscrowRow, insertRows, notOpenedBy, sealedRows } from '../../support/builders/escrow-rows.js';
import { startHttpApp } from '../../support/worlds/http-app.js';
import { pollUntil } from '../../support/poll.js';
import { execute, withClient } from '../../support/sql.js';

const [NEW, OLD, OTHER] = ['n', 'o', 'x'].map((letter) => letter.repeat(40)) as [string, string, string];
const [NEW_ID, OLD_ID, OTHER_ID] = [NEW, OLD, OTHER].map((secret) => deriveVaultKey(secret).id) as [
  string,
  string,
  string,
];
const BOTH = { ESCROW_DB_SECRET: NEW, ESCROW_DB_SECRET_PREVIOUS: OLD };

let database: TestDatabase;
const apps: NestFastifyApplication[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()));
  await database.drop();
});

/** One more replica; no job runs by itself. */
async function replica(env: Record<string, string> = BOTH) {
  const { app } = await startHttpApp(database.url, env);
  apps.push(app);
  const progress = app.get(KeyRotationProgress);
  return {
    show: () => progress.show(),
    rotate: () => runInContext({ requestId: 'r1', actor: 'an admin' }, () => progress.rotate()),
    job: app.get(JobWork).of('escrow-key-rotation'),
    check: () => app.get(CustodyCheck).run(),
    mark: (...facts: MarkedFact[]) =>
      app.get(Transactions).run((manager) => app.get(Marks).make(manager, ...facts)),
    proves: (fact: MarkedFact) => app.get(Marks).proves(app.get(Transactions).manager, fact),
  };
}

async function put<T extends readonly EscrowRow[]>(rows: T): Promise<T> {
  await insertRows(database.url, rows);
  return rows;
}

const sql = <R extends object>(text: string, values: unknown[] = []) =>
  execute<R>(database.url, text, values);
const audited = async (event: string) =>
  sql<{ actor: string; commitmentId: string; fields: Record<string, unknown> }>(
    'SELECT actor, commitment_id AS "commitmentId", fields FROM audit_logs WHERE event = $1 ORDER BY id',
    [event],
  );

/** An open rotation, as a process leaves it that was killed before its first batch. */
const openRotation = () =>
  sql(
    `INSERT INTO escrow_key_rotations (id, to_key_id, requested_by, requested_at)
     VALUES (gen_random_uuid(), $1, 'an admin', now())`,
    [NEW_ID],
  );

/** What the start says when it is refused, and its exit code. */
async function refusal(env: Record<string, string>) {
  const settings = { DATABASE_URL: database.appUrl, SOLANA_RPC_URL: 'http://127.0.0.1:1', PORT: '0' };
  const child = startProgram('src/main.ts', { env: { ...settings, JOBS_ENABLED: 'false', ...env } });
  const code = await child.ended;
  return { code, text: child.stderr() };
}

describe('rotation of ESCROW_DB_SECRET', () => {
  it('seals every row with the newest secret', async () => {
    const rows = await put([...sealedRows(OLD, 450), ...sealedRows(NEW, 5)]);
    const { show, rotate } = await replica();
    const key = (keyId: string, count: number) => ({ keyId, rows: count, configured: true });
    const before = {
      currentKeyId: NEW_ID,
      keys: [key(NEW_ID, 5), key(OLD_ID, 450)],
      olderMarks: 0,
    };
    expect(await show()).toEqual({ ...before, rotation: null });
    const done = await rotate();
    const rotation = { status: 'finished', rotated: 450, failed: 0, remaining: 0, requestedBy: 'an admin' };
    expect(done).toMatchObject({ keys: [key(NEW_ID, 455), key(OLD_ID, 0)], rotation });
    expect(await notOpenedBy(database.url, NEW, rows)).toEqual([]);
    // There is nothing left to begin another one for.
    expect((await rotate()).rotation).toEqual(done.rotation);
    expect(await audited('admin_escrow_keys_rotate_ok')).toMatchObject([
      { actor: 'an admin', fields: { toKeyId: NEW_ID, rotationId: done.rotation?.id, joined: false } },
      { actor: 'an admin', fields: { toKeyId: NEW_ID, rotationId: null, joined: false } },
    ]);
    expect(await audited('escrow_key_rotation_finished')).toMatchObject([
      { fields: { rotationId: done.rotation?.id, rotated: 450, failed: 0, remaining: 0 } },
    ]);
    // Now the old secret may go.
    await replica({ ESCROW_DB_SECRET: NEW });
  });

  it('counts, audits and passes over what does not open, once', async () => {
    const rows = await put(sealedRows(OLD, 230));
    const [first, second, third] = rows;
    const last = rows.at(-1);
    if (!first || !second || !third || !last) throw new Error('unreachable');
    await sql('UPDATE escrows SET ciphertext = $2 WHERE commitment_id = $1', [
      first.commitmentId,
      second.ciphertext,
    ]);
    const changed = Buffer.from(third.ciphertext);
    changed[20] = (changed[20] ?? 0) ^ 1;
    await sql('UPDATE escrows SET ciphertext = $2 WHERE commitment_id = $1', [third.commitmentId, changed]);
    const service = await replica();
    // Its secret is not configured any more: the start would have refused it.
    await sql('UPDATE escrows SET key_id = $2 WHERE commitment_id = $1', [last.commitmentId, OTHER_ID]);

    const { rotation, keys } = await service.rotate();
    expect(rotation).toMatchObject({ status: 'finished', rotated: 227, failed: 3, remaining: 0 });
    expect(keys).toContainEqual({ keyId: OTHER_ID, rows: 1, configured: false });
    const errors = await audited('escrow_key_error');
    const reason = 'the ciphertext does not open with this key at this place';
    const expected = [
      [first, reason],
      [third, reason],
      [last, `No configured secret has the key id ${OTHER_ID}`],
    ] as const;
    expect(errors.map(({ commitmentId, fields }) => [commitmentId, fields])).toEqual(
      expected.map(([row, why]) => [
        row.commitmentId,
        { address: row.address, reason: why, rotationId: rotation?.id },
      ]),
    );
    const failed = expected.map(([{ commitmentId }]) => commitmentId);
    expect(await notOpenedBy(database.url, NEW, rows)).toEqual(failed);
    // Repaired, they are what the next rotation is for.
    for (const row of [first, third]) {
      await sql('UPDATE escrows SET ciphertext = $2 WHERE commitment_id = $1', [
        row.commitmentId,
        row.ciphertext,
      ]);
    }
    expect((await service.rotate()).rotation).toMatchObject({ rotated: 2, failed: 1 });
  });

  it('is shared by two replicas without doing anything twice', async () => {
    const rows = await put(sealedRows(OLD, 1_201));
    await sql(`UPDATE escrows SET ciphertext = '\\x00' WHERE commitment_id = $1`, [rows[600]?.commitmentId]);
    const replicas = [await replica(), await replica()];
    const answers = await Promise.all([...replicas, ...replicas].map(({ rotate }) => rotate()));
    expect(new Set(answers.map(({ rotation }) => rotation?.id)).size).toBe(1);
    const done = await replicas[0]?.show();
    expect(done?.rotation).toMatchObject({ status: 'finished', rotated: 1_200, failed: 1 });
    expect(await audited('escrow_key_error')).toHaveLength(1);
    expect(await audited('escrow_key_rotation_finished')).toHaveLength(1);
    expect(await notOpenedBy(database.url, NEW, rows)).toEqual([rows[600]?.commitmentId]);
  });

  it('is gone on with by the job, which does nothing without one', async () => {
    const rows = await put(sealedRows(OLD, 210));
    const { job, show } = await replica();
    expect(await job()).toEqual({ open: false, rotated: 0, failed: 0 });
    expect((await show()).rotation).toBeNull();
    await openRotation();
    expect((await show()).rotation).toMatchObject({ status: 'running', rotated: 0, remaining: 210 });
    expect(await job()).toEqual({ open: false, rotated: 210, failed: 0 });
    expect((await show()).rotation).toMatchObject({ status: 'finished', rotated: 210, remaining: 0 });
    expect(await notOpenedBy(database.url, NEW, rows)).toEqual([]);
  });

  it('leaves the rows that somebody else holds to them, and finishes only with them', async () => {
    const rows = await put(sealedRows(OLD, 3));
    const { rotate, job } = await replica();
    await withClient(database.url, async (client) => {
      await client.query('BEGIN');
      await client.query('SELECT 1 FROM escrows WHERE commitment_id = $1 FOR UPDATE', [
        rows[1]?.commitmentId,
      ]);
      expect((await rotate()).rotation).toMatchObject({ status: 'running', rotated: 2, remaining: 1 });
    });
    await pollUntil('the row to be free', async () => ((await job())['open'] === false ? true : undefined));
    expect(await notOpenedBy(database.url, NEW, rows)).toEqual([]);
  });

  it('is not undone by a replica that still runs with the older secrets', async () => {
    const rows = await put(sealedRows(OLD, 2));
    const stale = await replica({ ESCROW_DB_SECRET: OLD });
    const { rotate } = await replica();
    await rotate();
    await put(sealedRows(OLD, 1));
    await openRotation();
    expect(await stale.job()).toEqual({ open: false, rotated: 0, failed: 0 });
    await expect(stale.rotate()).rejects.toMatchObject({
      code: 'custody_unavailable',
      message: expect.stringContaining(`key id ${NEW_ID}, of which this process has no secret`),
    });
    expect(await notOpenedBy(database.url, NEW, rows)).toEqual([]);
    // A newer secret takes over from an open rotation.
    const next = await replica({ ESCROW_DB_SECRET: OTHER, ESCROW_DB_SECRET_PREVIOUS: `${OLD},${NEW}` });
    expect((await next.rotate()).keys).toContainEqual({ keyId: OTHER_ID, rows: 3, configured: true });
    expect(await notOpenedBy(database.url, OTHER, rows)).toEqual([]);
  });

  it('refuses without ESCROW_DB_SECRET', async () => {
    const { rotate, show } = await replica({ ESCROW_DB_SECRET: '' });
    await expect(rotate()).rejects.toMatchObject({ code: 'custody_unavailable' });
    expect((await show()).currentKeyId).toBeNull();
  });
});

describe('marks, when ESCROW_DB_SECRET is rotated', () => {
  const fact = (id: string) => ({ kind: 'paid', id, facts: { of: id } }) as const;

  it('are made anew once they were verified; a forged one is named and gone', async () => {
    const before = await replica({ ESCROW_DB_SECRET: OLD });
    await before.mark(fact('a'), fact('b'), fact('c'));
    await sql(`UPDATE marks SET digest = repeat('0', 64) WHERE id = 'b'`);
    const { show, rotate, proves } = await replica();
    expect((await show()).olderMarks).toBe(3);
    expect((await rotate()).olderMarks).toBe(0);
    expect(await sql('SELECT DISTINCT key_id AS id FROM marks')).toEqual([
      { id: deriveKey(rootOf(NEW), 'marks').id },
    ]);
    expect(await audited('mark_forged_error')).toMatchObject([{ fields: { kind: 'paid', id: 'b' } }]);
    expect([await proves(fact('a')), await proves(fact('b')), await proves(fact('c'))]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('keep their secret needed: a start without it is refused', async () => {
    await (await replica({ ESCROW_DB_SECRET: OLD })).mark(fact('a'), fact('b'));
    const { code, text } = await refusal({ ESCROW_DB_SECRET: NEW });
    expect(code).toBe(1);
    expect(text).toContain(`marks of key id ${deriveKey(rootOf(OLD), 'marks').id}: 2, and no secret`);
  });
});

describe('the custody check', () => {
  it('opens every local key, and audits each one that fails', async () => {
    const [moved, fine] = await put([...sealedRows(OLD, 205), ...sealedRows(NEW, 1)]);
    const { check } = await replica();
    expect(await check()).toEqual({ checked: 206, failed: 0, failures: [] });
    await sql('UPDATE escrows SET ciphertext = $2 WHERE commitment_id = $1', [
      moved?.commitmentId,
      fine?.ciphertext,
    ]);
    const failure = {
      commitmentId: moved?.commitmentId,
      address: moved?.address,
      reason: 'the ciphertext does not open with this key at this place',
    };
    expect(await check()).toEqual({ checked: 206, failed: 1, failures: [failure] });
    const { commitmentId, ...fields } = failure;
    expect(await audited('custody_check_error')).toMatchObject([{ commitmentId, fields }]);
  });
});

describe('the start', () => {
  it('is refused while rows have no configured secret, and tells which, how many and what to do', async () => {
    await put([...sealedRows(OLD, 3), ...sealedRows(OTHER, 1), ...sealedRows(NEW, 1)]);
    const { code, text } = await refusal({ ESCROW_DB_SECRET: NEW });
    expect(code).toBe(1);
    expect(text).toBe(
      `The configured secrets do not open every escrow key, so nothing was started:
  - key id ${OLD_ID}: 3 escrows, and no secret
  - key id ${OTHER_ID}: 1 escrow, and no secret
Add the secret that sealed them to ESCROW_DB_SECRET_PREVIOUS and start again. A secret may be removed only when
\`npm run ops -- escrow-keys show\` counts no row under its key id. See RUNBOOK.md, ESCROW_DB_SECRET.
`,
    );
    for (const secret of [NEW, OLD, OTHER]) expect(text).not.toContain(secret);
    await expect(replica({ ESCROW_DB_SECRET: '' })).rejects.toThrow(StartupError);
    await replica({ ESCROW_DB_SECRET: NEW, ESCROW_DB_SECRET_PREVIOUS: JSON.stringify([OLD, OTHER]) });
  });
});

describe('the database', () => {
  it('lets nothing of an escrow change but how its key is sealed', async () => {
    const [row, other] = await put(sealedRows(OLD, 2));
    const change = (what: string) =>
      sql(`UPDATE escrows SET ${what} WHERE commitment_id = $1`, [row?.commitmentId]);
    await change(`key_id = 'k', ciphertext = '\\x00'`);
    const address = `'${'1'.repeat(32)}'`;
    for (const what of [
      `commitment_id = '${other?.commitmentId}'`,
      `address = ${address}`,
      `custody = 'privy', privy_wallet_id = 'w', key_id = NULL, ciphertext = NULL`,
      `privy_wallet_id = 'w'`,
      `created_at = now()`,
    ]) {
      await expect(change(what), what).rejects.toThrow(
        'only key_id and ciphertext of a local one may change',
      );
    }
  });

  it('has at most one rotation open', async () => {
    await openRotation();
    await expect(openRotation()).rejects.toThrow('escrow_key_rotations_open_key');
    await sql('UPDATE escrow_key_rotations SET finished_at = now()');
    await openRotation();
  });
});
