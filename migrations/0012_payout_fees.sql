-- Fees that are part of a promise, and what an escrow held when a transaction was made for it.

ALTER TABLE public.payouts
  -- What the source pays for the transaction, fixed with the promise: the legs of a distribution are split after their fees.
  -- 0: the fee payer pays. Null: whatever the market asks when the transaction is made.
  ADD COLUMN fee_lamports bigint CHECK (fee_lamports >= 0);
CREATE FUNCTION public.payouts_fee_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'payout % is frozen', OLD.id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER payouts_fee_guard BEFORE UPDATE ON public.payouts FOR EACH ROW
  WHEN (NEW.fee_lamports IS DISTINCT FROM OLD.fee_lamports) EXECUTE FUNCTION public.payouts_fee_guard();

ALTER TABLE public.payout_attempts
  -- The balance that the attempt was planned on. While nothing else moves money out of the escrow, a lower one later says that the
  -- attempt has landed, whatever endpoints say about its signature. Null for attempts of an older version.
  ADD COLUMN source_balance_lamports bigint CHECK (source_balance_lamports >= 0);
CREATE FUNCTION public.payout_attempts_balance_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'attempt % is frozen', OLD.id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER payout_attempts_balance_guard BEFORE UPDATE ON public.payout_attempts FOR EACH ROW
  WHEN (NEW.source_balance_lamports IS DISTINCT FROM OLD.source_balance_lamports)
  EXECUTE FUNCTION public.payout_attempts_balance_guard();

INSERT INTO public.schema_migrations (version) VALUES ('0012_payout_fees');
