-- The payout engine's ledger. A payout is one intended transfer out of an escrow, an attempt one transaction made for it.
-- docs/domain.md explains the states; src/releases/payouts/payout.ts lists the allowed moves.

-- What a payout is for: one list, for every column that names a purpose.
CREATE DOMAIN public.payout_purpose AS text CHECK (VALUE IN (
  'personal_success', 'personal_failure', 'milestone_release', 'failure_treasury', 'failure_destination',
  'failure_remainder', 'distribution_claim', 'stray_forward'));

CREATE TABLE public.payouts (
  -- UUIDv5 of commitment, purpose, subject and part: the signing door computes it itself.
  id              uuid PRIMARY KEY,
  commitment_id   uuid NOT NULL REFERENCES public.commitments (id),
  purpose         public.payout_purpose NOT NULL,
  -- What this money is for; see payouts_business_key_key.
  business_key    text NOT NULL,
  -- The milestone that it pays, where it is not for the commitment as a whole.
  subject_id      uuid,
  -- Tells payouts for the same thing from each other: 0; for stray money a running number.
  part            integer NOT NULL DEFAULT 0 CHECK (part >= 0),
  source          text NOT NULL REFERENCES public.escrows (address),
  destination     text NOT NULL CHECK (length(destination) BETWEEN 32 AND 44),
  -- A drain pays all that the escrow holds: its amount follows the newest attempt.
  amount_lamports bigint NOT NULL CHECK (amount_lamports > 0),
  drain           boolean NOT NULL,
  status          text NOT NULL DEFAULT 'pending'
                  CHECK (status IN ('pending', 'in_flight', 'confirmed', 'finalized', 'stopped', 'cancelled')),
  -- Why a pending payout waits, in words for the person on call.
  waiting_for     text,
  failures        integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
  next_run_at     timestamptz NOT NULL,
  requested_by    text NOT NULL,
  created_at      timestamptz NOT NULL,
  confirmed_at    timestamptz,
  -- By one RPC voice, whose companions were silent: what it paid stays promised until it is finalized.
  confirmed_alone boolean NOT NULL DEFAULT false,
  finalized_at    timestamptz,
  -- When payout_delayed_error was raised.
  alarmed_at      timestamptz,
  CONSTRAINT payouts_destination_is_another CHECK (destination <> source),
  CONSTRAINT payouts_confirmed_at CHECK ((status IN ('confirmed', 'finalized')) = (confirmed_at IS NOT NULL)),
  CONSTRAINT payouts_finalized_at CHECK ((status = 'finalized') = (finalized_at IS NOT NULL))
);
-- A second payout for the same thing cannot be written, unless the first was cancelled before anything of it could land.
CREATE UNIQUE INDEX payouts_business_key_key ON public.payouts (business_key) WHERE status <> 'cancelled';
-- The driver's work list: what is not finished, by due time. Finished payouts cost nothing.
CREATE INDEX payouts_due_idx ON public.payouts (next_run_at) WHERE status IN ('pending', 'in_flight', 'confirmed');
CREATE INDEX payouts_commitment_idx ON public.payouts (commitment_id, created_at, id);
-- The lists of people: of one status, and of all.
CREATE INDEX payouts_status_idx ON public.payouts (status, created_at, id);
CREATE INDEX payouts_created_idx ON public.payouts (created_at, id);
CREATE INDEX payouts_source_open_idx ON public.payouts (source) WHERE status IN ('pending', 'in_flight', 'stopped');
ALTER TABLE public.payouts ENABLE ROW LEVEL SECURITY;

CREATE TABLE public.payout_attempts (
  id                      uuid PRIMARY KEY,
  payout_id               uuid NOT NULL REFERENCES public.payouts (id),
  number                  integer NOT NULL CHECK (number > 0),
  source                  text NOT NULL,
  status                  text NOT NULL DEFAULT 'prepared'
                          CHECK (status IN ('prepared', 'signed', 'confirmed', 'finalized', 'failed', 'dead', 'abandoned')),
  amount_lamports         bigint NOT NULL CHECK (amount_lamports > 0),
  fee_lamports            bigint NOT NULL CHECK (fee_lamports >= 0),
  fee_payer               text NOT NULL,
  message                 bytea NOT NULL,
  blockhash               text NOT NULL,
  last_valid_block_height bigint NOT NULL,
  -- The block height that each RPC voice counted when it knew the blockhash: the bound above follows from the highest.
  lease_heights           jsonb NOT NULL,
  blockhash_slot          bigint NOT NULL,
  signature               text CONSTRAINT payout_attempts_signature_key UNIQUE,
  raw_transaction         bytea,
  created_at              timestamptz NOT NULL,
  signed_at               timestamptz,
  broadcast_at            timestamptz,
  confirmed_at            timestamptz,
  landed_slot             bigint,
  ended_at                timestamptz,
  error                   text,
  CONSTRAINT payout_attempts_number_key UNIQUE (payout_id, number),
  CONSTRAINT payout_attempts_signed CHECK (
    (status IN ('prepared', 'abandoned')) = (signature IS NULL AND raw_transaction IS NULL AND signed_at IS NULL)),
  CONSTRAINT payout_attempts_ended CHECK (
    (status IN ('finalized', 'failed', 'dead', 'abandoned')) = (ended_at IS NOT NULL))
);
-- At most one attempt of a payout may ever be alive or paid ...
CREATE UNIQUE INDEX payout_attempts_one_live ON public.payout_attempts (payout_id)
  WHERE status IN ('prepared', 'signed', 'confirmed', 'finalized');
-- ... and one escrow has at most one transaction under way, so its balance is never a guess while a payout is prepared.
CREATE UNIQUE INDEX payout_attempts_one_under_way ON public.payout_attempts (source)
  WHERE status IN ('prepared', 'signed');
-- What has landed out of one escrow, and when last.
CREATE INDEX payout_attempts_source_idx ON public.payout_attempts (source, landed_slot);
ALTER TABLE public.payout_attempts ENABLE ROW LEVEL SECURITY;

-- What was promised and what was signed cannot be rewritten (of the destination see 0030), and a closed payout or attempt cannot be reopened.
CREATE FUNCTION public.payouts_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.commitment_id, NEW.purpose, NEW.business_key, NEW.subject_id, NEW.part, NEW.source, NEW.drain, NEW.created_at)
     IS DISTINCT FROM
     (OLD.id, OLD.commitment_id, OLD.purpose, OLD.business_key, OLD.subject_id, OLD.part, OLD.source, OLD.drain, OLD.created_at)
     OR (NOT OLD.drain AND NEW.amount_lamports <> OLD.amount_lamports)
  THEN
    RAISE EXCEPTION 'payout % is frozen', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.status <> OLD.status AND NOT (
       (OLD.status = 'pending'   AND NEW.status IN ('in_flight', 'cancelled'))
    OR (OLD.status = 'in_flight' AND NEW.status IN ('pending', 'confirmed', 'stopped'))
    -- Back only when it has vanished from the chain for good: it is paid again.
    OR (OLD.status = 'confirmed' AND NEW.status IN ('finalized', 'pending'))
    OR (OLD.status = 'stopped'   AND NEW.status IN ('pending', 'cancelled'))
    -- Decided again: there is one id, and so one row, for one thing to pay.
    OR (OLD.status = 'cancelled' AND NEW.status = 'pending')
  ) THEN
    RAISE EXCEPTION 'payout % cannot go from % to %', OLD.id, OLD.status, NEW.status USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.status = 'cancelled' AND EXISTS (
    SELECT 1 FROM public.payout_attempts
     WHERE payout_id = NEW.id AND status IN ('prepared', 'signed', 'confirmed', 'finalized'))
  THEN
    RAISE EXCEPTION 'payout % has an attempt that may still land', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payouts_guard BEFORE UPDATE ON public.payouts
  FOR EACH ROW EXECUTE FUNCTION public.payouts_guard();

CREATE FUNCTION public.payout_attempts_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.payout_id, NEW.number, NEW.source, NEW.amount_lamports, NEW.fee_lamports, NEW.fee_payer, NEW.message,
      NEW.blockhash, NEW.last_valid_block_height, NEW.lease_heights, NEW.blockhash_slot, NEW.created_at)
     IS DISTINCT FROM
     (OLD.id, OLD.payout_id, OLD.number, OLD.source, OLD.amount_lamports, OLD.fee_lamports, OLD.fee_payer, OLD.message,
      OLD.blockhash, OLD.last_valid_block_height, OLD.lease_heights, OLD.blockhash_slot, OLD.created_at)
     OR (OLD.signature IS NOT NULL AND
         (NEW.signature, NEW.raw_transaction) IS DISTINCT FROM (OLD.signature, OLD.raw_transaction))
  THEN
    RAISE EXCEPTION 'attempt % is frozen', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.status <> OLD.status AND NOT (
       (OLD.status = 'prepared'  AND NEW.status IN ('signed', 'abandoned'))
    OR (OLD.status = 'signed'    AND NEW.status IN ('confirmed', 'failed', 'dead'))
    OR (OLD.status = 'confirmed' AND NEW.status IN ('finalized', 'dead'))
    -- The proof of its death was a lie: it has landed after all.
    OR (OLD.status = 'dead'      AND NEW.status = 'confirmed')
  ) THEN
    RAISE EXCEPTION 'attempt % cannot go from % to %', OLD.id, OLD.status, NEW.status USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payout_attempts_guard BEFORE UPDATE ON public.payout_attempts
  FOR EACH ROW EXECUTE FUNCTION public.payout_attempts_guard();

CREATE TRIGGER payouts_keep BEFORE DELETE OR TRUNCATE ON public.payouts
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER payout_attempts_keep BEFORE DELETE OR TRUNCATE ON public.payout_attempts
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

INSERT INTO public.schema_migrations (version) VALUES ('0003_payouts');
