DROP TABLE public.job_runs;
DROP TABLE public.jobs;
DELETE FROM public.schema_migrations WHERE version = '0011_jobs';
