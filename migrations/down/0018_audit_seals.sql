DROP TABLE public.audit_anchors;
DROP TABLE public.audit_seals;
DROP TABLE public.audit_keys;
DROP FUNCTION public.journal_change() CASCADE;
DROP FUNCTION public.journal_table(text, text, text, boolean);
DROP TABLE public.audit_changes;
ALTER TABLE public.audit_logs DROP COLUMN txid;
DELETE FROM public.schema_migrations WHERE version = '0018_audit_seals';
