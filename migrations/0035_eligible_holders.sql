-- What reaches a failed commitment's escrow later belongs to its holders, and to destination_on_fail only where nobody was eligible.
-- Frozen with the distribution: of a pot that was too small even somebody with a weight has no share.

ALTER TABLE public.failure_distributions
  ADD COLUMN eligible_wallets integer NOT NULL DEFAULT 0 CHECK (eligible_wallets >= 0),
  ADD CONSTRAINT failure_distributions_eligible CHECK (pot_lamports = 0 OR eligible_wallets > 0) NOT VALID;
ALTER TABLE public.failure_distributions ALTER COLUMN eligible_wallets DROP DEFAULT;

INSERT INTO public.schema_migrations (version) VALUES ('0035_eligible_holders');
