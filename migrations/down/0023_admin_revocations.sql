DROP TABLE public.admin_revocations;
DELETE FROM public.schema_migrations WHERE version = '0023_admin_revocations';
