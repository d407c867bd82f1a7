import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MetricsSources } from '#src/health/metrics.js';
import { OPEN_COMMITMENTS, UNFINISHED_PAYOUTS } from '#src/health/metrics.repository.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { startHttpApp } from '../../support/worlds/http-app.js';
import { scrape } from '../../support/checks/metrics.js';
import { pollUntil } from '../../support/poll.js';
import { execute } from '../../support/sql.js';
import { planOf } from '../../support/checks/statements.js';
import { TcpProxy } from '../../support/proxies/tcp-proxy.js';

const SECRETS = ['s'.repeat(32), 'key-of-the-rpc', 'hooks-secret'];

let database: TestDatabase;
let proxy: TcpProxy;
const apps: NestFastifyApplication[] = [];
let url: string;

beforeAll(async () => {
  database = await createTestDatabase();
  proxy = await TcpProxy.before(database.url);
  url = await start();
});
afterAll(async () => {
  proxy?.thaw();
  await Promise.all(apps.map((app) => app.close()));
  await proxy?.close();
  await database?.drop();
});

async function start(): Promise<string> {
  const started = await startHttpApp(proxy.url, {
    SOLANA_RPC_URL: 'http://127.0.0.1:1/?api-key=key-of-the-rpc',
    AUDIT_WEBHOOK_URL: 'http://127.0.0.1:1/hooks-secret',
  });
  apps.push(started.app);
  return started.url;
}

const valueOf = async (series: string, at = url) => (await scrape(at)).get(series);
/** From here on a test need not wait for the next reading. */
function askOften(): void {
  const sources = apps.flatMap((app) => app.get(MetricsSources, { strict: false }).all);
  for (const source of sources) Object.assign(source, { maxAgeMs: 100 });
}
const becomes = (series: string, value: number) =>
  pollUntil(`${series} to be ${value}`, async () => (await valueOf(series)) === value || undefined);

describe('/metrics', () => {
  it('is text for Prometheus, outside the prefix, with nothing secret in it', async () => {
    const answer = await fetch(`${url}/metrics`);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const text = await answer.text();
    for (const secret of [...SECRETS, proxy.url, 'postgres:']) expect(text).not.toContain(secret);
    for (const line of text.split('\n').filter(Boolean)) expect(line).toMatch(/^(# (HELP|TYPE) )?cts_/);
    expect((await fetch(`${url}/api/metrics`)).status).toBe(404);
  });

  it('counts requests by the pattern of their route, and each application its own', async () => {
    const series =
      'cts_http_request_duration_seconds_count{method="GET",route="/api/shell/fails/:how",status="500"}';
    const other = await start();
    await fetch(`${url}/api/shell/fails/one`);
    await fetch(`${url}/api/shell/fails/two`);
    await fetch(`${url}/api/nowhere/at/all`);
    expect(await valueOf(series)).toBe(2);
    expect(await valueOf(series, other)).toBeUndefined();
    const metrics = await scrape(url);
    expect([...metrics.keys()].join()).not.toContain('nowhere');
    expect(metrics.get('cts_rpc_endpoint_ok{host="127.0.0.1:1"}')).toBe(0);
    await pollUntil(
      'requests to the endpoint that is not there to be counted',
      async () => Number(await valueOf('cts_rpc_requests_total{host="127.0.0.1:1",outcome="network"}')) > 0,
    );
    expect(metrics.get('cts_process_cpu_seconds_total')).toBeGreaterThan(0);
  });

  it('follows what happens in the database, and reads it every few seconds at most', async () => {
    expect(await valueOf('cts_webhook_deliveries{status="pending"}')).toBe(0);
    const reads = async () => {
      const [row] = await execute<{ calls: number }>(
        database.url,
        `SELECT coalesce(sum(seq_scan + coalesce(idx_scan, 0)), 0)::int AS calls
           FROM pg_stat_user_tables WHERE relname IN ('payouts', 'commitments')`,
      );
      return row?.calls ?? 0;
    };
    const before = await reads();
    await Promise.all(Array.from({ length: 40 }, () => scrape(url)));
    expect((await reads()) - before).toBeLessThanOrEqual(4);
    askOften();
    // Every table's owner may write here what a request would.
    await execute(
      database.url,
      `INSERT INTO audit_webhook_deliveries (id, audit_id, event, priority, next_attempt_at, give_up_at, created_at)
       SELECT gen_random_uuid(), n, 'thing_error', 0, now(), now(), now() - interval '1 hour' FROM generate_series(1, 3) n`,
    );
    await becomes('cts_webhook_deliveries{status="pending"}', 3);
    expect(await valueOf('cts_webhook_oldest_pending_age_seconds')).toBeGreaterThanOrEqual(3_600);
  });

  it('N6: counts what is open alone: what is finished costs it nothing', async () => {
    await execute(
      database.url,
      `SET session_replication_role = replica;
       INSERT INTO commitments (id, kind, wallet, destination_on_fail, amount_lamports, deadline, status, resolution,
         resolved_at, terms, terms_hash, message_hash, signature, created_at)
       SELECT gen_random_uuid(), 'personal', repeat('w', 32), repeat('d', 32), 1, now(), k.status, k.resolution, k.resolved_at,
         '{"kind": "personal"}', repeat('a', 64), encode(sha256(n::text::bytea), 'hex'), 'x', now()
       FROM generate_series(1, 5000) n JOIN (VALUES
         (0, 'active', NULL, NULL), (1, 'failed', 'failure', now())) AS k (first, status, resolution, resolved_at)
         ON (k.first = 0) = (n = 1);
       INSERT INTO payouts (id, commitment_id, purpose, business_key, source, destination, amount_lamports, drain, status,
         next_run_at, requested_by, created_at, confirmed_at, finalized_at)
       SELECT gen_random_uuid(), gen_random_uuid(), 'stray_forward', 'key:' || n, repeat('s', 32), repeat('d', 32), 1, false, 'finalized',
         now(), 'x', now(), now(), now() FROM generate_series(1, 5000) n;
       ANALYZE`,
    );
    const host = {
      sql: <R extends object>(sql: string, values?: unknown[]) => execute<R>(database.url, sql, values),
    };
    for (const sql of [UNFINISHED_PAYOUTS, OPEN_COMMITMENTS]) {
      const nodes = await planOf(host, { sql, parameters: [] });
      expect(nodes.map((node) => node['Node Type'])).not.toContain('Seq Scan');
      expect(Math.max(...nodes.map((node) => node['Actual Rows'] ?? 0))).toBeLessThanOrEqual(1);
    }
    await becomes('cts_open_commitments{kind="personal",status="active"}', 1);
    expect(await valueOf('cts_unfinished_payouts{status="pending"}')).toBe(0);
  });

  it('answers while the database is away, without numbers that nobody knows', async () => {
    expect(await valueOf('cts_database_up')).toBe(1);
    await proxy.close();
    const metrics = await pollUntil('the outage', async () => {
      const found = await scrape(url);
      const [ledger, up] = ['cts_metrics_source_up{source="ledger"}', 'cts_database_up'].map((name) =>
        found.get(name),
      );
      return ledger === 0 && up === 0 ? found : undefined;
    });
    expect(metrics.has('cts_unfinished_payouts{status="pending"}')).toBe(false);
    expect(metrics.get('cts_process_cpu_seconds_total')).toBeGreaterThan(0);
    await proxy.open();
    await becomes('cts_unfinished_payouts{status="pending"}', 0);
    await becomes('cts_database_up', 1);
  });
});
