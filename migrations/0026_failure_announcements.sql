-- Announced failures of reward commitments, and the wallets that share what is left when one takes effect.

CREATE TABLE public.failure_announcements (
  id            uuid PRIMARY KEY,
  commitment_id uuid NOT NULL REFERENCES public.commitments (id),
  -- Finalized, as two voices told it: what a wallet held at its end is its weight.
  slot          bigint NOT NULL CHECK (slot >= 0),
  -- Chain times.
  announced_at  timestamptz NOT NULL,
  effective_at  timestamptz NOT NULL,
  announced_by  text NOT NULL CHECK (length(announced_by) BETWEEN 32 AND 44),
  -- Tokens had been printed since the terms were signed: only what approvals recorded counts.
  supply_grown  boolean NOT NULL,
  -- Another admin, in place of an announcer who is no admin any more.
  confirmed_by  text CHECK (length(confirmed_by) BETWEEN 32 AND 44),
  called_off_at timestamptz,
  called_off_by text CHECK (length(called_off_by) BETWEEN 32 AND 44),
  frozen_at     timestamptz,
  -- Chain time of the next look, and what the last one was waiting for.
  due_at        timestamptz NOT NULL,
  waiting_for   text,
  CONSTRAINT failure_announcements_order CHECK (effective_at >= announced_at AND called_off_at >= announced_at),
  CONSTRAINT failure_announcements_called_off CHECK ((called_off_at IS NULL) = (called_off_by IS NULL)),
  CONSTRAINT failure_announcements_one_end CHECK (called_off_at IS NULL OR frozen_at IS NULL)
);
-- One that stands, for each commitment.
CREATE UNIQUE INDEX failure_announcements_standing_key ON public.failure_announcements (commitment_id)
  WHERE called_off_at IS NULL;
CREATE INDEX failure_announcements_commitment_idx ON public.failure_announcements (commitment_id, announced_at);
-- What the job has to look at, and nothing else.
CREATE INDEX failure_announcements_due_idx ON public.failure_announcements (due_at)
  WHERE called_off_at IS NULL AND frozen_at IS NULL;
ALTER TABLE public.failure_announcements ENABLE ROW LEVEL SECURITY;
SELECT public.journal_table('failure_announcements', 'id', 'due_at,waiting_for');

CREATE FUNCTION public.failure_announcements_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.commitment_id, NEW.slot, NEW.announced_at, NEW.effective_at, NEW.announced_by, NEW.supply_grown)
     IS DISTINCT FROM
     (OLD.id, OLD.commitment_id, OLD.slot, OLD.announced_at, OLD.effective_at, OLD.announced_by, OLD.supply_grown)
     OR ((OLD.called_off_at IS NOT NULL OR OLD.frozen_at IS NOT NULL)
         AND (NEW.called_off_at, NEW.called_off_by, NEW.frozen_at, NEW.confirmed_by)
         IS DISTINCT FROM (OLD.called_off_at, OLD.called_off_by, OLD.frozen_at, OLD.confirmed_by))
  THEN
    RAISE EXCEPTION 'announcement % is frozen', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER failure_announcements_guard BEFORE UPDATE ON public.failure_announcements
  FOR EACH ROW EXECUTE FUNCTION public.failure_announcements_guard();
CREATE TRIGGER failure_announcements_keep BEFORE DELETE OR TRUNCATE ON public.failure_announcements
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TABLE public.failure_enrollments (
  announcement_id uuid NOT NULL REFERENCES public.failure_announcements (id),
  wallet          text NOT NULL CHECK (length(wallet) BETWEEN 32 AND 44),
  -- Looked at beside those that it owns when it is weighed.
  token_accounts  text[] NOT NULL,
  -- Chain time.
  enrolled_at     timestamptz NOT NULL,
  -- Smallest units of the token at the announcement slot; null until it is weighed.
  weight_raw      numeric(20, 0) CHECK (weight_raw >= 0),
  CONSTRAINT failure_enrollments_pkey PRIMARY KEY (announcement_id, wallet)
);
CREATE INDEX failure_enrollments_unweighed_idx ON public.failure_enrollments (announcement_id, wallet)
  WHERE weight_raw IS NULL;
ALTER TABLE public.failure_enrollments ENABLE ROW LEVEL SECURITY;
SELECT public.journal_table('failure_enrollments', 'announcement_id,wallet');

CREATE FUNCTION public.failure_enrollments_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.announcement_id, NEW.wallet) IS DISTINCT FROM (OLD.announcement_id, OLD.wallet)
     OR OLD.weight_raw IS NOT NULL
  THEN
    RAISE EXCEPTION 'the weight of % is frozen', OLD.wallet USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER failure_enrollments_guard BEFORE UPDATE ON public.failure_enrollments
  FOR EACH ROW EXECUTE FUNCTION public.failure_enrollments_guard();
CREATE TRIGGER failure_enrollments_keep BEFORE DELETE OR TRUNCATE ON public.failure_enrollments
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

-- Failures that are filed or announced, and have not taken effect.
CREATE INDEX commitments_in_notice_idx ON public.commitments (id)
  WHERE failure_filed_at IS NOT NULL AND status IN ('active', 'failing');

INSERT INTO public.schema_migrations (version) VALUES ('0026_failure_announcements');
