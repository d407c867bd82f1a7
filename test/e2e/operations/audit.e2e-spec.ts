import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditAnchor } from '#src/audit/anchors/audit-anchor.service.js';
import { SealSigner } from '#src/audit/seals/seal-signer.service.js';
import { Chain } from '#src/chain/port/chain.js';
import type { LocalPriceFeed } from '#src/local/local-price-feed.js';
import { projectFolder } from '#src/local/support/project-folder.js';
import type { AppWorld } from '../../support/worlds/app-world.js';
import { follow } from '../../support/processes/child.js';
import { liveThrough } from '../../support/builders/lifetime.js';
import { sealAll, tamper } from '../../support/checks/sealed-log.js';
import { startRewardWorld } from '../../support/builders/rewards.js';
import { TestWallet } from '../../support/builders/wallets.js';

type Json = Record<string, unknown>;

const payer = TestWallet.generate();

let world: AppWorld;
let feed: LocalPriceFeed;
let stop: () => Promise<void>;
let folder: string;

beforeAll(async () => {
  const started = await startRewardWorld({
    AUDIT_ANCHOR: 'memo',
    ESCROW_FEE_PAYER_SECRET_KEY: payer.toJson(),
  });
  ({ world, feed, stop } = started);
  await world.chain.cheats.fundSol(payer.address, 1_000_000_000n);
  folder = mkdtempSync(join(tmpdir(), 'cts-audit-'));
});
afterAll(async () => {
  await stop?.();
  rmSync(folder, { recursive: true, force: true });
});

/** The built command line over the database, the chain and the API of this world. */
async function ops(...args: string[]) {
  const trusted = { ESCROW_DB_SECRET: world.escrowSecret, ESCROW_FEE_PAYER_SECRET_KEY: payer.toJson() };
  return opsWith(trusted, ...args);
}

/** With what its operator trusts given in this environment, or by flags. */
async function opsWith(trusted: Record<string, string>, ...args: string[]) {
  const env = { DATABASE_URL: world.databaseUrl, SOLANA_RPC_URL: world.chain.rpcUrl, ...trusted };
  const child = follow(
    spawn(process.execPath, [join(projectFolder(), 'dist/src/cli/ops.js'), ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  const code = await child.ended;
  return { code, out: child.stdout(), err: child.stderr() };
}

async function verify(...args: string[]): Promise<{ code: number | string; result: Json }> {
  const { code, out, err } = await ops('audit', 'verify', ...args);
  expect(err).toBe('');
  return { code, result: JSON.parse(out) as Json };
}

describe('D8: the audit log', () => {
  it('has at most one row for every request to an audited route, whatever it was answered', async () => {
    await liveThrough(world, feed);
    const audited = world.apiRoutes.filter(({ endpoint }) => endpoint?.audit !== undefined);
    const bases = [...new Set(audited.map(({ endpoint }) => endpoint?.audit ?? ''))];
    for (const { method, path, endpoint } of audited) {
      // Beyond a few they are only counted, see floods.int-spec.ts.
      await world.sql('TRUNCATE rate_limits');
      const answer = await world.send(method, path.replaceAll(/:\w+/g, 'x'), {});
      const rows = await world.sql<{ event: string }>('SELECT event FROM audit_logs WHERE request_id = $1', [
        answer.headers['x-request-id'],
      ]);
      expect(rows, `${method} ${path}`).toEqual([{ event: `${endpoint?.audit}_denied` }]);
    }
    const outcomes = await world.sql<{
      base: string;
      outcome: string;
      requests: number;
      rows: number;
      named: boolean;
    }>(
      `SELECT base, outcome, count(DISTINCT request_id)::int AS requests, count(*)::int AS rows,
              bool_and(actor <> 'anonymous') AS named
         FROM unnest($1::text[]) AS base CROSS JOIN unnest(ARRAY['ok', 'denied', 'error']) AS outcome
         JOIN audit_logs ON event = base || '_' || outcome
        GROUP BY base, outcome`,
      [bases],
    );
    for (const { base, outcome, requests, rows } of outcomes)
      expect(rows, `${base}_${outcome}`).toBe(requests);
    const [twice] = await world.sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM (
         SELECT request_id FROM audit_logs, unnest($1::text[]) AS base
          WHERE event IN (base || '_ok', base || '_denied', base || '_error') GROUP BY request_id HAVING count(*) > 1) AS t`,
      [bases],
    );
    expect(twice).toEqual({ n: 0 });
    const done = outcomes.filter(({ outcome }) => outcome === 'ok');
    expect(done.every(({ named }) => named)).toBe(true);
    // These need something that failed, hangs, arrived too late, is to be rotated or is kept elsewhere, or another admin; their
    // own tests have it.
    const rare =
      /payout_re|release_lock|stray_|destination_change|escrow_keys|webhook|failure_cancel|revocation|session_end|limits|profile|avatar|project|pumpfun|reconcile|recover/;
    const changing = audited
      .filter(({ method, endpoint }) => method !== 'GET' && endpoint?.audit !== 'admin_nonce')
      .map(({ endpoint }) => endpoint?.audit ?? '');
    const expected = [...new Set(changing)].filter((base) => !rare.test(base));
    expect(done.map(({ base }) => base)).toEqual(expect.arrayContaining(expected));
  });

  it('tells of a repeated act once', async () => {
    const events = ['commitment_attest_ok', 'milestone_signal_ok'];
    const sql =
      'SELECT event, (1 + count(*) - count(DISTINCT commitment_id))::int AS n FROM audit_logs WHERE event = ANY ($1) GROUP BY 1 ORDER BY 1';
    expect(await world.sql(sql, [events])).toEqual(events.map((event) => ({ event, n: 1 })));
  });
});

describe('anchors', () => {
  it('put the newest seal on the chain, signed before it is sent, and nothing when nothing is new', async () => {
    await sealAll(world);
    const result = await world.app.get(AuditAnchor).run();
    expect(result.final).toBe(true);
    const [anchor] = await world.sql<{ signature: string; hash: string; confirmed: boolean }>(
      `SELECT audit_anchors.signature, encode(hash, 'hex') AS hash, confirmed_at IS NOT NULL AS confirmed
         FROM audit_anchors JOIN audit_seals ON id = seal_id`,
    );
    expect(anchor?.confirmed).toBe(true);
    const memo = await world.app.get(Chain).finalizedMemo(anchor?.signature ?? '');
    const [key] = world.app.get(SealSigner).publicKeys;
    expect(memo).toEqual({
      memo: `cts-audit:${result.sealId}:${anchor?.hash}:${key}`,
      feePayer: payer.address,
    });
    expect(await world.app.get(AuditAnchor).run()).toEqual({ sealId: null, final: true });
    expect(await world.sql('SELECT 1 FROM audit_anchors')).toHaveLength(1);
  });

  it('that never land are followed by others', async () => {
    await world.adminClient();
    await sealAll(world);
    await world.sql(
      `INSERT INTO audit_anchors (seal_id, signature, created_at)
       SELECT max(id), '${'5'.repeat(87)}', now() FROM audit_seals`,
    );
    expect((await world.app.get(AuditAnchor).run()).final).toBe(true);
    const open = await world.sql('SELECT signature FROM audit_anchors WHERE confirmed_at IS NULL');
    expect(open).toEqual([{ signature: '5'.repeat(87) }]);
  });
});

describe('ops audit', () => {
  it('lists, exports and verifies, from the database and from the file', async () => {
    const keypair = join(folder, 'admin.json');
    writeFileSync(keypair, world.admin.toJson(), { mode: 0o600 });
    expect((await ops('login', '--keypair', keypair, '--api', world.url)).code).toBe(0);
    await sealAll(world);
    const listed = await ops('audit', 'list', '--event', 'admin_*', '--limit', '3');
    expect((JSON.parse(listed.out) as { items: Json[] }).items).toHaveLength(3);
    const csv = await ops('audit', 'export', '--format', 'csv', '--event', 'admin_login_ok');
    expect(csv.out).toMatch(/^id,ts,event,.*\r\n\d+,.*,admin_login_ok,/);
    const { out } = await ops('audit', 'export');
    const file = join(folder, 'audit.ndjson');
    writeFileSync(file, out);
    const fromFile = await verify(file);
    expect(fromFile).toMatchObject({ code: 0, result: { firstFinding: null, unsealed: 0 } });
    const fromDatabase = await verify();
    expect(fromDatabase).toMatchObject({ code: 0, result: { firstFinding: null } });
    expect(fromDatabase.result['anchors']).toEqual({ checked: 2, payers: [payer.address] });
    expect(fromDatabase.result['head']).toEqual(fromFile.result['head']);
    const filtered = join(folder, 'filtered.ndjson');
    writeFileSync(filtered, (await ops('audit', 'export', '--event', 'admin_*')).out);
    expect(await ops('audit', 'verify', filtered)).toMatchObject({ code: 2, out: '' });
  });

  it('ends with exit code 1 and names the row that its owner has changed', async () => {
    const [row] = await world.sql<{ id: string; actor: string }>(
      `SELECT id, actor FROM audit_logs WHERE event = 'admin_commitment_success_ok' LIMIT 1`,
    );
    await tamper(world, `UPDATE audit_logs SET actor = 'nobody' WHERE id = ${row?.id}`);
    const { code, result } = await verify();
    expect([code, result['firstFinding']]).toMatchObject([1, { kind: 'changed', rowId: row?.id }]);
    await tamper(world, `UPDATE audit_logs SET actor = '${row?.actor}' WHERE id = ${row?.id}`);
    expect((await verify()).code).toBe(0);
  });

  it('finds an end that was cut off with its seals by a hash from elsewhere, and by the anchors', async () => {
    const [last] = await world.sql<{ id: string; hash: string; first: string }>(
      `SELECT id, encode(hash, 'hex') AS hash, row_ids[1] AS first FROM audit_seals WHERE id > 1 ORDER BY id DESC LIMIT 1`,
    );
    await world.app.get(AuditAnchor).run();
    await tamper(
      world,
      `DELETE FROM audit_logs WHERE id >= ${last?.first}; DELETE FROM audit_seals WHERE id = ${last?.id}`,
    );
    for (const args of [[], ['--seal', String(last?.hash)]]) {
      expect(await verify(...args)).toMatchObject({ code: 1, result: { firstFinding: { kind: 'cut_off' } } });
    }
  });

  it('finds a chain that was rewritten as a whole by what the chain of blocks keeps', async () => {
    await tamper(world, `UPDATE audit_logs SET actor = 'nobody' WHERE id = 1; DELETE FROM audit_seals`);
    await sealAll(world);
    const { code, result } = await verify();
    expect([code, (result['firstFinding'] as Json)['kind']]).toEqual([1, 'rewritten']);
  });
});
