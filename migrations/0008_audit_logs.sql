-- The audit log: what happened, by whom, in which request. Append-only, also for the table's owner.

CREATE TABLE public.audit_logs (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  ts            timestamptz NOT NULL DEFAULT clock_timestamp(),
  event         text NOT NULL CHECK (event ~ '^[a-z0-9_]{3,80}$'),
  -- A wallet, `job:<name>`, `cron`, or `anonymous` for a caller who proved nothing.
  actor         text NOT NULL CHECK (actor <> ''),
  request_id    text NOT NULL CHECK (request_id <> ''),
  commitment_id uuid,
  payout_id     uuid,
  signature     text,
  fields        jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_logs_ts_idx ON public.audit_logs (ts);
CREATE INDEX audit_logs_event_idx ON public.audit_logs (event text_pattern_ops, id DESC);
CREATE INDEX audit_logs_actor_idx ON public.audit_logs (actor, id DESC);
CREATE INDEX audit_logs_commitment_idx ON public.audit_logs (commitment_id, id DESC) WHERE commitment_id IS NOT NULL;
CREATE INDEX audit_logs_payout_idx ON public.audit_logs (payout_id) WHERE payout_id IS NOT NULL;
ALTER TABLE public.audit_logs ENABLE ROW LEVEL SECURITY;

CREATE TRIGGER audit_logs_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.audit_logs
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

INSERT INTO public.schema_migrations (version) VALUES ('0008_audit_logs');
