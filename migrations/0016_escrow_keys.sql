-- Rotation of ESCROW_DB_SECRET: what may change of an escrow, and who rotated when.

-- An escrow is its commitment's for good; only how its key is sealed may change. Whoever runs the UPDATE.
CREATE FUNCTION public.escrows_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.commitment_id, NEW.address, NEW.custody, NEW.privy_wallet_id, NEW.created_at)
     IS DISTINCT FROM
     (OLD.commitment_id, OLD.address, OLD.custody, OLD.privy_wallet_id, OLD.created_at)
     OR (OLD.custody <> 'local' AND (NEW.key_id, NEW.ciphertext) IS DISTINCT FROM (OLD.key_id, OLD.ciphertext))
  THEN
    RAISE EXCEPTION 'escrow % of commitment % is fixed: only key_id and ciphertext of a local one may change',
      OLD.address, OLD.commitment_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER escrows_guard BEFORE UPDATE ON public.escrows
  FOR EACH ROW EXECUTE FUNCTION public.escrows_guard();

CREATE TABLE public.escrow_key_rotations (
  id           uuid PRIMARY KEY,
  to_key_id    text NOT NULL,
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL,
  finished_at  timestamptz,
  rotated      bigint NOT NULL DEFAULT 0 CHECK (rotated >= 0),
  failed       bigint NOT NULL DEFAULT 0 CHECK (failed >= 0)
);
CREATE UNIQUE INDEX escrow_key_rotations_open_key ON public.escrow_key_rotations ((finished_at IS NULL))
  WHERE finished_at IS NULL;
ALTER TABLE public.escrow_key_rotations ENABLE ROW LEVEL SECURITY;

-- What a rotation could not open: counted, audited and passed over once, however many replicas and restarts it takes.
CREATE TABLE public.escrow_key_failures (
  rotation_id   uuid NOT NULL REFERENCES public.escrow_key_rotations (id),
  commitment_id uuid NOT NULL REFERENCES public.escrows (commitment_id),
  reason        text NOT NULL,
  CONSTRAINT escrow_key_failures_pkey PRIMARY KEY (rotation_id, commitment_id)
);
ALTER TABLE public.escrow_key_failures ENABLE ROW LEVEL SECURITY;

INSERT INTO public.schema_migrations (version) VALUES ('0016_escrow_keys');
