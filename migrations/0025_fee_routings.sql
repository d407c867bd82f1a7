-- Who earned the creator fees of managed commitments when it was last read from the chain. It decides about no money.

CREATE TABLE public.fee_routings (
  commitment_id uuid PRIMARY KEY REFERENCES public.commitments (id),
  answer        text NOT NULL CHECK (answer IN ('yes', 'partly', 'no', 'unknown')),
  reason        text NOT NULL CHECK (reason <> ''),
  -- Basis points of the fees that reach the escrow.
  bps           integer NOT NULL CHECK (bps BETWEEN 0 AND 10000),
  earner        text CHECK (length(earner) BETWEEN 32 AND 44),
  locked        boolean NOT NULL,
  admin         text CHECK (length(admin) BETWEEN 32 AND 44),
  slot          bigint NOT NULL CHECK (slot >= 0),
  read_at       timestamptz NOT NULL,
  CONSTRAINT fee_routings_bps CHECK ((answer = 'yes') = (bps = 10000) AND (answer = 'partly') = (bps BETWEEN 1 AND 9999))
);
ALTER TABLE public.fee_routings ENABLE ROW LEVEL SECURITY;
-- What the job reads again.
CREATE INDEX commitments_managed_idx ON public.commitments (id) WHERE creator_fee_mode = 'managed';

INSERT INTO public.schema_migrations (version) VALUES ('0025_fee_routings');
