DROP INDEX public.commitments_managed_open_idx;
DROP INDEX public.audit_logs_alarms_ts_idx;
DROP INDEX public.audit_logs_alarms_idx;
DROP INDEX public.job_runs_job_idx;
CREATE INDEX job_runs_job_idx ON public.job_runs (job, id DESC);
DELETE FROM public.schema_migrations WHERE version = '0033_growth';
