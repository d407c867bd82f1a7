-- Coins that this service launches at pump.fun. docs/pumpfun.md explains them.

-- Addresses of coins that are to be, kept for one creator each. The terms of a commitment can name one before the coin exists.
CREATE TABLE public.pump_mints (
  mint          text PRIMARY KEY CHECK (length(mint) BETWEEN 32 AND 44),
  -- Who may make a commitment for it while it does not exist.
  creator       text NOT NULL CHECK (length(creator) BETWEEN 32 AND 44),
  -- Its key, sealed beside mint and creator: beside others it does not open.
  key_id        text NOT NULL,
  ciphertext    bytea NOT NULL,
  reserved_by   text NOT NULL,
  created_at    timestamptz NOT NULL,
  -- For which commitment it was launched; null until then.
  commitment_id uuid CONSTRAINT pump_mints_commitment_key UNIQUE REFERENCES public.commitments (id)
);
ALTER TABLE public.pump_mints ENABLE ROW LEVEL SECURITY;

-- What an admin has signed about a launch. The signing door compares it with the signed text.
CREATE TABLE public.pump_launches (
  commitment_id     uuid PRIMARY KEY REFERENCES public.commitments (id),
  name              text NOT NULL,
  symbol            text NOT NULL,
  uri               text NOT NULL,
  -- Raw units of the coin, and the lamports that they may cost at most; null where nothing is bought.
  buy_tokens        bigint CHECK (buy_tokens > 0),
  buy_most_lamports bigint CHECK (buy_most_lamports > 0),
  requested_by      text NOT NULL,
  created_at        timestamptz NOT NULL,
  CONSTRAINT pump_launches_purchase CHECK ((buy_tokens IS NULL) = (buy_most_lamports IS NULL))
);
ALTER TABLE public.pump_launches ENABLE ROW LEVEL SECURITY;

CREATE FUNCTION public.pump_mints_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.mint, NEW.creator, NEW.reserved_by, NEW.created_at)
     IS DISTINCT FROM (OLD.mint, OLD.creator, OLD.reserved_by, OLD.created_at)
     OR OLD.commitment_id IS NOT NULL AND NEW.commitment_id IS DISTINCT FROM OLD.commitment_id
  THEN
    RAISE EXCEPTION 'mint % is frozen', OLD.mint USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pump_mints_guard BEFORE UPDATE ON public.pump_mints
  FOR EACH ROW EXECUTE FUNCTION public.pump_mints_guard();
CREATE TRIGGER pump_mints_keep BEFORE DELETE OR TRUNCATE ON public.pump_mints
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER pump_launches_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON public.pump_launches
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

SELECT public.journal_table('pump_mints', 'mint');
SELECT public.journal_table('pump_launches', 'commitment_id');

-- A launch has two transactions, which are decided together: the second waits for the first.
ALTER TABLE public.pump_operations DROP CONSTRAINT pump_operations_kind_check;
ALTER TABLE public.pump_operations ADD CONSTRAINT pump_operations_kind_check
  CHECK (kind IN ('collect', 'unwrap', 'create', 'buy'));
DROP INDEX public.pump_operations_one_open;
CREATE UNIQUE INDEX pump_operations_one_open
  ON public.pump_operations (commitment_id, (CASE WHEN kind IN ('collect', 'unwrap') THEN 'fees' ELSE kind END))
  WHERE status IN ('pending', 'in_flight');

INSERT INTO public.schema_migrations (version) VALUES ('0037_pump_launches');
