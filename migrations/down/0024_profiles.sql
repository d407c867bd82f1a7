DROP TABLE public.projects;
DROP TABLE public.profiles;
DELETE FROM public.schema_migrations WHERE version = '0024_profiles';
