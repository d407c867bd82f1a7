DROP TABLE public.marks;
DROP TABLE public.signed_acts;
DELETE FROM public.schema_migrations WHERE version = '0022_signed_acts';
