-- Idempotency-Key: the first answer to a request, kept so that a client that lost it gets it again. Not what protects money:
-- payouts are exactly-once by their business keys, with or without a row here.

CREATE TABLE public.idempotency_keys (
  -- SHA-256 of method, path, caller and key: two requests at once meet at this row, and one of them inserts it.
  scope_hash   text PRIMARY KEY CHECK (scope_hash ~ '^[0-9a-f]{64}$'),
  -- SHA-256 of the canonical body: the same key with another body is a mistake of the client.
  request_hash text NOT NULL CHECK (request_hash ~ '^[0-9a-f]{64}$'),
  state        text NOT NULL CHECK (state IN ('in_progress', 'finished')),
  -- The request that works on it; one whose key was taken over cannot finish it any more.
  request_id   text NOT NULL,
  status_code  integer CHECK (status_code BETWEEN 200 AND 499),
  content_type text,
  body         text,
  created_at   timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL,
  CHECK (expires_at > created_at),
  CHECK ((state = 'finished') = (status_code IS NOT NULL)),
  CHECK ((status_code IS NULL) = (content_type IS NULL) AND (status_code IS NULL) = (body IS NULL))
);
CREATE INDEX idempotency_keys_expires_idx ON public.idempotency_keys (expires_at);
ALTER TABLE public.idempotency_keys ENABLE ROW LEVEL SECURITY;

INSERT INTO public.schema_migrations (version) VALUES ('0021_idempotency_keys');
