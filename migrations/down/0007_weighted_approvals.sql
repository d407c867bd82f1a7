DROP TABLE public.reward_signals;
DROP TABLE public.reward_milestones;
DROP FUNCTION public.reward_milestones_guard();
DROP TRIGGER commitments_token_guard ON public.commitments;
DROP FUNCTION public.commitments_token_guard();
ALTER TABLE public.commitments
  DROP CONSTRAINT commitments_token_fields,
  DROP COLUMN excluded_wallets,
  DROP COLUMN creator_fee_mode,
  DROP COLUMN token_mint;
DELETE FROM public.schema_migrations WHERE version = '0007_weighted_approvals';
