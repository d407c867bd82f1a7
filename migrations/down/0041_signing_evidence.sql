DROP FUNCTION public.signing_evidence(uuid, uuid, uuid);
DROP FUNCTION public.pauses_made();
CREATE OR REPLACE FUNCTION public.payout_pauses_guard() RETURNS trigger LANGUAGE plpgsql AS $$
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
ALTER TABLE public.payout_pauses DROP COLUMN number;
DELETE FROM public.schema_migrations WHERE version = '0041_signing_evidence';
