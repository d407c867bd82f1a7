DROP TABLE public.database_probes;
DELETE FROM public.schema_migrations WHERE version = '0017_database_probes';
