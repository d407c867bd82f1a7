-- Failed escrows with enough later money for a round that could not be frozen yet: a row goes with the round, or with the money.
-- It decides about no money.
CREATE TABLE public.failure_round_waits (
  commitment_id uuid PRIMARY KEY REFERENCES public.failure_distributions (commitment_id),
  since         timestamptz NOT NULL,
  -- In words for people, as of the newest try.
  waiting_for   text NOT NULL,
  -- Set with its one alarm.
  alarmed_at    timestamptz
);
ALTER TABLE public.failure_round_waits ENABLE ROW LEVEL SECURITY;

INSERT INTO public.schema_migrations (version) VALUES ('0038_waiting_rounds');
