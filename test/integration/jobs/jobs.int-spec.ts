import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { currentContext } from '#src/common/request-context.js';
import type { JobOutcome, JobResult } from '#src/jobs/jobs.js';
import { pause } from '../../support/clock.js';
import { type Child, startProgram } from '../../support/processes/child.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { JobReplica } from '../../support/worlds/job-replica.js';
import { pollUntil } from '../../support/poll.js';
import { execute } from '../../support/sql.js';

interface Run {
  readonly id: string;
  readonly ok: boolean;
  readonly result: JobResult;
  readonly startedMs: number;
  readonly finishedMs: number;
}

let database: TestDatabase;
let one: JobReplica;
let other: JobReplica;
let names = 0;
const children: Child[] = [];

beforeAll(async () => {
  Logger.overrideLogger(false);
  database = await createTestDatabase();
  one = new JobReplica(database.appUrl);
  other = new JobReplica(database.appUrl);
});
afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.kill()));
});
afterAll(async () => {
  await Promise.all([one?.stop(), other?.stop()]);
  await database?.drop();
});

/** A job of the test's own, due at once. */
async function newJob(periodSeconds: number): Promise<string> {
  names += 1;
  const name = `test-job-${names}`;
  await one.jobs.register([{ name, periodSeconds }]);
  return name;
}

const runsOf = (name: string) =>
  execute<Run>(
    database.url,
    `SELECT id, ok, result, extract(epoch FROM started_at)::float8 * 1000 AS "startedMs",
            extract(epoch FROM finished_at)::float8 * 1000 AS "finishedMs"
       FROM public.job_runs WHERE job = $1 ORDER BY started_at`,
    [name],
  );

async function rowOf(name: string) {
  const [row] = await execute<{ started: boolean; succeeded: boolean; period_seconds: number }>(
    database.url,
    `SELECT last_started_at IS NOT NULL AS started, last_success_at IS NOT NULL AS succeeded, period_seconds
       FROM public.jobs WHERE name = $1`,
    [name],
  );
  return row;
}

/** Milliseconds from each start to the next. */
function gapsOf(runs: readonly Run[]): number[] {
  return runs.slice(1).map(({ startedMs }, index) => startedMs - (runs[index]?.startedMs ?? Infinity));
}

/** Work that lasts until it is told to end. */
function held() {
  let end: () => void = () => undefined;
  let begin: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const work = async (): Promise<JobResult> => {
    begin();
    await ended;
    return { done: true };
  };
  return { work, begun, end };
}

const nothing = () => Promise.resolve({});

/** Again and again until that many periods have passed by the clock of the database. */
async function whilePeriodsPass(
  count: number,
  periodMs: number,
  work: () => Promise<unknown>,
): Promise<void> {
  const [begun] = await execute<{ now: Date }>(database.url, 'SELECT clock_timestamp() AS now');
  const sql = `SELECT clock_timestamp() > $1::timestamptz + make_interval(secs => $2) AS over`;
  await pollUntil(
    `${count} periods to pass`,
    async () => {
      await work();
      const [passed] = await execute<{ over: boolean }>(database.url, sql, [
        begun?.now,
        (count * periodMs) / 1_000,
      ]);
      return passed?.over;
    },
    { everyMs: 10 },
  );
}

describe('a job on two replicas', () => {
  it('runs once per period, one replica at a time', async () => {
    const periodMs = 250;
    const name = await newJob(periodMs / 1_000);
    const seen = { under: 0, worst: 0, worked: 0 };
    const work = async () => {
      seen.under += 1;
      seen.worked += 1;
      seen.worst = Math.max(seen.worst, seen.under);
      await pause(60);
      seen.under -= 1;
      return {};
    };
    const ask = async ({ runner }: JobReplica) => {
      const outcomes: JobOutcome[] = [];
      while (seen.worked < 8) outcomes.push(await runner.run(name, periodMs / 1_000, work));
      return outcomes.filter((outcome) => outcome === 'ok').length;
    };
    const [byOne, byOther] = await Promise.all([ask(one), ask(other)]);
    const runs = await runsOf(name);
    expect(seen).toEqual({ under: 0, worst: 1, worked: runs.length });
    expect(byOne + byOther).toBe(runs.length);
    expect(Math.min(...gapsOf(runs))).toBeGreaterThanOrEqual(periodMs - 1);
  });

  it('is run by one when 24 ask at once', async () => {
    const name = await newJob(60);
    const asked = Array.from({ length: 24 }, (_, index) => (index % 2 ? one : other));
    const outcomes = await Promise.all(asked.map(({ runner }) => runner.run(name, 60, () => delay(50, {}))));
    expect(outcomes.filter((outcome) => outcome !== 'skipped')).toEqual(['ok']);
    expect(await runsOf(name)).toHaveLength(1);
  });

  it('M15: is not taken over while it runs, however long that takes', async () => {
    const name = await newJob(0.05);
    const { work, begun, end } = held();
    const run = one.runner.run(name, 0.05, work);
    await begun;
    const seen = new Set<JobOutcome>();
    const tryBoth = async () => {
      for (const { runner } of [one, other]) seen.add(await runner.run(name, 0.05, nothing));
    };
    await whilePeriodsPass(10, 50, tryBoth);
    expect([...seen]).toEqual(['skipped']);
    end();
    expect(await run).toBe('ok');
    expect(await runsOf(name)).toMatchObject([{ ok: true, result: { done: true } }]);
    expect(await other.runner.run(name, 0.05, nothing)).toBe('ok');
  });

  it('runs under a name and an id that its audit rows carry', async () => {
    const name = await newJob(60);
    let context: unknown;
    await one.runner.run(name, 60, () => {
      context = { ...currentContext() };
      return nothing();
    });
    const [run] = await runsOf(name);
    expect(context).toEqual({ requestId: run?.id, actor: `job:${name}` });
  });

  it('takes a new period over, also when the next run was far away', async () => {
    const name = await newJob(3_600);
    expect(await one.runner.run(name, 3_600, nothing)).toBe('ok');
    await other.jobs.register([{ name, periodSeconds: 1 }]);
    expect((await rowOf(name))?.period_seconds).toBe(1);
    await pollUntil('it to run again', async () =>
      (await other.runner.run(name, 1, nothing)) === 'ok' ? true : undefined,
    );
  });

  it('is left alone when the code does not know it', async () => {
    const name = await newJob(60);
    expect(await one.jobs.findDue([{ name: 'another', periodSeconds: 60 }])).toEqual([]);
    expect(await one.jobs.findDue([{ name, periodSeconds: 60 }])).toEqual([name]);
    expect(await one.runner.run('never-registered', 60, nothing)).toBe('skipped');
  });
});

describe('a run that fails', () => {
  it('is recorded, and tried again a period later', async () => {
    const name = await newJob(0.3);
    const fail = () => Promise.reject(new Error('the RPC said \u0000 no'));
    expect(await one.runner.run(name, 1.5, fail)).toBe('failed');
    expect(await runsOf(name)).toMatchObject([{ ok: false, result: { error: 'the RPC said  no' } }]);
    expect(await rowOf(name)).toMatchObject({ started: true, succeeded: false });
    expect(await other.runner.run(name, 1.5, nothing)).toBe('skipped');
    await pollUntil('the next run', async () =>
      (await other.runner.run(name, 1.5, nothing)) === 'ok' ? true : undefined,
    );
    expect(gapsOf(await runsOf(name))[0]).toBeGreaterThanOrEqual(299);
    expect(await rowOf(name)).toMatchObject({ succeeded: true });
  });

  it('also when the work throws before it is a promise', async () => {
    const name = await newJob(60);
    const broken = (): Promise<JobResult> => {
      throw new TypeError('at once');
    };
    expect(await one.runner.run(name, 60, broken)).toBe('failed');
  });
});

describe('a run that is lost', () => {
  it('with its process, by kill -9: another replica takes over at once', async () => {
    const name = await newJob(1);
    const args = [database.url, name];
    const child = startProgram('test/support/processes/hold-job.ts', { args });
    children.push(child);
    await child.line(/running/);
    expect(await one.runner.run(name, 1, nothing)).toBe('skipped');
    await child.kill();
    await pollUntil('the takeover', async () =>
      (await one.runner.run(name, 1, nothing)) === 'ok' ? true : undefined,
    );
    expect(await runsOf(name)).toHaveLength(1);
  });

  it('with its connection: is told, not recorded, and repeated', async () => {
    const name = await newJob(1);
    const { work, begun, end } = held();
    const lost = one.runner.run(name, 1, work);
    lost.catch(() => undefined);
    await begun;
    await execute(
      database.url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()
         AND application_name = 'commit-to-ship jobs' AND state = 'idle in transaction'`,
    );
    await pollUntil('the takeover', async () =>
      (await other.runner.run(name, 1, nothing)) === 'ok' ? true : undefined,
    );
    // Its own process knows that the work is still going on.
    expect(await one.runner.run(name, 1, nothing)).toBe('skipped');
    end();
    await expect(lost).rejects.toThrow(
      new RegExp(`job ${name} ended \\(ok: true\\) but could not be recorded`),
    );
    expect(await runsOf(name)).toHaveLength(1);
    await pollUntil('the next run', async () =>
      (await one.runner.run(name, 1, nothing)) === 'ok' ? true : undefined,
    );
  });

  it('not to a time limit of the server', async () => {
    await execute(
      database.url,
      `DO $$ BEGIN EXECUTE format(
         'ALTER DATABASE %I SET idle_in_transaction_session_timeout = 100', current_database()); END $$`,
    );
    const strict = new JobReplica(database.appUrl);
    try {
      const name = await newJob(1);
      const { work, begun, end } = held();
      const run = strict.runner.run(name, 1, work);
      await begun;
      const tryIt = async () => expect(await other.runner.run(name, 1, nothing)).toBe('skipped');
      await whilePeriodsPass(4, 100, tryIt);
      end();
      expect(await run).toBe('ok');
    } finally {
      await strict.stop();
      await execute(
        database.url,
        `DO $$ BEGIN EXECUTE format(
           'ALTER DATABASE %I RESET idle_in_transaction_session_timeout', current_database()); END $$`,
      );
    }
  });
});

describe('records of runs', () => {
  it('D3: older than a week go, newer ones stay', async () => {
    const name = await newJob(60);
    await execute(
      database.url,
      `INSERT INTO public.job_runs (id, job, started_at, finished_at, ok)
       SELECT gen_random_uuid(), $1, at, at, true
       FROM generate_series(1, 4500) n, LATERAL (SELECT now() - interval '7 days' - n * interval '1 minute' AS at) t`,
      [name],
    );
    await one.runner.run(name, 60, nothing);
    expect(await one.jobs.purgeRuns(7)).toBe(4_500);
    expect(await runsOf(name)).toHaveLength(1);
  });
});
