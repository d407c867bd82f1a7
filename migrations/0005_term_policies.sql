-- Every set of configured terms that was ever in force, so that a signature over older terms is answered with
-- "the terms changed" instead of "wrong signature".

CREATE TABLE public.term_policies (
  hash          text PRIMARY KEY CHECK (hash ~ '^[0-9a-f]{64}$'),
  policy        jsonb NOT NULL,
  last_in_force timestamptz NOT NULL
);
ALTER TABLE public.term_policies ENABLE ROW LEVEL SECURITY;

INSERT INTO public.schema_migrations (version) VALUES ('0005_term_policies');
