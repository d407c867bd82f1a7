-- Money that reaches the escrow of a failed commitment after its amounts were frozen: it is distributed in rounds, by the weights of
-- the failure. Each round is frozen in one row before its first transfer, with one row for each share.

CREATE TABLE public.failure_rounds (
  commitment_id           uuid NOT NULL REFERENCES public.failure_distributions (commitment_id),
  round                   integer NOT NULL CHECK (round >= 1),
  -- As read before the decision; no transfer was under way.
  escrow_balance_lamports bigint NOT NULL CHECK (escrow_balance_lamports >= 0),
  -- What is no part of the round: the promises of earlier ones with their fees, and a rent minimum that stays.
  kept_lamports           bigint NOT NULL CHECK (kept_lamports >= 0),
  treasury_lamports       bigint NOT NULL CHECK (treasury_lamports >= 0),
  -- The sum of the shares.
  pot_lamports            bigint NOT NULL CHECK (pot_lamports > 0),
  -- What the escrow pays for each transfer, and for all of them; 0 where a fee payer pays.
  leg_fee_lamports        bigint NOT NULL CHECK (leg_fee_lamports >= 0),
  fee_total_lamports      bigint NOT NULL CHECK (fee_total_lamports >= 0),
  frozen_at               timestamptz NOT NULL,
  CONSTRAINT failure_rounds_pkey PRIMARY KEY (commitment_id, round),
  CONSTRAINT failure_rounds_sum CHECK (
    kept_lamports + treasury_lamports + pot_lamports + fee_total_lamports = escrow_balance_lamports)
);
ALTER TABLE public.failure_rounds ENABLE ROW LEVEL SECURITY;

CREATE TABLE public.failure_round_shares (
  commitment_id   uuid NOT NULL,
  round           integer NOT NULL,
  wallet          text NOT NULL CHECK (length(wallet) BETWEEN 32 AND 44),
  -- Smallest units of the token: what it held at the announcement.
  weight_raw      numeric(20, 0) NOT NULL CHECK (weight_raw > 0),
  amount_lamports bigint NOT NULL CHECK (amount_lamports > 0),
  CONSTRAINT failure_round_shares_pkey PRIMARY KEY (commitment_id, round, wallet),
  CONSTRAINT failure_round_shares_round_fkey FOREIGN KEY (commitment_id, round)
    REFERENCES public.failure_rounds (commitment_id, round)
);
-- All shares of one wallet, for its claims.
CREATE INDEX failure_round_shares_wallet_idx ON public.failure_round_shares (commitment_id, wallet, round);
ALTER TABLE public.failure_round_shares ENABLE ROW LEVEL SECURITY;

CREATE TRIGGER failure_rounds_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON public.failure_rounds
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER failure_round_shares_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON public.failure_round_shares
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
SELECT public.journal_table('failure_rounds', 'commitment_id,round');
SELECT public.journal_table('failure_round_shares', 'commitment_id,round,wallet');

-- One round after the other; the shares sum to the pot and weigh what they weighed in the failure, there is a fee for each transfer,
-- and the treasury gets no more than the frozen terms say.
CREATE FUNCTION public.failure_round_check(failed uuid, number integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  r       public.failure_rounds;
  first   public.failure_distributions;
  shared  numeric;
  legs    bigint;
  foreign_shares bigint;
BEGIN
  SELECT * INTO STRICT r FROM public.failure_rounds WHERE commitment_id = failed AND round = number;
  SELECT * INTO STRICT first FROM public.failure_distributions WHERE commitment_id = failed;
  SELECT coalesce(sum(s.amount_lamports), 0), count(*),
         count(*) FILTER (WHERE NOT EXISTS (
           SELECT 1 FROM public.failure_enrollments e JOIN public.failure_announcements a ON a.id = e.announcement_id
            WHERE a.commitment_id = failed AND a.frozen_at IS NOT NULL AND e.wallet = s.wallet AND e.weight_raw = s.weight_raw))
    INTO shared, legs, foreign_shares FROM public.failure_round_shares s WHERE s.commitment_id = failed AND s.round = number;
  legs := legs + (r.treasury_lamports > 0)::int;
  IF shared <> r.pot_lamports OR r.fee_total_lamports::numeric <> r.leg_fee_lamports::numeric * legs OR foreign_shares > 0
     OR r.treasury_lamports::numeric * 10000
        > (r.escrow_balance_lamports - r.kept_lamports)::numeric * first.treasury_share_bps
     OR (r.treasury_lamports > 0 AND first.treasury IS NULL)
     OR (number > 1 AND NOT EXISTS (SELECT 1 FROM public.failure_rounds WHERE commitment_id = failed AND round = number - 1))
  THEN
    RAISE EXCEPTION 'round % of commitment %: % lamports of shares for a pot of %, fees of % for % transfers, % shares of no weight',
      number, failed, shared, r.pot_lamports, r.fee_total_lamports, legs, foreign_shares USING ERRCODE = 'restrict_violation';
  END IF;
END $$;
CREATE FUNCTION public.failure_rounds_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM public.failure_round_check(NEW.commitment_id, NEW.round);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER failure_rounds_guard AFTER INSERT ON public.failure_rounds
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.failure_rounds_guard();
-- All shares of a round come in one statement, so that none can be added later.
CREATE FUNCTION public.failure_round_shares_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM public.failure_round_check(id, number)
     FROM (SELECT DISTINCT commitment_id AS id, round AS number FROM added) AS touched;
  RETURN NULL;
END $$;
CREATE TRIGGER failure_round_shares_guard AFTER INSERT ON public.failure_round_shares
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.failure_round_shares_guard();

-- A claim pays a share of its round that exists (part 0: of the failure itself), to its owner, under the key that makes a second one
-- impossible.
CREATE OR REPLACE FUNCTION public.payouts_claim_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.business_key <> 'distribution_claim:' || NEW.commitment_id || ':' || NEW.destination
                         || (CASE NEW.part WHEN 0 THEN '' ELSE ':' || NEW.part END)
     OR NOT EXISTS (
       SELECT 1 FROM public.failure_shares
        WHERE NEW.part = 0 AND commitment_id = NEW.commitment_id AND wallet = NEW.destination
          AND amount_lamports <= NEW.amount_lamports
       UNION ALL
       SELECT 1 FROM public.failure_round_shares
        WHERE commitment_id = NEW.commitment_id AND round = NEW.part AND wallet = NEW.destination
          AND amount_lamports <= NEW.amount_lamports)
  THEN
    RAISE EXCEPTION 'payout % pays no share of commitment %', NEW.id, NEW.commitment_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

INSERT INTO public.schema_migrations (version) VALUES ('0036_failure_rounds');
