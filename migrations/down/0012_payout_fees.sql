DROP TRIGGER payout_attempts_balance_guard ON public.payout_attempts;
DROP FUNCTION public.payout_attempts_balance_guard();
ALTER TABLE public.payout_attempts DROP COLUMN source_balance_lamports;
DROP TRIGGER payouts_fee_guard ON public.payouts;
DROP FUNCTION public.payouts_fee_guard();
ALTER TABLE public.payouts DROP COLUMN fee_lamports;
DELETE FROM public.schema_migrations WHERE version = '0012_payout_fees';
