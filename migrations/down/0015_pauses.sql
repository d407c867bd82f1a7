DROP TABLE public.fee_payers;
DROP TABLE public.payout_pauses;
DROP FUNCTION public.payout_pauses_guard();
DELETE FROM public.schema_migrations WHERE version = '0015_pauses';
