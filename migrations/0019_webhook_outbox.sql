-- The outbox of the audit webhook: a row for each event that has to be told, written with the audit row itself.

CREATE TABLE public.audit_webhook_deliveries (
  -- The receiver's webhook-id: the same at every attempt, so that it can tell a repetition.
  id              uuid PRIMARY KEY,
  -- No foreign key: it would change how audit_logs refuses TRUNCATE, and rows there never go.
  audit_id        bigint NOT NULL CONSTRAINT audit_webhook_deliveries_audit_key UNIQUE,
  commitment_id   uuid,
  event           text NOT NULL,
  status          text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'undeliverable')),
  -- 0 for what concerns money and admins, which goes first; 1 for what anybody can cause.
  priority        smallint NOT NULL CHECK (priority IN (0, 1)),
  -- Attempts begun. One that was begun and has no outcome is repeated at next_attempt_at.
  attempts        integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  next_attempt_at timestamptz NOT NULL,
  -- An attempt that fails after this is the last one.
  give_up_at      timestamptz NOT NULL,
  last_status     integer,
  last_error      text CHECK (length(last_error) <= 200),
  created_at      timestamptz NOT NULL,
  delivered_at    timestamptz,
  CONSTRAINT audit_webhook_deliveries_delivered_at CHECK ((status = 'delivered') = (delivered_at IS NOT NULL))
);
CREATE INDEX audit_webhook_deliveries_due_idx ON public.audit_webhook_deliveries (priority, next_attempt_at)
  WHERE status = 'pending';
-- What is told first of a commitment.
CREATE INDEX audit_webhook_deliveries_order_idx ON public.audit_webhook_deliveries (commitment_id, audit_id)
  WHERE status = 'pending' AND commitment_id IS NOT NULL;
CREATE INDEX audit_webhook_deliveries_status_idx ON public.audit_webhook_deliveries (status, id DESC);
CREATE INDEX audit_webhook_deliveries_delivered_idx ON public.audit_webhook_deliveries (delivered_at)
  WHERE status = 'delivered';
ALTER TABLE public.audit_webhook_deliveries ENABLE ROW LEVEL SECURITY;

-- One row: whether the receiver has said 410, after which nothing is sent until an admin enables it again.
CREATE TABLE public.audit_webhook_endpoint (
  only_one    boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  disabled_at timestamptz,
  reason      text,
  CONSTRAINT audit_webhook_endpoint_reason CHECK ((disabled_at IS NULL) = (reason IS NULL))
);
INSERT INTO public.audit_webhook_endpoint DEFAULT VALUES;
ALTER TABLE public.audit_webhook_endpoint ENABLE ROW LEVEL SECURITY;

INSERT INTO public.schema_migrations (version) VALUES ('0019_webhook_outbox');
