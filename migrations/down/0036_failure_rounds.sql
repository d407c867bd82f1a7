CREATE OR REPLACE FUNCTION public.payouts_claim_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.business_key <> 'distribution_claim:' || NEW.commitment_id || ':' || NEW.destination OR NOT EXISTS (
    SELECT 1 FROM public.failure_shares
     WHERE commitment_id = NEW.commitment_id AND wallet = NEW.destination AND amount_lamports <= NEW.amount_lamports)
  THEN
    RAISE EXCEPTION 'payout % pays no share of commitment %', NEW.id, NEW.commitment_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
DROP TABLE public.failure_round_shares;
DROP FUNCTION public.failure_round_shares_guard();
DROP TABLE public.failure_rounds;
DROP FUNCTION public.failure_rounds_guard();
DROP FUNCTION public.failure_round_check(uuid, integer);
DELETE FROM public.schema_migrations WHERE version = '0036_failure_rounds';
