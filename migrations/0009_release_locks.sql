-- The row that a milestone's release holds while it is under way, as operators expect it.

CREATE TABLE public.reward_release_locks (
  commitment_id uuid NOT NULL REFERENCES public.commitments (id),
  milestone_id  uuid NOT NULL REFERENCES public.reward_milestones (id),
  created_at    timestamptz NOT NULL,
  -- Signature of the newest attempt, set the moment it is signed.
  tx_sig        text,
  payout_id     uuid NOT NULL REFERENCES public.payouts (id),
  CONSTRAINT reward_release_locks_pkey PRIMARY KEY (commitment_id, milestone_id)
);
ALTER TABLE public.reward_release_locks ENABLE ROW LEVEL SECURITY;

-- A lock goes when its payout is paid or cancelled, and not before: deleting it by hand must not open the door to a second
-- payment.
CREATE FUNCTION public.reward_release_locks_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM public.payouts WHERE id = OLD.payout_id AND status NOT IN ('confirmed', 'finalized', 'cancelled'))
  THEN
    RAISE EXCEPTION 'release lock of milestone %: payout % may still land', OLD.milestone_id, OLD.payout_id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER reward_release_locks_guard BEFORE DELETE ON public.reward_release_locks
  FOR EACH ROW EXECUTE FUNCTION public.reward_release_locks_guard();

INSERT INTO public.schema_migrations (version) VALUES ('0009_release_locks');
