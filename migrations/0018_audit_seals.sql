-- The hash chain over the audit log and the journal of changes: seals hold a digest of every row, each the hash of the one before
-- it, and a signature that no database can make.

-- The transaction that wrote a row. Rows of transactions below the oldest one under way are all visible, and no further one can
-- appear: that, and not the id, tells which rows are ready to be sealed. Rows from before this migration get the migration's.
ALTER TABLE public.audit_logs ADD COLUMN txid xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX audit_logs_txid_idx ON public.audit_logs (txid);

-- What became of the rows that decide about money, one row a change, numbered together with the audit log: one chain of seals covers
-- both. Whoever changes such a row without this journal leaves one that differs from it.
CREATE TABLE public.audit_changes (
  id         bigint PRIMARY KEY DEFAULT nextval('public.audit_logs_id_seq'),
  ts         timestamptz NOT NULL DEFAULT clock_timestamp(),
  txid       xid8 NOT NULL DEFAULT pg_current_xact_id(),
  table_name text NOT NULL,
  -- The primary key's values, joined by colons.
  row_key    text NOT NULL,
  -- SHA-256 of the row as JSON, without what is empty or only says when it is looked at again; null when it was deleted.
  digest     bytea CHECK (octet_length(digest) = 32),
  -- Made by the service for its own transactions (change-tickets.ts); null or wrong for anybody else's.
  ticket     text
);
CREATE INDEX audit_changes_txid_idx ON public.audit_changes (txid);
ALTER TABLE public.audit_changes ENABLE ROW LEVEL SECURITY;
CREATE TRIGGER audit_changes_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.audit_changes
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

-- Runs at the COMMIT, which brings the ticket. The settings make JSON the same text in every session.
CREATE FUNCTION public.journal_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET bytea_output = 'hex' AS $$
DECLARE
  key_columns constant text[] := string_to_array(TG_ARGV[0], ',');
  ignored constant text[] := string_to_array(TG_ARGV[1], ',');
  ticket constant text := nullif(current_setting('cts.ticket', true), '');
  before jsonb;
  after jsonb;
  before_key text;
  after_key text;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    before := jsonb_strip_nulls(to_jsonb(OLD) - ignored);
    before_key := (SELECT string_agg(before ->> name, ':' ORDER BY n) FROM unnest(key_columns) WITH ORDINALITY AS k (name, n));
  END IF;
  IF TG_OP <> 'DELETE' THEN
    after := jsonb_strip_nulls(to_jsonb(NEW) - ignored);
    after_key := (SELECT string_agg(after ->> name, ':' ORDER BY n) FROM unnest(key_columns) WITH ORDINALITY AS k (name, n));
  END IF;
  IF before IS NOT DISTINCT FROM after THEN RETURN NULL; END IF;
  IF before_key IS NOT NULL AND before_key IS DISTINCT FROM after_key THEN
    INSERT INTO public.audit_changes (table_name, row_key, digest, ticket) VALUES (TG_TABLE_NAME, before_key, NULL, ticket);
  END IF;
  IF after_key IS NOT NULL THEN
    INSERT INTO public.audit_changes (table_name, row_key, digest, ticket)
    VALUES (TG_TABLE_NAME, after_key, sha256(convert_to(after::text, 'UTF8')), ticket);
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION public.journal_change() FROM PUBLIC;

-- Puts a table under the journal; src/audit/journal/journaled-tables.ts lists the same. Rows whose deletion gives nobody anything
-- (expired sessions) need not be journaled when they go.
CREATE FUNCTION public.journal_table(name text, key_columns text, ignored text DEFAULT '', deletes boolean DEFAULT true)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format(
    'CREATE CONSTRAINT TRIGGER journal_change AFTER INSERT OR UPDATE%s ON public.%I DEFERRABLE INITIALLY DEFERRED
       FOR EACH ROW EXECUTE FUNCTION public.journal_change(%L, %L)',
    CASE WHEN deletes THEN ' OR DELETE' ELSE '' END, name, key_columns, ignored);
END $$;
REVOKE ALL ON FUNCTION public.journal_table(text, text, text, boolean) FROM PUBLIC;

SELECT public.journal_table('commitments', 'id', 'sweep_tried_at');
SELECT public.journal_table('escrows', 'commitment_id');
SELECT public.journal_table('payouts', 'id', 'next_run_at,waiting_for');
SELECT public.journal_table('payout_attempts', 'id', 'broadcast_at');
SELECT public.journal_table('reward_milestones', 'id', 'next_check_at');
SELECT public.journal_table('reward_signals', 'id');
SELECT public.journal_table('reward_release_locks', 'commitment_id,milestone_id');
SELECT public.journal_table('failure_distributions', 'commitment_id');
SELECT public.journal_table('failure_shares', 'commitment_id,wallet');
SELECT public.journal_table('failure_earned', 'commitment_id,position');
SELECT public.journal_table('payout_pauses', 'id');
SELECT public.journal_table('admin_sessions', 'id_hash', '', false);

-- The keys that seals are signed with, each vouched for by the one before it. Nobody trusts this table: what it says is verified.
CREATE TABLE public.audit_keys (
  number             integer PRIMARY KEY CHECK (number > 0),
  public_key         text NOT NULL CHECK (length(public_key) BETWEEN 32 AND 44),
  -- The last seal of the key before it; 0 for the first.
  after_seal         bigint NOT NULL CHECK (after_seal >= 0),
  own_signature      text NOT NULL CHECK (length(own_signature) BETWEEN 64 AND 88),
  previous_signature text CHECK (length(previous_signature) BETWEEN 64 AND 88),
  made_at            timestamptz NOT NULL,
  CONSTRAINT audit_keys_first CHECK ((number = 1) = (previous_signature IS NULL))
);
ALTER TABLE public.audit_keys ENABLE ROW LEVEL SECURITY;
CREATE TRIGGER audit_keys_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.audit_keys
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TABLE public.audit_seals (
  id        bigint PRIMARY KEY CHECK (id > 0),
  prev_hash bytea NOT NULL UNIQUE CHECK (octet_length(prev_hash) = 32),
  -- Of the audit log and of the journal, ascending; `digests` has 32 bytes for each, in the same order.
  row_ids   bigint[] NOT NULL,
  digests   bytea NOT NULL,
  row_count integer NOT NULL CHECK (row_count BETWEEN 1 AND 1000),
  -- Those of row_ids that tell of a change which no transaction of the service has made.
  foreign_ids bigint[] NOT NULL,
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
  key_number integer NOT NULL REFERENCES public.audit_keys (number),
  hash      bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
  -- Ed25519 over id and hash.
  signature text NOT NULL CHECK (length(signature) BETWEEN 64 AND 88),
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
