-- Sign-In With Solana: single-use nonces and sessions. Only a hash of a session id is stored.

CREATE TABLE public.admin_nonces (
  nonce      text PRIMARY KEY,
  wallet     text NOT NULL,
  -- The exact text that was issued for signing.
  message    text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX admin_nonces_expires_idx ON public.admin_nonces (expires_at);
ALTER TABLE public.admin_nonces ENABLE ROW LEVEL SECURITY;

CREATE TABLE public.admin_sessions (
  id_hash    text PRIMARY KEY CHECK (id_hash ~ '^[0-9a-f]{64}$'),
  wallet     text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX admin_sessions_expires_idx ON public.admin_sessions (expires_at);
ALTER TABLE public.admin_sessions ENABLE ROW LEVEL SECURITY;

INSERT INTO public.schema_migrations (version) VALUES ('0004_admin_sessions');
