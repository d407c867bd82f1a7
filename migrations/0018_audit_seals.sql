-- The hash chain over the audit log: seals hold a digest of every row, and each seal the hash of the one before it.

-- The transaction that wrote a row. Rows of transactions below the oldest one under way are all visible, and no further one can
-- appear: that, and not the id, tells which rows are ready to be sealed. Rows from before this migration get the migration's.
ALTER TABLE public.audit_logs ADD COLUMN txid xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX audit_logs_txid_idx ON public.audit_logs (txid);

CREATE TABLE public.audit_seals (
  id        bigint PRIMARY KEY CHECK (id > 0),
  prev_hash bytea NOT NULL UNIQUE CHECK (octet_length(prev_hash) = 32),
  -- Ascending; `digests` has 32 bytes for each, in the same order.
  row_ids   bigint[] NOT NULL,
  digests   bytea NOT NULL,
  row_count integer NOT NULL CHECK (row_count BETWEEN 1 AND 1000),
  -- A round of sealing takes the rows of transactions from from_txid up to, not including, to_txid, and all rows after from_id
  -- (a restored database counts its transactions anew); never one up to floor_id, where an earlier database's rows end.
  from_txid xid8 NOT NULL,
  to_txid   xid8 NOT NULL,
  -- When the round was opened, and a number above those of all transactions then.
  opened_at timestamptz NOT NULL,
  next_txid xid8 NOT NULL,
  from_id   bigint NOT NULL,
  floor_id  bigint NOT NULL,
  -- The highest id sealed so far.
  max_id    bigint NOT NULL,
  -- True for the last seal of a round: of what there was at opened_at nothing is left but transactions then under way.
  drained   boolean NOT NULL,
  sealed_at timestamptz NOT NULL,
  hash      bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
  CHECK (cardinality(row_ids) = row_count),
  CHECK (octet_length(digests) = 32 * row_count)
);
ALTER TABLE public.audit_seals ENABLE ROW LEVEL SECURITY;

CREATE TRIGGER audit_seals_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.audit_seals
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

-- Seals whose hash was written to the chain. The signature is here before the transaction is sent.
CREATE TABLE public.audit_anchors (
  signature    text PRIMARY KEY CHECK (signature ~ '^[1-9A-HJ-NP-Za-km-z]{64,88}$'),
  seal_id      bigint NOT NULL REFERENCES public.audit_seals (id),
  created_at   timestamptz NOT NULL,
  confirmed_at timestamptz
);
CREATE INDEX audit_anchors_seal_idx ON public.audit_anchors (seal_id, created_at);
CREATE INDEX audit_anchors_open_idx ON public.audit_anchors (created_at) WHERE confirmed_at IS NULL;
ALTER TABLE public.audit_anchors ENABLE ROW LEVEL SECURITY;

CREATE TRIGGER audit_anchors_keep BEFORE DELETE OR TRUNCATE ON public.audit_anchors
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

INSERT INTO public.schema_migrations (version) VALUES ('0018_audit_seals');
