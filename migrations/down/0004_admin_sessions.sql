DROP TABLE public.admin_session_visits;
DROP TABLE public.admin_sessions;
DROP TABLE public.admin_nonces;
DELETE FROM public.schema_migrations WHERE version = '0004_admin_sessions';
