import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppWorld } from '../support/app-world.js';
import { scrape } from '../support/metrics.js';
import { attested, create, succeed } from '../support/personal.js';
import { pollUntil } from '../support/poll.js';

let world: AppWorld;

beforeAll(async () => {
  world = await AppWorld.start({ AUDIT_WEBHOOK_URL: 'http://127.0.0.1:1/dead' });
});
afterAll(() => world?.stop());

describe('/metrics', () => {
  it('shows commitments, payouts, jobs, the chain and the webhook as they are', async () => {
    await create(world);
    await succeed(await world.adminClient(), (await attested(world)).id);
    await pollUntil('the finalized payout', async () => {
      const [payout] = await world.sql<{ status: string }>('SELECT status FROM payouts');
      return payout?.status === 'finalized' || undefined;
    });
    const metrics = await scrape(world.url);
    const values = [
      'cts_open_commitments{kind="personal",status="active"}',
      'cts_open_commitments{kind="personal",status="resolving"}',
      'cts_open_commitments{kind="creator_reward",status="active"}',
      'cts_unfinished_payouts{status="confirmed"}',
      'cts_unfinished_payouts{status="stopped"}',
      'cts_payout_oldest_open_age_seconds',
      'cts_job_overdue{job="payout-driver"}',
      `cts_rpc_endpoint_ok{host="${new URL(world.chain.rpcUrl).host}"}`,
      'cts_webhook_disabled',
      'cts_database_up',
    ].map((series) => metrics.get(series));
    expect(values).toEqual([1, 0, 0, 0, 0, 0, 0, 1, 0, 1]);
    const last = metrics.get('cts_job_last_success_timestamp_seconds{job="payout-driver"}') ?? 0;
    expect(Date.now() / 1_000 - last).toBeLessThan(60);
    // The admin's sign-in and decision, which no receiver takes.
    expect(metrics.get('cts_webhook_deliveries{status="pending"}')).toBe(2);
    const answered =
      'cts_http_request_duration_seconds_count{method="POST",route="/api/commitments",status="201"}';
    expect(metrics.get(answered)).toBe(2);
  });
});
