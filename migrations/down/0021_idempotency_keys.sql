DROP TABLE public.idempotency_keys;
DELETE FROM public.schema_migrations WHERE version = '0021_idempotency_keys';
