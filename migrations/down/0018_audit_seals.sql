DROP TABLE public.audit_anchors;
DROP TABLE public.audit_seals;
ALTER TABLE public.audit_logs DROP COLUMN txid;
DELETE FROM public.schema_migrations WHERE version = '0018_audit_seals';
