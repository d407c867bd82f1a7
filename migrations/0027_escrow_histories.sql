-- What the chain tells of each escrow: every finalized transaction that names it, once, and how far that is read.

CREATE TABLE public.escrow_histories (
  escrow           text PRIMARY KEY REFERENCES public.escrows (address),
  -- The newest transaction that every RPC voice has shown, and the one before it. Marked: a forged one is read anew.
  cursor_signature text NOT NULL,
  cursor_before    text,
  cursor_slot      bigint NOT NULL,
  read_at          timestamptz NOT NULL
);
ALTER TABLE public.escrow_histories ENABLE ROW LEVEL SECURITY;

CREATE TABLE public.escrow_transactions (
  escrow          text NOT NULL REFERENCES public.escrows (address),
  signature       text NOT NULL CHECK (length(signature) BETWEEN 64 AND 88),
  slot            bigint NOT NULL,
  failed          boolean NOT NULL,
  -- Whether a memo of it is the id of a payout; anybody can write one.
  names_payout    boolean NOT NULL,
  seen_at         timestamptz NOT NULL,
  -- What it did, as its own bytes and its record on chain say; null until it is opened.
  opened_at       timestamptz,
  block_time      timestamptz,
  -- Only what the escrow has signed takes money out of it.
  is_signer       boolean,
  balance_before  bigint CHECK (balance_before >= 0),
  balance_after   bigint CHECK (balance_after >= 0),
  -- What the escrow paid for it; 0 where another wallet did.
  fee_lamports    bigint CHECK (fee_lamports >= 0),
  -- Whether a program of pump.fun took part: then what came in are creator fees.
  collects_fees   boolean,
  -- Where it is built as a payout of this service: which one, to whom, how much.
  payout_id       uuid,
  destination     text,
  amount_lamports bigint CHECK (amount_lamports > 0),
  -- The pause that an outflow unknown to the ledger has caused.
  pause_id        uuid REFERENCES public.payout_pauses (id),
  CONSTRAINT escrow_transactions_pkey PRIMARY KEY (escrow, signature),
  CONSTRAINT escrow_transactions_opened CHECK (
    (opened_at IS NULL) = (is_signer IS NULL) AND (opened_at IS NULL) = (balance_before IS NULL)
    AND (opened_at IS NULL) = (balance_after IS NULL) AND (opened_at IS NULL) = (fee_lamports IS NULL)
    AND (opened_at IS NULL) = (collects_fees IS NULL)),
  CONSTRAINT escrow_transactions_payout CHECK (
    (payout_id IS NULL) = (destination IS NULL) AND (payout_id IS NULL) = (amount_lamports IS NULL)),
  -- The runtime lets nobody else take money out of it.
  CONSTRAINT escrow_transactions_signed CHECK (is_signer OR balance_after >= balance_before)
);
CREATE INDEX escrow_transactions_unopened_idx ON public.escrow_transactions (escrow, slot) WHERE opened_at IS NULL;
CREATE INDEX escrow_transactions_outflow_idx ON public.escrow_transactions (escrow) WHERE is_signer AND NOT failed;
ALTER TABLE public.escrow_transactions ENABLE ROW LEVEL SECURITY;

-- What the chain has told stays told: a row is opened once, and afterwards only the pause that it has caused is noted.
CREATE FUNCTION public.escrow_transactions_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.escrow, NEW.signature, NEW.slot, NEW.failed, NEW.names_payout, NEW.seen_at)
     IS DISTINCT FROM (OLD.escrow, OLD.signature, OLD.slot, OLD.failed, OLD.names_payout, OLD.seen_at)
     OR (OLD.opened_at IS NOT NULL AND to_jsonb(NEW) - 'pause_id' IS DISTINCT FROM to_jsonb(OLD) - 'pause_id')
  THEN
    RAISE EXCEPTION 'transaction % of escrow % is frozen', OLD.signature, OLD.escrow USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER escrow_transactions_guard BEFORE UPDATE ON public.escrow_transactions
  FOR EACH ROW EXECUTE FUNCTION public.escrow_transactions_guard();
CREATE TRIGGER escrow_transactions_keep BEFORE DELETE OR TRUNCATE ON public.escrow_transactions
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

INSERT INTO public.schema_migrations (version) VALUES ('0027_escrow_histories');
