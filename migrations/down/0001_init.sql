DROP TABLE public.commitments;
DROP FUNCTION public.commitments_guard();
DROP FUNCTION public.refuse_change();
DROP TABLE public.schema_migrations;
