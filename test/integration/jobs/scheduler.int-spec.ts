import { setTimeout as delay } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SchedulerRegistry } from '@nestjs/schedule';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Shutdown } from '#src/common/shutdown.js';
import { JobRunner } from '#src/jobs/job-runner.service.js';
import { JOBS } from '#src/jobs/jobs.js';
import { OverdueWatch } from '#src/jobs/overdue-watch.service.js';
import { JobScheduler } from '#src/jobs/job-scheduler.service.js';
import type { LocalChain } from '#src/local/chain/chain.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { startHttpApp } from '../../support/worlds/http-app.js';
import { startTestChain } from '../../support/worlds/localnet.js';
import { pollUntil } from '../../support/poll.js';
import { execute } from '../../support/sql.js';

interface Health {
  readonly status: string;
  readonly checks: Record<
    string,
    { status: string; detail?: string; lastSuccess?: Record<string, string | null> }
  >;
}

const NAMES = JOBS.map(({ name }) => name);

let chain: LocalChain;
let database: TestDatabase;
const replicas: { readonly app: NestFastifyApplication; readonly url: string }[] = [];

beforeAll(async () => {
  chain = await startTestChain();
});
afterAll(() => chain?.stop());
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(replicas.splice(0).map(({ app }) => app.close()));
  await database.drop();
});

function startService(databaseUrl: string, jobsEnabled: boolean) {
  const settings = { JOBS_ENABLED: String(jobsEnabled), SOLANA_RPC_URL: chain.rpcUrl };
  return startHttpApp(databaseUrl, { ...settings, SOLANA_CLUSTER: 'localnet' });
}

/** One more replica over the same database, the whole service. */
async function replica(jobsEnabled: boolean) {
  const started = await startService(database.url, jobsEnabled);
  replicas.push(started);
  const get = <T>(type: new (...args: never[]) => T): T => started.app.get(type, { strict: false });
  return { ...started, get };
}

const sql = <R extends object>(text: string, values: unknown[] = []) =>
  execute<R>(database.url, text, values);
const alarms = () =>
  sql<{ job: string; actor: string; fields: Record<string, unknown> }>(
    `SELECT fields ->> 'job' AS job, actor, fields FROM audit_logs WHERE event = 'job_overdue_error' ORDER BY id`,
  );
const letTimePass = () =>
  sql(
    `UPDATE jobs SET created_at = created_at - interval '1 day', last_success_at = last_success_at - interval '1 day'`,
  );

async function jobsHealth(url: string) {
  const health = (await (await fetch(`${url}/health/ready`)).json()) as Health;
  return { status: health.status, jobs: health.checks['jobs'] };
}

describe('N5: in the real service', () => {
  let own: TestDatabase;
  let started: Awaited<ReturnType<typeof startHttpApp>>;
  beforeAll(async () => {
    own = await createTestDatabase();
    started = await startService(own.url, true);
  });
  afterAll(async () => {
    await started?.app.close();
    await own?.drop();
  });

  it.each(NAMES)('%s runs by itself, and succeeds', async (name) => {
    const ask = (what: string) => execute<{ ok: boolean }>(own.url, what, [name]);
    const runs = await pollUntil(`a run of ${name}`, async () => {
      const found = await ask('SELECT ok FROM job_runs WHERE job = $1');
      return found.length > 0 ? found : undefined;
    });
    expect(runs[0]).toEqual({ ok: true });
    expect(await ask('SELECT 1 FROM jobs WHERE name = $1 AND last_success_at IS NOT NULL')).toHaveLength(1);
  });
});

describe('the scheduler', () => {
  it('runs each job once per period on two replicas', async () => {
    await Promise.all([replica(true), replica(true)]);
    const runs = await pollUntil('three runs of the payout driver', async () => {
      const all = await sql<{ job: string; ms: number; ok: boolean }>(
        `SELECT job, ok, extract(epoch FROM started_at)::float8 * 1000 AS ms FROM job_runs ORDER BY started_at`,
      );
      return all.filter(({ job }) => job === 'payout-driver').length >= 3 ? all : undefined;
    });
    expect(runs.every(({ ok }) => ok)).toBe(true);
    for (const { name, periodSeconds } of JOBS) {
      const times = runs.filter(({ job }) => job === name).map(({ ms }) => ms);
      const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
      expect(times.length, name).toBeGreaterThan(0);
      for (const gap of gaps) expect(gap, name).toBeGreaterThanOrEqual(periodSeconds * 1_000 - 1);
    }
  });

  it('tells in health when each job last succeeded', async () => {
    const { url } = await replica(true);
    const healthy = await pollUntil('all jobs in health', async () => {
      const { jobs } = await jobsHealth(url);
      return Object.values(jobs?.lastSuccess ?? {}).includes(null) ? undefined : jobs;
    });
    expect(healthy?.status).toBe('ok');
    expect(Object.keys(healthy?.lastSuccess ?? {})).toEqual(NAMES);
    await letTimePass();
    await pollUntil('the payout driver to have run again', async () => {
      const { jobs } = await jobsHealth(url);
      return jobs?.detail?.startsWith('overdue:') && !jobs.detail.includes('payout-driver')
        ? jobs
        : undefined;
    });
  });

  it('at the shutdown begins nothing more, and waits for what is under way', async () => {
    const { app, get } = await replica(true);
    const runs = () => sql<{ job: string }>('SELECT job FROM job_runs ORDER BY id');
    await pollUntil('all jobs to have run', async () =>
      (await runs()).length >= NAMES.length ? true : undefined,
    );
    await sql(
      `INSERT INTO jobs (name, period_seconds, next_run_at, created_at) VALUES ('long', 60, now(), now())`,
    );
    let end: () => void = () => undefined;
    let begun = false;
    const run = get(JobRunner).run('long', 60, async () => {
      begun = true;
      await new Promise<void>((resolve) => (end = resolve));
      return { ended: true };
    });
    await pollUntil('the run to begin', () => begun || undefined, { everyMs: 20 });

    get(Shutdown).begin();
    const before = await runs();
    await sql('UPDATE jobs SET next_run_at = now()');
    await get(JobScheduler).tick();
    replicas.splice(0);
    let closed = false;
    const closing = app.close().then(() => (closed = true));
    await expect(Promise.race([closing, delay(500, 'still open')])).resolves.toBe('still open');
    expect([closed, await runs()]).toEqual([false, before]);
    end();
    expect(await run).toBe('ok');
    await closing;
    expect((await runs()).slice(before.length)).toEqual([{ job: 'long' }]);
  });
});

describe('N5: jobs that are switched off everywhere', () => {
  it('do not run, and every one is missed: in health, and in the audit log once, however many watch', async () => {
    const watching = [await replica(false), await replica(false)];
    const schedulers = watching.map(({ get }) => get(JobScheduler));
    await Promise.all(schedulers.map((scheduler) => scheduler.tick()));
    expect(await sql('SELECT 1 FROM job_runs')).toEqual([]);
    expect(await alarms()).toEqual([]);
    for (const { get } of watching) {
      expect(get(SchedulerRegistry).getIntervals()).toEqual(expect.arrayContaining(['jobs', 'jobs-watch']));
    }

    await letTimePass();
    await Promise.all([...schedulers, ...schedulers, ...schedulers].map((scheduler) => scheduler.watch()));
    const raised = await alarms();
    expect(raised.map(({ job }) => job).sort()).toEqual([...NAMES].sort());
    expect(raised.find(({ job }) => job === 'payout-driver')).toMatchObject({
      actor: 'job:overdue-watch',
      fields: { job: 'payout-driver', periodSeconds: 5, lastSuccessAt: null },
    });
    const health = await jobsHealth(watching[0]?.url ?? '');
    expect(health).toMatchObject({ status: 'degraded', jobs: { status: 'error' } });
    for (const name of NAMES) expect(health.jobs?.detail).toContain(name);
    expect(await sql('SELECT 1 FROM job_runs')).toEqual([]);
  });

  it('are missed again only after they have worked in between', async () => {
    const { get } = await replica(false);
    const [runner, watch] = [get(JobRunner), get(OverdueWatch)];
    const job = { name: 'flaky', periodSeconds: 60 };
    await watch.check([job]);
    const run = async (work: () => Promise<object>) => {
      await sql(`UPDATE jobs SET next_run_at = now() WHERE name = 'flaky'`);
      return runner.run('flaky', 60, async () => ({ ...(await work()) }));
    };
    await letTimePass();
    expect(await watch.check([job])).toEqual(['flaky']);
    expect(await watch.check([job])).toEqual([]);
    expect(await run(() => Promise.reject(new Error('still broken')))).toBe('failed');
    expect(await watch.check([job])).toEqual([]);
    expect(await run(() => Promise.resolve({}))).toBe('ok');
    expect(await watch.check([job])).toEqual([]);
    await letTimePass();
    expect(await watch.check([job])).toEqual(['flaky']);
    expect((await alarms()).map(({ job: name }) => name)).toEqual(['flaky', 'flaky']);
  });

  it('a run that hangs is missed as well, while it holds its lock', async () => {
    const { get } = await replica(false);
    const watch = get(OverdueWatch);
    const job = { name: 'hanging', periodSeconds: 1 };
    await watch.check([job]);
    let end: () => void = () => undefined;
    let begun = false;
    const run = get(JobRunner).run('hanging', 1, async () => {
      begun = true;
      await new Promise<void>((resolve) => (end = resolve));
      return {};
    });
    await pollUntil('the run to begin', () => begun || undefined, { everyMs: 20 });
    await letTimePass();
    expect(await watch.check([job])).toEqual(['hanging']);
    end();
    expect(await run).toBe('ok');
  });
});
