DROP TABLE public.rate_limits;
DELETE FROM public.schema_migrations WHERE version = '0006_rate_limits';
