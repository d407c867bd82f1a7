DROP TABLE public.audit_logs;
DELETE FROM public.schema_migrations WHERE version = '0008_audit_logs';
