DROP TABLE public.escrows;
DELETE FROM public.schema_migrations WHERE version = '0002_escrows';
