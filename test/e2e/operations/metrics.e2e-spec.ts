import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppWorld } from '../../support/worlds/app-world.js';
import { scrape } from '../../support/checks/metrics.js';
import { DASHBOARD, metricsIn, RULE_TESTS, RULES } from '../../support/checks/monitoring.js';
import { runWithInput, skipNote } from '../../support/processes/system-programs.js';
import { TestWallet } from '../../support/builders/wallets.js';
import { attested, create, succeed } from '../../support/builders/personal.js';
import { pollUntil } from '../../support/poll.js';

const note = skipNote('promtool');
const begun = Date.now();
let world: AppWorld;

beforeAll(async () => {
  world = await AppWorld.start({ AUDIT_WEBHOOK_URL: 'http://127.0.0.1:1/dead' });
});
afterAll(() => world?.stop());

describe('/health/ready', () => {
  it('T3: says that one endpoint alone is a single source, which is no fault', async () => {
    const answer = await fetch(`${world.url}/health/ready`);
    const { checks } = (await answer.json()) as { checks: { rpc: unknown } };
    expect(checks.rpc).toMatchObject({
      status: 'ok',
      singleSource: true,
      detail: expect.stringContaining('single_source') as string,
    });
  });
});

describe('/metrics', () => {
  it('shows commitments, payouts, jobs, the chain and the webhook as they are', async () => {
    await create(world);
    await succeed(await world.adminClient(), (await attested(world)).id);
    await pollUntil('the finalized payout', async () => {
      const [payout] = await world.sql<{ status: string }>('SELECT status FROM payouts');
      return payout?.status === 'finalized' || undefined;
    });
    const series = [
      'cts_open_commitments{kind="personal",status="active"}',
      'cts_open_commitments{kind="personal",status="resolving"}',
      'cts_open_commitments{kind="creator_reward",status="active"}',
      'cts_unfinished_payouts{status="confirmed"}',
      'cts_unfinished_payouts{status="stopped"}',
      'cts_payout_oldest_open_age_seconds',
      'cts_job_overdue{name="payout-driver"}',
      `cts_rpc_endpoint_ok{host="${new URL(world.chain.rpcUrl).host}"}`,
      'cts_webhook_disabled',
      'cts_database_up',
    ];
    // They are read every few seconds only.
    const values = async () => {
      const shown = await scrape(world.url);
      return series.map((name) => shown.get(name));
    };
    await expect.poll(values).toEqual([1, 0, 0, 0, 0, 0, 0, 1, 0, 1]);
    const metrics = await scrape(world.url);
    const last = metrics.get('cts_job_last_success_timestamp_seconds{name="payout-driver"}') ?? 0;
    expect(last).toBeGreaterThan(begun / 1_000);
    // The admin's sign-in and decision, which no receiver takes.
    expect(metrics.get('cts_webhook_deliveries{status="pending"}')).toBe(2);
    const answered =
      'cts_http_request_duration_seconds_count{method="POST",route="/api/commitments",status="201"}';
    expect(metrics.get(answered)).toBe(2);
  });

  it('has every metric that the alerts and the dashboard name', async () => {
    await world.restart({ ESCROW_FEE_PAYER_SECRET_KEY: TestWallet.generate().toJson() });
    await create(world);
    await pollUntil('all of them', async () => {
      const there = metricsIn(await (await fetch(`${world.url}/metrics`)).text());
      const named = metricsIn(RULES + RULE_TESTS + DASHBOARD);
      return named.every((name) => there.includes(name)) || undefined;
    });
    const { text } = await world.send('GET', '/metrics');
    expect(metricsIn(text)).toEqual(expect.arrayContaining(metricsIn(RULES + RULE_TESTS + DASHBOARD)));
  });

  it.skipIf(note !== '')(`is named as Prometheus advises${note}`, async () => {
    const { text } = await world.send('GET', '/metrics');
    expect(runWithInput('promtool', ['check', 'metrics'], text)).toEqual({ code: 0, said: '' });
  });

  it('is for who has METRICS_TOKEN, where one is set', async () => {
    const token = 'metrics-token-of-the-tests-0123456789';
    await world.restart({ METRICS_TOKEN: token });
    const ask = (authorization?: string) =>
      world.send('GET', '/metrics', { headers: authorization === undefined ? {} : { authorization } });
    for (const wrong of [undefined, token, `Bearer ${token}x`, `Basic ${token}`, 'Bearer ']) {
      const refused = await ask(wrong);
      expect([refused.status, refused.body], wrong).toMatchObject([401, { code: 'metrics_token_needed' }]);
      expect(refused.text).not.toContain('cts_');
    }
    expect((await ask(`Bearer ${token}`)).text).toContain('cts_database_up');
    expect((await world.send('GET', '/health/ready')).status).toBe(200);
  });
});
