DROP INDEX public.commitments_in_notice_idx;
DROP TABLE public.failure_enrollments;
DROP TABLE public.failure_announcements;
DROP FUNCTION public.failure_enrollments_guard();
DROP FUNCTION public.failure_announcements_guard();
DELETE FROM public.schema_migrations WHERE version = '0026_failure_announcements';
