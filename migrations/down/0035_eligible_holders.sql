ALTER TABLE public.failure_distributions DROP COLUMN eligible_wallets;
DELETE FROM public.schema_migrations WHERE version = '0035_eligible_holders';
