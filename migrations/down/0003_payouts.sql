DROP TABLE public.payout_attempts;
DROP TABLE public.payouts;
DROP DOMAIN public.payout_purpose;
DROP FUNCTION public.payout_attempts_guard();
DROP FUNCTION public.payouts_guard();
DELETE FROM public.schema_migrations WHERE version = '0003_payouts';
