-- Transactions for pump.fun's programs that this service makes by itself: an operation is one thing to do, an attempt one
-- transaction made for it. docs/pumpfun.md explains them; src/pumpfun/operations/operation.ts lists the allowed moves.

CREATE TABLE public.pump_operations (
  -- UUIDv5 of commitment, kind and number: the signing door computes it itself.
  id              uuid PRIMARY KEY,
  kind            text NOT NULL CHECK (kind IN ('collect', 'unwrap')),
  -- Whose escrow gains by it.
  commitment_id   uuid NOT NULL REFERENCES public.commitments (id),
  number          integer NOT NULL CHECK (number >= 0),
  status          text NOT NULL DEFAULT 'pending'
                  CHECK (status IN ('pending', 'in_flight', 'done', 'stopped', 'cancelled')),
  -- Why it is not done yet, in words for the person on call.
  waiting_for     text,
  failures        integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
  next_run_at     timestamptz NOT NULL,
  requested_by    text NOT NULL,
  created_at      timestamptz NOT NULL,
  alarmed_at      timestamptz,
  ended_at        timestamptz,
  -- Lamports by which the transaction has changed the escrow's balance, as the chain tells; null until it is done.
  gained_lamports bigint CHECK (gained_lamports >= 0),
  CONSTRAINT pump_operations_number_key UNIQUE (commitment_id, kind, number),
  CONSTRAINT pump_operations_ended CHECK ((status IN ('done', 'stopped', 'cancelled')) = (ended_at IS NOT NULL)),
  CONSTRAINT pump_operations_gained CHECK ((status = 'done') = (gained_lamports IS NOT NULL))
);
-- One thing is done at a time for one escrow.
CREATE UNIQUE INDEX pump_operations_one_open ON public.pump_operations (commitment_id) WHERE status IN ('pending', 'in_flight');
CREATE INDEX pump_operations_due_idx ON public.pump_operations (next_run_at) WHERE status IN ('pending', 'in_flight');
CREATE INDEX pump_operations_commitment_idx ON public.pump_operations (commitment_id, created_at, id);
ALTER TABLE public.pump_operations ENABLE ROW LEVEL SECURITY;

CREATE TABLE public.pump_attempts (
  id                      uuid PRIMARY KEY,
  operation_id            uuid NOT NULL REFERENCES public.pump_operations (id),
  number                  integer NOT NULL CHECK (number > 0),
  status                  text NOT NULL DEFAULT 'prepared'
                          CHECK (status IN ('prepared', 'signed', 'finalized', 'failed', 'dead', 'abandoned')),
  fee_payer               text NOT NULL,
  -- What the message was compiled from, beside the evidence.
  plan                    jsonb NOT NULL,
  message                 bytea NOT NULL,
  blockhash               text NOT NULL,
  last_valid_block_height bigint NOT NULL,
  lease_heights           jsonb NOT NULL,
  blockhash_slot          bigint NOT NULL,
  signature               text CONSTRAINT pump_attempts_signature_key UNIQUE,
  raw_transaction         bytea,
  created_at              timestamptz NOT NULL,
  signed_at               timestamptz,
  broadcast_at            timestamptz,
  landed_slot             bigint,
  ended_at                timestamptz,
  error                   text,
  CONSTRAINT pump_attempts_number_key UNIQUE (operation_id, number),
  CONSTRAINT pump_attempts_signed CHECK (
    (status IN ('prepared', 'abandoned')) = (signature IS NULL AND raw_transaction IS NULL AND signed_at IS NULL)),
  CONSTRAINT pump_attempts_ended CHECK ((status IN ('prepared', 'signed')) = (ended_at IS NULL))
);
-- At most one attempt of an operation may ever be alive or have succeeded.
CREATE UNIQUE INDEX pump_attempts_one_live ON public.pump_attempts (operation_id)
  WHERE status IN ('prepared', 'signed', 'finalized');
ALTER TABLE public.pump_attempts ENABLE ROW LEVEL SECURITY;

CREATE FUNCTION public.pump_operations_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.kind, NEW.commitment_id, NEW.number, NEW.requested_by, NEW.created_at)
     IS DISTINCT FROM (OLD.id, OLD.kind, OLD.commitment_id, OLD.number, OLD.requested_by, OLD.created_at)
  THEN
    RAISE EXCEPTION 'operation % is frozen', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.status <> OLD.status AND NOT (
       (OLD.status = 'pending'   AND NEW.status IN ('in_flight', 'done', 'cancelled'))
    OR (OLD.status = 'in_flight' AND NEW.status IN ('pending', 'done', 'stopped'))
  ) THEN
    RAISE EXCEPTION 'operation % cannot go from % to %', OLD.id, OLD.status, NEW.status USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.status = 'cancelled' AND EXISTS (
    SELECT 1 FROM public.pump_attempts WHERE operation_id = NEW.id AND status IN ('prepared', 'signed', 'finalized'))
  THEN
    RAISE EXCEPTION 'operation % has an attempt that may still land', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pump_operations_guard BEFORE UPDATE ON public.pump_operations
  FOR EACH ROW EXECUTE FUNCTION public.pump_operations_guard();

CREATE FUNCTION public.pump_attempts_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.operation_id, NEW.number, NEW.fee_payer, NEW.plan, NEW.message, NEW.blockhash, NEW.last_valid_block_height,
      NEW.lease_heights, NEW.blockhash_slot, NEW.created_at)
     IS DISTINCT FROM
     (OLD.id, OLD.operation_id, OLD.number, OLD.fee_payer, OLD.plan, OLD.message, OLD.blockhash, OLD.last_valid_block_height,
      OLD.lease_heights, OLD.blockhash_slot, OLD.created_at)
     OR (OLD.signature IS NOT NULL AND
         (NEW.signature, NEW.raw_transaction) IS DISTINCT FROM (OLD.signature, OLD.raw_transaction))
  THEN
    RAISE EXCEPTION 'pump attempt % is frozen', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.status <> OLD.status AND NOT (
       (OLD.status = 'prepared' AND NEW.status IN ('signed', 'abandoned'))
    OR (OLD.status = 'signed'   AND NEW.status IN ('finalized', 'failed', 'dead'))
    -- The proof of its death was a lie: it has landed after all.
    OR (OLD.status = 'dead'     AND NEW.status = 'finalized')
  ) THEN
    RAISE EXCEPTION 'pump attempt % cannot go from % to %', OLD.id, OLD.status, NEW.status USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pump_attempts_guard BEFORE UPDATE ON public.pump_attempts
  FOR EACH ROW EXECUTE FUNCTION public.pump_attempts_guard();

CREATE TRIGGER pump_operations_keep BEFORE DELETE OR TRUNCATE ON public.pump_operations
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER pump_attempts_keep BEFORE DELETE OR TRUNCATE ON public.pump_attempts
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

SELECT public.journal_table('pump_operations', 'id', 'next_run_at,waiting_for');
SELECT public.journal_table('pump_attempts', 'id', 'broadcast_at');

-- When the creator fees of managed commitments were last looked at. It decides about no money.
CREATE TABLE public.managed_fee_looks (
  commitment_id      uuid PRIMARY KEY REFERENCES public.commitments (id),
  looked_at          timestamptz NOT NULL,
  claimable_lamports bigint NOT NULL CHECK (claimable_lamports >= 0),
  -- Why nothing is collected, in words for people; null where nothing speaks against it.
  problem            text
);
ALTER TABLE public.managed_fee_looks ENABLE ROW LEVEL SECURITY;

-- A transaction that does nothing but turn an escrow's own wrapped SOL into its SOL is signed by the escrow, and is no outflow.
ALTER TABLE public.escrow_transactions ADD COLUMN unwraps boolean NOT NULL DEFAULT false;

CREATE OR REPLACE VIEW public.escrow_entries WITH (security_invoker = true) AS
  WITH told AS (
    SELECT t.escrow, t.signature, t.slot, t.fee_lamports, t.balance_after - t.balance_before AS change, a.payout_id,
           CASE WHEN t.failed THEN 'failed' WHEN a.id IS NOT NULL THEN 'payout' WHEN t.unwraps THEN 'unwrap'
                WHEN t.is_signer THEN 'unknown_outflow'
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

INSERT INTO public.schema_migrations (version) VALUES ('0034_pump_operations');
