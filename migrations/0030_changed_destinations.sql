-- A destination that cannot be paid any more locks no money: two admins sign another one (docs/domain.md), and payouts that
-- wait go there. Everything else that a payout promises stays frozen, see payouts_guard.

CREATE FUNCTION public.payouts_destination_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status = 'pending' AND NEW.status = 'pending' AND NOT EXISTS (
    SELECT 1 FROM public.payout_attempts
     WHERE payout_id = NEW.id AND status IN ('prepared', 'signed', 'confirmed', 'finalized'))
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the destination of payout % is frozen', OLD.id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER payouts_destination_guard BEFORE UPDATE ON public.payouts FOR EACH ROW
  WHEN (NEW.destination IS DISTINCT FROM OLD.destination) EXECUTE FUNCTION public.payouts_destination_guard();

INSERT INTO public.schema_migrations (version) VALUES ('0030_changed_destinations');
