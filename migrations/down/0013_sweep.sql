DROP INDEX public.commitments_sweep_idx;
ALTER TABLE public.commitments DROP COLUMN sweep_tried_at;
DELETE FROM public.schema_migrations WHERE version = '0013_sweep';
