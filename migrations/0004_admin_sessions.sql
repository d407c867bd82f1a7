-- Sign-In With Solana: single-use nonces and sessions. A row that was made or changed by hand opens nothing: the text to
-- sign is made from the nonce again, and sessions carry what only the server's secret can make.

CREATE TABLE public.admin_nonces (
  nonce      text PRIMARY KEY,
  wallet     text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX admin_nonces_expires_idx ON public.admin_nonces (expires_at);
ALTER TABLE public.admin_nonces ENABLE ROW LEVEL SECURITY;

CREATE TABLE public.admin_sessions (
  -- HMAC of the session id.
  id_hash    text PRIMARY KEY CHECK (id_hash ~ '^[0-9a-f]{64}$'),
  wallet     text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  -- HMAC over the other columns.
  mac        text NOT NULL CHECK (mac ~ '^[0-9a-f]{64}$')
);
CREATE INDEX admin_sessions_expires_idx ON public.admin_sessions (expires_at);
ALTER TABLE public.admin_sessions ENABLE ROW LEVEL SECURITY;

-- When a session was used last, to the minute: for a person who wonders about it, and worth no WAL. It decides nothing.
CREATE UNLOGGED TABLE public.admin_session_visits (
  id_hash text PRIMARY KEY,
  seen_at timestamptz NOT NULL
);
CREATE INDEX admin_session_visits_seen_idx ON public.admin_session_visits (seen_at);
ALTER TABLE public.admin_session_visits ENABLE ROW LEVEL SECURITY;

INSERT INTO public.schema_migrations (version) VALUES ('0004_admin_sessions');
