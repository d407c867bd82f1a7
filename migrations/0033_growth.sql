-- What is looked at again and again does not grow with what has been: an index for each such look.

-- The last runs of one job, however rare it is.
DROP INDEX public.job_runs_job_idx;
CREATE INDEX job_runs_job_idx ON public.job_runs (job, started_at DESC, id DESC);

-- Whether an alarm was raised before, with the same fields.
CREATE INDEX audit_logs_alarms_idx ON public.audit_logs (event, jsonb_hash(fields)) WHERE event LIKE '%\_error';

-- Which alarms were raised of late.
CREATE INDEX audit_logs_alarms_ts_idx ON public.audit_logs (ts) WHERE event LIKE '%\_error';

-- What the watch over fee routings still has to look at.
CREATE INDEX commitments_managed_open_idx ON public.commitments (id)
  WHERE creator_fee_mode = 'managed' AND status NOT IN ('succeeded', 'failed', 'completed');

INSERT INTO public.schema_migrations (version) VALUES ('0033_growth');
