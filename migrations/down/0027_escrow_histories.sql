DROP TABLE public.escrow_transactions;
DROP TABLE public.escrow_histories;
DROP FUNCTION public.escrow_transactions_guard();
DELETE FROM public.schema_migrations WHERE version = '0027_escrow_histories';
