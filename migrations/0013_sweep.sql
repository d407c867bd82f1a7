-- The sweep: personal commitments that pass their deadline unattested.

ALTER TABLE public.commitments
  -- Chain time of the last sweep that took it up. What could not be paid then is tried again by the next one, behind all
  -- that has fallen due meanwhile: however many are stuck, none stands before the others for good.
  ADD COLUMN sweep_tried_at timestamptz;
-- What a sweep has to look at, and nothing else: its cost grows with what is due.
CREATE INDEX commitments_sweep_idx ON public.commitments (coalesce(sweep_tried_at, deadline))
  WHERE status = 'active' AND kind = 'personal' AND attested_at IS NULL;

INSERT INTO public.schema_migrations (version) VALUES ('0013_sweep');
