-- Does the ledger agree with the chain? Double entry, runs, and what each run has found.

-- Every opened transaction of an escrow as lines that sum to zero: what the escrow's account gained or lost, and where from or to.
CREATE VIEW public.escrow_entries WITH (security_invoker = true) AS
  WITH told AS (
    SELECT t.escrow, t.signature, t.slot, t.fee_lamports, t.balance_after - t.balance_before AS change, a.payout_id,
           CASE WHEN t.failed THEN 'failed' WHEN a.id IS NOT NULL THEN 'payout' WHEN t.is_signer THEN 'unknown_outflow'
                WHEN t.collects_fees THEN 'fee_collection' ELSE 'deposit' END AS kind
      FROM public.escrow_transactions t
      LEFT JOIN public.payout_attempts a ON a.signature = t.signature AND a.source = t.escrow
     WHERE t.opened_at IS NOT NULL)
  SELECT escrow, signature, slot, kind, payout_id, 'escrow' AS account, change AS lamports FROM told
  UNION ALL
  SELECT escrow, signature, slot, kind, payout_id, 'network_fees', fee_lamports FROM told WHERE fee_lamports > 0
  UNION ALL
  SELECT escrow, signature, slot, kind, payout_id, CASE WHEN kind = 'failed' THEN 'unexplained' ELSE kind END,
         -change - fee_lamports
    FROM told WHERE change + fee_lamports <> 0;

CREATE TABLE public.reconciliation_runs (
  id             uuid PRIMARY KEY,
  kind           text NOT NULL CHECK (kind IN ('escrow_balances', 'admin_actions')),
  -- Everything, not only what may have changed.
  is_full        boolean NOT NULL,
  commitment_id  uuid REFERENCES public.commitments (id),
  requested_by   text NOT NULL,
  started_at     timestamptz NOT NULL,
  ended_at       timestamptz NOT NULL CHECK (ended_at >= started_at),
  -- Totals of the lines: they can be added up again.
  lines          integer NOT NULL CHECK (lines >= 0),
  findings       integer NOT NULL CHECK (findings BETWEEN 0 AND lines),
  ledger_lamports bigint NOT NULL,
  chain_lamports  bigint NOT NULL
);
CREATE INDEX reconciliation_runs_kind_idx ON public.reconciliation_runs (kind, id);
ALTER TABLE public.reconciliation_runs ENABLE ROW LEVEL SECURITY;
CREATE TRIGGER reconciliation_runs_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON public.reconciliation_runs
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TABLE public.reconciliation_lines (
  run_id          uuid NOT NULL REFERENCES public.reconciliation_runs (id) DEFERRABLE INITIALLY DEFERRED,
  number          integer NOT NULL CHECK (number > 0),
  commitment_id   uuid REFERENCES public.commitments (id),
  -- The escrow, the payout or the transaction that the line is about.
  subject         text NOT NULL,
  state           text NOT NULL,
  ledger_lamports bigint NOT NULL,
  chain_lamports  bigint NOT NULL,
  -- Unexplained, and so for two runs: somebody has to look.
  is_finding      boolean NOT NULL,
  detail          text,
  CONSTRAINT reconciliation_lines_pkey PRIMARY KEY (run_id, number)
);
CREATE INDEX reconciliation_lines_subject_idx ON public.reconciliation_lines (subject, run_id);
ALTER TABLE public.reconciliation_lines ENABLE ROW LEVEL SECURITY;
CREATE TRIGGER reconciliation_lines_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON public.reconciliation_lines
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

-- A run whose totals are not the sum of its lines is not stored.
CREATE FUNCTION public.reconciliation_totals_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM (SELECT count(*)::int AS lines, (count(*) FILTER (WHERE is_finding))::int AS findings,
                          coalesce(sum(ledger_lamports), 0)::bigint AS ledger, coalesce(sum(chain_lamports), 0)::bigint AS chain
                     FROM public.reconciliation_lines WHERE run_id = NEW.id) AS summed
     WHERE (summed.lines, summed.findings, summed.ledger, summed.chain)
         = (NEW.lines, NEW.findings, NEW.ledger_lamports, NEW.chain_lamports))
  THEN
    RAISE EXCEPTION 'the totals of run % are not the sum of its lines', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE CONSTRAINT TRIGGER reconciliation_totals_check AFTER INSERT ON public.reconciliation_runs
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.reconciliation_totals_check();

INSERT INTO public.schema_migrations (version) VALUES ('0028_reconciliations');
