DROP TABLE public.reconciliation_lines;
DROP TABLE public.reconciliation_runs;
DROP FUNCTION public.reconciliation_totals_check();
DROP VIEW public.escrow_entries;
DELETE FROM public.schema_migrations WHERE version = '0028_reconciliations';
