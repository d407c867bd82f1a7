DROP TABLE public.escrow_key_failures;
DROP TABLE public.escrow_key_rotations;
DROP TRIGGER escrows_guard ON public.escrows;
DROP FUNCTION public.escrows_guard();
DELETE FROM public.schema_migrations WHERE version = '0016_escrow_keys';
