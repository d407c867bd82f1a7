import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditAnchor } from '#src/audit/anchors/audit-anchor.service.js';
import { AuditSealer } from '#src/audit/seals/audit-sealer.service.js';
import type { FindingKind } from '#src/audit/seals/findings.js';
import { JOURNALED_TABLES } from '#src/audit/journal/journaled-tables.js';
import { SealMemory } from '#src/audit/seals/seal-memory.service.js';
import type { LocalPriceFeed } from '#src/local/local-price-feed.js';
import { projectFolder } from '#src/local/support/project-folder.js';
import { liveThrough } from '../../support/builders/lifetime.js';
import { attested, statusAndCode, succeed } from '../../support/builders/personal.js';
import { startRewardWorld } from '../../support/builders/rewards.js';
import { TestWallet } from '../../support/builders/wallets.js';
import { sealAll, tamper, verificationOf } from '../../support/checks/sealed-log.js';
import { follow } from '../../support/processes/child.js';
import type { AppWorld } from '../../support/worlds/app-world.js';

const payer = TestWallet.generate();
const thief = TestWallet.generate();

let world: AppWorld;
let feed: LocalPriceFeed;
let stop: () => Promise<void>;

beforeAll(async () => {
  const env = { AUDIT_ANCHOR: 'memo', ESCROW_FEE_PAYER_SECRET_KEY: payer.toJson() };
  ({ world, feed, stop } = await startRewardWorld(env));
  for (const wallet of [payer, thief]) await world.chain.cheats.fundSol(wallet.address, 1_000_000_000n);
  await liveThrough(world, feed);
  await sealAll(world);
  await world.app.get(AuditAnchor).run();
  await sealAll(world);
  const copies = JOURNALED_TABLES.map(({ table }) => `CREATE TABLE kept.${table} AS TABLE public.${table}`);
  await world.sql(`CREATE SCHEMA kept; ${copies.join(';')}`);
});
afterAll(() => stop?.());

/** What the built command says, and finds. */
function verify(trusted: Record<string, string>, ...flags: string[]) {
  return run({ DATABASE_URL: world.databaseUrl, SOLANA_RPC_URL: world.chain.rpcUrl, ...trusted }, flags);
}

async function run(env: Record<string, string>, flags: readonly string[]) {
  const command = [join(projectFolder(), 'dist/src/cli/ops.js'), 'audit', 'verify', ...flags];
  const child = follow(
    spawn(process.execPath, command, {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  const code = await child.ended;
  const result = JSON.parse(child.stdout()) as { listed: { kind: FindingKind }[] };
  return { code, kinds: [...new Set(result.listed.map(({ kind }) => kind))] };
}

const byFeePayer = { ESCROW_FEE_PAYER_SECRET_KEY: payer.toJson() };
const clean = { code: 0, kinds: [] };

/** A row of a table again, with some members that are different. */
function another(table: string, changed: Record<string, unknown>): string {
  return `INSERT INTO public.${table} SELECT (jsonb_populate_record(t, '${JSON.stringify(changed)}')).* FROM public.${table} AS t LIMIT 1`;
}

const ID = '0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e6f';
const OTHER = thief.address;

describe('T10: a thief with the whole database, its guards switched off', () => {
  it('finds the log and the money tables in order to begin with, whoever names the key', async () => {
    expect(await verificationOf(world)).toMatchObject({ findings: 0, unsealed: 0 });
    expect(await verify(byFeePayer)).toEqual(clean);
    expect(await verify({ ESCROW_DB_SECRET: world.escrowSecret })).toEqual(clean);
    const { body } = await world.client().get<{ publicKey: string; keys: object[] }>('/audit-key');
    expect(body.keys).toHaveLength(1);
    expect(await verify({}, '--key', body.publicKey, '--fee-payer', payer.address)).toEqual(clean);
  });

  it('is found by whoever has a file, a public key and an RPC node, and nothing of ours', async () => {
    const headers = await world.adminHeaders();
    const exported = await fetch(`${world.url}/api/admin/audit-logs.ndjson`, { headers });
    const lines = (await exported.text()).trimEnd().split('\n');
    const { body } = await world.client().get<{ publicKey: string }>('/audit-key');
    const folder = mkdtempSync(join(tmpdir(), 'cts-offline-'));
    const check = (name: string, of: readonly string[], ...flags: string[]) => {
      const file = join(folder, name);
      writeFileSync(file, `${of.join('\n')}\n`);
      return run({}, [file, '--fee-payer', payer.address, '--rpc', world.chain.rpcUrl, ...flags]);
    };
    try {
      const key = ['--key', body.publicKey] as const;
      expect(await check('whole', lines, ...key)).toEqual(clean);
      // The first anchor of the fee payer names the key as well.
      expect(await check('without-key', lines)).toEqual(clean);
      const event = lines.findIndex((line) => line.includes('admin_commitment_success_ok'));
      expect(event).toBeGreaterThan(-1);
      const changed = lines.with(event, (lines[event] ?? '').replace(world.admin.address, OTHER));
      expect(await check('changed', changed, ...key)).toEqual({ code: 1, kinds: ['changed'] });
      const seals = lines.flatMap((line, at) => (line.includes('"type":"seal"') ? [at] : []));
      const cut = lines.slice(0, seals.at(-1));
      expect((await check('cut', cut, ...key)).kinds).toContain('cut_off');
      expect((await check('another-key', lines, '--key', OTHER)).kinds).toContain('key_untrusted');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('is told that nothing is trusted where nobody outside of the database names a key', async () => {
    expect(await verify({})).toMatchObject({ code: 1, kinds: expect.arrayContaining(['key_untrusted']) });
    expect((await verify({}, '--key', OTHER)).kinds).toContain('key_untrusted');
  });

  it.each<[string, string, FindingKind, string]>([
    [
      'a payout',
      'payouts',
      'row_forged',
      another('payouts', { id: ID, business_key: 'x', destination: OTHER }),
    ],
    ['a payout’s destination', 'payouts', 'row_changed', `UPDATE payouts SET destination = '${OTHER}'`],
    ['all payouts', 'payouts', 'row_missing', 'TRUNCATE payouts CASCADE'],
    [
      'an attempt’s signature',
      'payout_attempts',
      'row_changed',
      `UPDATE payout_attempts SET signature = reverse(signature)`,
    ],
    ['an attempt', 'payout_attempts', 'row_missing', 'DELETE FROM payout_attempts'],
    [
      'a share',
      'failure_shares',
      'row_changed',
      'UPDATE failure_shares SET amount_lamports = amount_lamports + 1',
    ],
    [
      'an announcement',
      'failure_announcements',
      'row_changed',
      `UPDATE failure_announcements SET announced_by = '${OTHER}'`,
    ],
    [
      'a share’s weight',
      'failure_enrollments',
      'row_changed',
      'UPDATE failure_enrollments SET weight_raw = weight_raw * 10',
    ],
    ['an enrollment', 'failure_enrollments', 'row_forged', another('failure_enrollments', { wallet: OTHER })],
    ['a second share', 'failure_shares', 'row_forged', another('failure_shares', { wallet: OTHER })],
    [
      'a distribution',
      'failure_distributions',
      'row_changed',
      'UPDATE failure_distributions SET treasury_share_bps = treasury_share_bps + 1',
    ],
    ['a weight', 'reward_signals', 'row_changed', 'UPDATE reward_signals SET weight_usd = weight_usd * 10'],
    ['an approval', 'reward_signals', 'row_forged', another('reward_signals', { id: ID, wallet: OTHER })],
    [
      'a milestone',
      'reward_milestones',
      'row_changed',
      'UPDATE reward_milestones SET unlock_lamports = unlock_lamports + 1',
    ],
    ['a promise', 'commitments', 'row_changed', `UPDATE commitments SET destination_on_fail = '${OTHER}'`],
    [
      'an attestation',
      'commitments',
      'row_changed',
      `UPDATE commitments SET attested_at = attested_at - interval '1 day' WHERE attested_at IS NOT NULL`,
    ],
    ['an escrow', 'escrows', 'row_changed', `UPDATE escrows SET created_at = created_at + interval '1 s'`],
    ['a pause', 'payout_pauses', 'row_missing', 'DELETE FROM payout_pauses'],
    [
      'a session',
      'admin_sessions',
      'row_forged',
      `INSERT INTO admin_sessions VALUES (repeat('ab', 32), '${OTHER}', now(), now() + interval '1 day', repeat('0', 64))`,
    ],
  ])('is found by verify when he forges, changes or deletes %s', async (_, table, kind, sql) => {
    await tamper(world, sql);
    try {
      const { listed } = await verificationOf(world);
      expect(listed).toContainEqual(expect.objectContaining({ kind, table }));
    } finally {
      const tables = /CASCADE/.test(sql) ? JOURNALED_TABLES.map((journaled) => journaled.table) : [table];
      const back = tables.map(
        (name) => `DELETE FROM ${name}; INSERT INTO ${name} SELECT * FROM kept.${name}`,
      );
      await tamper(world, back.join(';'));
    }
    expect((await verificationOf(world)).findings).toBe(0);
  });

  it('is found by verify when he leaves the journal switched off', async () => {
    await world.sql('ALTER TABLE payouts DISABLE TRIGGER journal_change');
    expect((await verificationOf(world)).listed).toMatchObject([{ kind: 'journal_off', table: 'payouts' }]);
    await world.sql('ALTER TABLE payouts ENABLE TRIGGER journal_change');
  });

  it('is found by verify when he empties the table of anchors', async () => {
    await world.sql('CREATE TABLE kept.audit_anchors AS TABLE public.audit_anchors');
    await tamper(world, 'DELETE FROM audit_anchors');
    expect(await verify(byFeePayer)).toEqual({ code: 1, kinds: ['anchor_unknown'] });
    await tamper(world, 'INSERT INTO audit_anchors SELECT * FROM kept.audit_anchors');
    expect(await verify(byFeePayer)).toEqual(clean);
  });

  it('is found by verify when he pays for anchors himself', async () => {
    await world.adminClient();
    await sealAll(world);
    const own = await world.replica({ ESCROW_FEE_PAYER_SECRET_KEY: thief.toJson() });
    expect((await own.get(AuditAnchor).run()).final).toBe(true);
    expect(await verify(byFeePayer)).toEqual({ code: 1, kinds: ['anchor_foreign'] });
    await tamper(world, 'DELETE FROM audit_anchors WHERE seal_id = (SELECT max(id) FROM audit_seals)');
  });

  it('is told of when he only writes rows: an alarm, and verify for ever', async () => {
    const [{ ticket } = { ticket: '' }] = await world.sql<{ ticket: string }>(
      'SELECT ticket FROM audit_changes ORDER BY id DESC LIMIT 1',
    );
    const session = (id: string) =>
      `INSERT INTO admin_sessions VALUES (repeat('${id}', 32), '${OTHER}', now(), now() + interval '1 day', repeat('0', 64))`;
    await world.sql(session('cd'));
    // Another transaction's ticket does not help him.
    await world.sql(`BEGIN; SET LOCAL cts.ticket = '${ticket}'; ${session('ef')}; COMMIT`);
    await world.sql('UPDATE payouts SET failures = failures + 1');
    await sealAll(world);
    const { listed } = await verificationOf(world);
    for (const about of [
      { table: 'admin_sessions', key: 'cd'.repeat(32) },
      { table: 'admin_sessions', key: 'ef'.repeat(32) },
      { table: 'payouts' },
    ])
      expect(listed).toContainEqual(expect.objectContaining({ kind: 'foreign_change', ...about }));
    // The scheduler may have sealed what he wrote first before the rest.
    const alarms = await world.sql(
      `SELECT fields FROM audit_logs WHERE event = 'database_change_foreign_error'`,
    );
    expect(JSON.stringify(alarms)).toContain('cd'.repeat(32));
  });

  it('is found by every replica when the log becomes an older one', async () => {
    const memory = world.app.get(SealMemory);
    await memory.check();
    expect(memory.doubt).toBeNull();
    await world.sql('CREATE TABLE kept.audit_seals AS TABLE public.audit_seals');
    await tamper(world, 'DELETE FROM audit_seals WHERE id = (SELECT max(id) FROM audit_seals)');
    await memory.check();
    await memory.check();
    expect(memory.doubt).toMatch(/this process has seen seal \d+, and the log ends with seal \d+/);
    const alarms = `SELECT 1 FROM audit_logs WHERE event = 'audit_seal_backwards_error'`;
    expect(await world.sql(alarms)).toHaveLength(1);
    // Older marks and acts may have come with it.
    const made = await attested(world);
    expect(await statusAndCode(succeed(await world.adminClient(), made.id))).toEqual([
      409,
      'signing_refused',
    ]);
  });

  it('is found by verify, and by whoever starts anew, when he rewrites the whole log with a key of his own', async () => {
    await tamper(
      world,
      `UPDATE audit_logs SET actor = '${OTHER}' WHERE event LIKE 'admin\\_%';
       DELETE FROM audit_anchors; DELETE FROM audit_seals; DELETE FROM audit_keys`,
    );
    // The true secret is there for the start alone: it signs nothing.
    const own = await world.replica({
      ESCROW_DB_SECRET: 'a secret that the thief has made up',
      ESCROW_DB_SECRET_PREVIOUS: JSON.stringify([world.escrowSecret]),
    });
    await sealAll(world, own.get(AuditSealer));
    const { code, kinds } = await verify(byFeePayer);
    expect(code).toBe(1);
    expect(kinds).toEqual(
      expect.arrayContaining(['seal_forged', 'key_untrusted', 'rewritten', 'anchor_unknown']),
    );
    await world.restart();
    const memory = world.app.get(SealMemory);
    await expect.poll(() => memory.wentBackwards).toMatch(/^anchor \w+ has seal \d+ with another hash/);
    const [, lost = ''] = /\((\d+:\w+)\)$/.exec(memory.wentBackwards ?? '') ?? [];
    await world.restart({ AUDIT_LOST_SEAL: lost });
    const restarted = world.app.get(SealMemory);
    await restarted.check();
    expect(restarted.wentBackwards).toBeNull();
  });
});
