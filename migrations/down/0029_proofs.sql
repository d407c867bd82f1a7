DROP INDEX public.audit_seals_max_id_idx;
DROP INDEX public.audit_changes_row_idx;
DELETE FROM public.schema_migrations WHERE version = '0029_proofs';
