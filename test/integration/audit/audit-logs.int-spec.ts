import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SealSigner } from '#src/audit/seals/seal-signer.service.js';
import { AuditSealer } from '#src/audit/seals/audit-sealer.service.js';
import {
  type AuditSearch,
  eventNamesSql,
  idBoundsSql,
  searchSql,
  type Statement,
} from '#src/audit/search/audit-search.js';
import { verifyFile } from '#src/cli/audit/audit-file.js';
import { RestClient } from '#src/local/rest-client.js';
import { type AdminApp, ORIGIN, startAdminApp } from '../../support/worlds/admin-app.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { pollUntil } from '../../support/poll.js';
import { execute } from '../../support/sql.js';
import { TestWallet } from '../../support/builders/wallets.js';

type Json = Record<string, unknown>;
interface Page {
  readonly items: (Json & { id: string; ts: string; event: string })[];
  readonly nextCursor: string | null;
}

const ROWS = 100_000;
const ACTOR = '7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV';
const COMMITMENT = '0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e6f';
const admin = TestWallet.generate();

// Two months of rows: mostly wallets' and jobs', every thousandth an admin's, every ten-thousandth about one commitment.
const FILL = `
  INSERT INTO public.audit_logs (ts, event, actor, request_id, commitment_id, fields)
  SELECT '2026-09-01T00:00:00Z'::timestamptz + n * interval '50 seconds',
         CASE WHEN n % 1000 = 0 THEN 'admin_reward_milestone_release_ok' WHEN n % 1000 = 1 THEN 'admin_login_ok'
              WHEN n % 3 = 0 THEN 'milestone_signal_ok' ELSE 'payout_signed' END,
         CASE WHEN n % 1000 < 2 THEN '${ACTOR}' ELSE 'job:payout-driver' END, 'request-' || n,
         CASE WHEN n % 10000 = 0 THEN '${COMMITMENT}'::uuid END, jsonb_build_object('number', n, 'text', '=1+1, "x"')
    FROM generate_series(1, ${ROWS}) AS n`;

let database: TestDatabase;
let running: AdminApp;
let client: RestClient;
let url: string;
let cookie: string;

beforeAll(async () => {
  database = await createTestDatabase();
  await execute(database.url, FILL);
  await execute(database.url, 'ANALYZE public.audit_logs');
  running = await startAdminApp(database.url, [admin.address]);
  running.clock.at = Date.now();
  await running.app.listen(0, '127.0.0.1');
  url = await running.app.getUrl();
  client = new RestClient(url, ORIGIN);
  await client.adminLogin(admin);
  cookie = (client as unknown as { cookie: string }).cookie;
});
afterAll(async () => {
  await running?.app.close();
  await database?.drop();
});

const list = async (query: string) => (await client.get<Page>(`/admin/audit-logs?${query}`)).body;

describe('GET /admin/audit-logs', () => {
  it('answers newest first, in pages that meet without a gap', async () => {
    const first = await list('event=admin_login_ok&limit=60');
    const second = await list(`event=admin_login_ok&limit=60&cursor=${first.nextCursor}`);
    const ids = [...first.items, ...second.items].map(({ id }) => Number(id));
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([60, 41, null]);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a));
    expect(first.items[0]).toMatchObject({
      event: 'admin_login_ok',
      actor: admin.address,
      commitmentId: null,
    });
  });

  it('filters by event, beginning of events, actor, commitment and time, all at once', async () => {
    const events = async (query: string) => new Set((await list(query)).items.map(({ event }) => event));
    expect(await events('event=admin_*')).toEqual(
      new Set(['admin_reward_milestone_release_ok', 'admin_login_ok']),
    );
    expect(await events('event=nothing_*')).toEqual(new Set());
    expect((await list(`commitment=${COMMITMENT}`)).items).toHaveLength(10);
    expect((await list(`actor=${ACTOR}&limit=200`)).items).toHaveLength(200);
    const day = 'from=2026-09-03T00:00:00Z&to=2026-09-03T01:00:00Z&limit=200';
    const { items } = await list(day);
    expect(items).toHaveLength(72);
    expect(items.at(-1)?.ts).toBe('2026-09-03T00:00:00.000000Z');
    const all = `${day}&event=admin_*&actor=${ACTOR}`;
    expect((await list(all)).items.length).toBeLessThanOrEqual(2);
    expect((await list(`${all}&commitment=${COMMITMENT}`)).items).toEqual([]);
  });

  it.each([
    'event=*x',
    'event=A',
    'actor=%20',
    'commitment=x',
    'from=yesterday',
    'to=2026-13-01T00:00:00Z',
    'limit=0',
  ])('refuses ?%s', async (query) => {
    await expect(list(query)).rejects.toMatchObject({ status: 400, code: 'validation_failed' });
  });

  it('is for admins', async () => {
    for (const path of ['audit-logs', 'audit-logs.csv', 'audit-logs.ndjson']) {
      const anyone = new RestClient(url, ORIGIN).get(`/admin/${path}`);
      await expect(anyone).rejects.toMatchObject({ status: 401, code: 'not_signed_in' });
    }
    // Those refused above for their query are there as well.
    const denied = (await list('event=admin_audit_logs_denied&actor=anonymous')).items;
    expect(denied).toHaveLength(3);
    for (const { fields } of denied) expect(fields).toEqual({ code: 'not_signed_in', status: 401 });
  });
});

interface Plan {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

/** All nodes of the plan as it was run. */
async function planOf({ text, values }: Statement): Promise<Plan[]> {
  const sql = `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`;
  const [row] = await execute<{ 'QUERY PLAN': [{ Plan: Plan }] }>(database.url, sql, [...values]);
  const flat = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)];
  return row === undefined ? [] : flat(row['QUERY PLAN'][0].Plan);
}

describe('N6: at 100,000 rows', () => {
  const day = { from: new Date('2026-09-03T00:00:00Z'), to: new Date('2026-09-04T00:00:00Z') };
  const searches: [string, AuditSearch][] = [
    ['no filter', {}],
    ['a rare event', { events: ['admin_login_ok'] }],
    ['an event that is not there', { events: ['nothing_ok'] }],
    ['many events', { events: ['admin_login_ok', 'milestone_signal_ok', 'payout_signed'] }],
    ['a rare actor', { actor: ACTOR }],
    ['a common actor', { actor: 'job:payout-driver' }],
    ['a commitment', { commitmentId: COMMITMENT }],
    ['a day', { ...day, afterId: '3384', beforeId: '5257' }],
    ['a page in the middle', { beforeId: '50000' }],
  ];
  it.each(searches)('a page by %s costs what it answers, in both directions', async (_, search) => {
    for (const order of ['ASC', 'DESC'] as const) {
      for (const node of await planOf(searchSql(search, order, 51))) {
        expect(node['Node Type']).not.toMatch(/Seq Scan|Bitmap/);
        expect(
          (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
        ).toBeLessThan(1_000);
      }
    }
  });

  it('names of events and bounds of time are looked up in a few steps', async () => {
    for (const statement of [eventNamesSql('admin_'), idBoundsSql(day)]) {
      for (const node of await planOf(statement)) {
        expect(node['Node Type']).not.toMatch(/Seq Scan|Bitmap/);
        expect(node['Actual Rows']).toBeLessThan(10);
      }
    }
  });
});

function open(path: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(`${url}/api/admin/${path}`, { headers: { cookie } }, resolve).on('error', reject);
  });
}

async function download(path: string): Promise<{ answer: IncomingMessage; text: string }> {
  const answer = await open(path);
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part as Buffer);
  return { answer, text: Buffer.concat(parts).toString('utf8') };
}

describe('export', () => {
  it('as CSV has every matching row, oldest first, harmless in a spreadsheet', async () => {
    const { answer, text } = await download(`audit-logs.csv?commitment=${COMMITMENT}`);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="audit-logs.csv"');
    const [head, first, ...rest] = text.trimEnd().split('\r\n');
    expect(head).toBe('id,ts,event,actor,request_id,commitment_id,payout_id,signature,fields');
    expect(first).toBe(
      `10000,2026-09-06T18:53:20.000000Z,admin_reward_milestone_release_ok,${ACTOR},request-10000,${COMMITMENT},,,` +
        '"{""text"": ""=1+1, \\""x\\"""", ""number"": 10000}"',
    );
    expect(rest).toHaveLength(9);
  });

  it('as NDJSON without a filter can be verified, and shows what was changed in it', async () => {
    const sealer = running.app.get(AuditSealer);
    let sealed = 0;
    await pollUntil('the rows to be sealed', async () => {
      sealed += (await sealer.run()).rows;
      return sealed >= ROWS ? true : undefined;
    });
    const { text } = await download('audit-logs.ndjson');
    const folder = mkdtempSync(join(tmpdir(), 'cts-audit-'));
    const file = join(folder, 'audit.ndjson');
    const verificationOf = (content: string) => {
      writeFileSync(file, content);
      const trusted = running.app.get(SealSigner).publicKeys;
      return verifyFile(file, { trusted }, () => undefined);
    };
    try {
      expect(await verificationOf(text)).toMatchObject({
        firstFinding: null,
        seals: Math.ceil(sealed / 1_000),
      });
      const changed = text.replace('"requestId":"request-777"', '"requestId":"request-778"');
      expect((await verificationOf(changed)).firstFinding).toMatchObject({ kind: 'changed', rowId: '777' });
      const lines = text.split('\n');
      const without = lines.filter((line) => !line.includes('"id":"888","txid"')).join('\n');
      expect((await verificationOf(without)).firstFinding).toMatchObject({ kind: 'removed', rowId: '888' });
      const half = `${lines.slice(0, 50_000).join('\n')}\n`;
      expect((await verificationOf(half)).firstFinding).toMatchObject({ kind: 'cut_off' });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('needs no more memory for more rows', async () => {
    const answer = await open('audit-logs.csv');
    let [highest, bytes, parts] = [0, 0, 0];
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    for await (const part of answer) {
      bytes += (part as Buffer).length;
      if ((parts += 1) % 20 === 0) highest = Math.max(highest, process.memoryUsage().heapUsed);
    }
    expect(bytes).toBeGreaterThan(ROWS * 100);
    expect(highest - before).toBeLessThan(96 * 1024 * 1024);
  });

  it('waits for a client that does not read, and ends when it goes away', async () => {
    const answer = await open('audit-logs.ndjson');
    answer.pause();
    const socket = answer.socket;
    const statements = async () => {
      const [row] = await execute<{ n: number }>(
        database.url,
        `SELECT count(*)::int AS n FROM pg_stat_activity
          WHERE datname = current_database() AND application_name = 'commit-to-ship' AND state <> 'idle'`,
      );
      return row?.n;
    };
    await pollUntil('the server to wait', async () => ((await statements()) === 0 ? true : undefined));
    socket.destroy();
    // The server still answers, and holds nothing open.
    expect((await list('limit=1')).items).toHaveLength(1);
    await pollUntil('all connections to be idle', async () =>
      (await statements()) === 0 ? true : undefined,
    );
  });
});
