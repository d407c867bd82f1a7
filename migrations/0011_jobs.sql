-- The scheduler: one row a job, which the running replica holds locked, and a row for every run.

CREATE TABLE public.jobs (
  name                text PRIMARY KEY,
  period_seconds      integer NOT NULL CHECK (period_seconds > 0),
  next_run_at         timestamptz NOT NULL,
  last_started_at     timestamptz,
  last_success_at     timestamptz,
  -- Set when the job was reported as overdue, cleared by its next success: one alarm an outage.
  overdue_reported_at timestamptz,
  created_at          timestamptz NOT NULL
);
ALTER TABLE public.jobs ENABLE ROW LEVEL SECURITY;

CREATE TABLE public.job_runs (
  id          uuid PRIMARY KEY,
  job         text NOT NULL REFERENCES public.jobs (name),
  started_at  timestamptz NOT NULL,
  finished_at timestamptz NOT NULL,
  ok          boolean NOT NULL,
  -- What the run answered, or the message of its failure.
  result      jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX job_runs_job_idx ON public.job_runs (job, id DESC);
CREATE INDEX job_runs_finished_idx ON public.job_runs (finished_at);
ALTER TABLE public.job_runs ENABLE ROW LEVEL SECURITY;

INSERT INTO public.schema_migrations (version) VALUES ('0011_jobs');
