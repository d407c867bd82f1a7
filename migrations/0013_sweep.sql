-- The sweep: personal commitments that pass their deadline unattested, and attested ones that nobody has decided in time.

ALTER TABLE public.commitments
  -- Chain time of the last sweep that took it up. What could not be paid then is tried again by the next one, behind all
  -- that has fallen due meanwhile: however many are stuck, none stands before the others for good.
  ADD COLUMN sweep_tried_at timestamptz;
-- In the order in which a sweep takes them up: its cost grows with what is due. Personal ones have a deadline; said by their
-- kind, the planner would take this index for pages of the list too.
CREATE INDEX commitments_sweep_idx ON public.commitments
  (coalesce(sweep_tried_at, CASE WHEN attested_at IS NULL THEN deadline ELSE decision_ends_at END))
  WHERE status = 'active' AND deadline IS NOT NULL;

INSERT INTO public.schema_migrations (version) VALUES ('0013_sweep');
