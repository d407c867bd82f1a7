DROP TABLE public.reward_release_locks;
DROP FUNCTION public.reward_release_locks_guard();
DELETE FROM public.schema_migrations WHERE version = '0009_release_locks';
