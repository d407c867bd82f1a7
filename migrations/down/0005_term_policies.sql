DROP TABLE public.term_policies;
DELETE FROM public.schema_migrations WHERE version = '0005_term_policies';
