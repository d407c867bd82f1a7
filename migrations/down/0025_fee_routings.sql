DROP INDEX public.commitments_managed_idx;
DROP TABLE public.fee_routings;
DELETE FROM public.schema_migrations WHERE version = '0025_fee_routings';
