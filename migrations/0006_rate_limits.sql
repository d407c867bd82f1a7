-- Fixed rate-limit windows, shared by all replicas. UNLOGGED: a counter is worth no WAL, and losing the open windows in a
-- crash of the database only starts them again.

CREATE UNLOGGED TABLE public.rate_limits (
  -- SHA-256 of limit name and client: bounded in size, and no address is stored.
  key          text NOT NULL CHECK (length(key) = 64),
  window_start timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL,
  hits         integer NOT NULL CHECK (hits > 0),
  PRIMARY KEY (key, window_start)
);
CREATE INDEX rate_limits_expires_idx ON public.rate_limits (expires_at);
ALTER TABLE public.rate_limits ENABLE ROW LEVEL SECURITY;

INSERT INTO public.schema_migrations (version) VALUES ('0006_rate_limits');
