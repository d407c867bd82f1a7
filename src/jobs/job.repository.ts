import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { QuickDatabase } from '#src/common/database/quick-database.js';
import type { HeldLock } from './job-locks.service.js';
import { type Job, type JobResult, overdueAfterSeconds } from './jobs.js';

export interface FinishedRun {
  readonly id: string;
  readonly ok: boolean;
  readonly result: JobResult;
}

export interface JobState {
  readonly name: string;
  readonly lastStartedAt: Date | null;
  readonly lastSuccessAt: Date | null;
  readonly overdue: boolean;
}

export interface JobRun {
  readonly id: string;
  readonly job: string;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly ok: boolean;
  readonly result: JobResult;
}

export interface OverdueJob {
  readonly name: string;
  readonly lastSuccessAt: Date | null;
}

const OVERDUE = `coalesce(job.last_success_at, job.created_at) < now() - make_interval(secs => known.overdue_after)`;
const KNOWN = `unnest($1::text[], $2::float8[]) WITH ORDINALITY AS known (name, overdue_after, position)`;

// Sorted, so that replicas that start together cannot wait for each other crosswise.
const REGISTER = `
  INSERT INTO public.jobs AS present (name, period_seconds, next_run_at, created_at)
  SELECT name, greatest(1, ceil(seconds))::integer, now(), now()
  FROM unnest($1::text[], $2::float8[]) AS known (name, seconds) ORDER BY name
  ON CONFLICT (name) DO UPDATE SET
    period_seconds = excluded.period_seconds,
    next_run_at = least(present.next_run_at, now() + make_interval(secs => excluded.period_seconds))
  WHERE present.period_seconds <> excluded.period_seconds`;

const DUE = `
  SELECT name FROM public.jobs WHERE next_run_at <= now() AND name = ANY($1::text[]) ORDER BY next_run_at`;

const START = `
  UPDATE public.jobs SET last_started_at = now() WHERE name = $1 AND next_run_at <= now() RETURNING name`;

const RECORD = `
  INSERT INTO public.job_runs (id, job, started_at, finished_at, ok, result)
  SELECT $1, name, last_started_at, clock_timestamp(), $3, $4::jsonb FROM public.jobs WHERE name = $2`;

// now() is the begin of the transaction, which is that of the run.
const FINISH = `
  UPDATE public.jobs SET
    next_run_at = greatest(last_started_at + make_interval(secs => $2), clock_timestamp()),
    last_success_at = CASE WHEN $3 THEN clock_timestamp() ELSE last_success_at END,
    overdue_reported_at = CASE WHEN $3 THEN NULL ELSE overdue_reported_at END
  WHERE name = $1`;

const STATES = `
  SELECT known.name, job.last_started_at AS "lastStartedAt", job.last_success_at AS "lastSuccessAt",
    coalesce(${OVERDUE}, false) AS overdue
  FROM ${KNOWN} LEFT JOIN public.jobs AS job ON job.name = known.name ORDER BY known.position`;

// By the time of the start: by the id, the planner would look for the runs of a rare job among all others.
const LAST_RUNS = `
  SELECT run.id, run.job, run.started_at AS "startedAt", run.finished_at AS "finishedAt", run.ok, run.result
  FROM unnest($1::text[]) AS known (name)
  CROSS JOIN LATERAL
    (SELECT * FROM public.job_runs WHERE job = known.name ORDER BY started_at DESC, id DESC LIMIT $2) AS run
  ORDER BY run.id DESC`;

const REPORT = `
  UPDATE public.jobs AS job SET overdue_reported_at = now()
  FROM ${KNOWN}
  WHERE job.name = known.name AND job.overdue_reported_at IS NULL AND ${OVERDUE}
  RETURNING job.name, job.last_success_at AS "lastSuccessAt"`;

const PURGE = `
  DELETE FROM public.job_runs WHERE id = ANY (ARRAY (
    SELECT id FROM public.job_runs WHERE finished_at < now() - make_interval(days => $1) ORDER BY finished_at LIMIT $2))
  RETURNING 1`;
const PORTION = 2_000;

/** Jobs and their runs. All times are the database's: the clocks of replicas differ, and this one is common to them. */
@Injectable()
export class JobRepository {
  constructor(private readonly database: QuickDatabase) {}

  /** Adds the jobs that are missing, due at once, and brings changed periods up to date. */
  async register(jobs: readonly Job[]): Promise<void> {
    const periods = jobs.map(({ periodSeconds }) => periodSeconds);
    await this.database.query(REGISTER, [namesOf(jobs), periods]);
  }

  async findDue(jobs: readonly Job[]): Promise<string[]> {
    const rows = await this.database.query<{ name: string }>(DUE, [namesOf(jobs)]);
    return rows.map(({ name }) => name);
  }

  /** Notes at once, for everybody to see, that a run begins. @returns false when the job is not due (any more) */
  async start(name: string): Promise<boolean> {
    return (await this.database.query(START, [name])).length > 0;
  }

  /** The record of a run that `start` has begun, together with when the next one is due. */
  async finish(lock: HeldLock, { name, periodSeconds }: Job, { id, ok, result }: FinishedRun): Promise<void> {
    await lock.query(RECORD, [id, name, ok, JSON.stringify(result)]);
    await lock.query(FINISH, [name, periodSeconds, ok]);
  }

  /** In the order of `jobs`. */
  findStates(jobs: readonly Job[]): Promise<JobState[]> {
    return this.database.query<JobState>(STATES, [namesOf(jobs), jobs.map(overdueAfterSeconds)]);
  }

  /** The newest runs of each job, newest first. */
  findLastRuns(jobs: readonly Job[], count: number): Promise<JobRun[]> {
    return this.database.query<JobRun>(LAST_RUNS, [namesOf(jobs), count]);
  }

  /** Marks the jobs that are overdue and not reported since their last success; only one caller gets each. */
  async takeUnreported(manager: EntityManager, jobs: readonly Job[]): Promise<OverdueJob[]> {
    const parameters = [namesOf(jobs), jobs.map(overdueAfterSeconds)];
    const [rows] = await manager.query<[OverdueJob[], number]>(REPORT, parameters);
    return rows;
  }

  /** Deletes runs that ended longer ago, in portions. @returns how many */
  async purgeRuns(olderThanDays: number): Promise<number> {
    let deleted = 0;
    for (;;) {
      const portion = await this.database.query(PURGE, [olderThanDays, PORTION]);
      deleted += portion.length;
      if (portion.length < PORTION) return deleted;
    }
  }
}

function namesOf(jobs: readonly Job[]): string[] {
  return jobs.map(({ name }) => name);
}
