DROP TRIGGER payouts_claim_guard ON public.payouts;
DROP FUNCTION public.payouts_claim_guard();
DROP TABLE public.failure_earned;
DROP TABLE public.failure_shares;
DROP TABLE public.failure_distributions;
DROP FUNCTION public.failure_shares_guard();
DROP FUNCTION public.failure_distributions_guard();
DROP FUNCTION public.failure_distribution_check(uuid);
DELETE FROM public.schema_migrations WHERE version = '0014_failure_distributions';
