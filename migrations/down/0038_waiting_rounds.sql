DROP TABLE public.failure_round_waits;
DELETE FROM public.schema_migrations WHERE version = '0038_waiting_rounds';
