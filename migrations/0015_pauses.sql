-- Payouts that an admin has stopped for a while; and whether the wallet that pays the fees has run low.

CREATE TABLE public.payout_pauses (
  id            uuid PRIMARY KEY,
  scope         text NOT NULL CHECK (scope IN ('all', 'commitment', 'purpose')),
  commitment_id uuid REFERENCES public.commitments (id),
  purpose       public.payout_purpose,
  reason        text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  created_by    text NOT NULL,
  created_at    timestamptz NOT NULL,
  ended_by      text,
  ended_at      timestamptz,
  -- When it ends without anybody's word: no pause lasts for ever.
  ends_at       timestamptz NOT NULL DEFAULT now() + interval '30 days',
  CONSTRAINT payout_pauses_commitment CHECK ((scope = 'commitment') = (commitment_id IS NOT NULL)),
  CONSTRAINT payout_pauses_purpose CHECK ((scope = 'purpose') = (purpose IS NOT NULL)),
  CONSTRAINT payout_pauses_ends_at CHECK (ends_at > created_at),
  CONSTRAINT payout_pauses_end CHECK ((ended_by IS NULL) = (ended_at IS NULL))
);
-- One open pause of one thing: whoever ends it knows that it goes on.
CREATE UNIQUE INDEX payout_pauses_one_open ON public.payout_pauses (scope, coalesce(commitment_id::text, purpose, ''))
  WHERE ended_at IS NULL;
CREATE INDEX payout_pauses_commitment_idx ON public.payout_pauses (commitment_id);
ALTER TABLE public.payout_pauses ENABLE ROW LEVEL SECURITY;

-- Who stopped what, when and why is evidence. A pause can be ended, once, and nothing else happens to its row.
CREATE FUNCTION public.payout_pauses_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL OR
     (NEW.id, NEW.scope, NEW.commitment_id, NEW.purpose, NEW.reason, NEW.created_by, NEW.created_at, NEW.ends_at)
     IS DISTINCT FROM
     (OLD.id, OLD.scope, OLD.commitment_id, OLD.purpose, OLD.reason, OLD.created_by, OLD.created_at, OLD.ends_at)
  THEN
    RAISE EXCEPTION 'pause % can only be ended, once', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payout_pauses_guard BEFORE UPDATE ON public.payout_pauses
  FOR EACH ROW EXECUTE FUNCTION public.payout_pauses_guard();
CREATE TRIGGER payout_pauses_keep BEFORE DELETE OR TRUNCATE ON public.payout_pauses
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

-- What the watch has said last of each fee payer, so that one crossing of the floor is one event, whichever replica sees it.
CREATE TABLE public.fee_payers (
  address    text PRIMARY KEY CHECK (length(address) BETWEEN 32 AND 44),
  low        boolean NOT NULL DEFAULT false,
  changed_at timestamptz NOT NULL
);
ALTER TABLE public.fee_payers ENABLE ROW LEVEL SECURITY;

INSERT INTO public.schema_migrations (version) VALUES ('0015_pauses');
