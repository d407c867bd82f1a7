-- What becomes of a failed reward commitment's escrow: frozen in one row before the first transfer, with one row for each share.

CREATE TABLE public.failure_distributions (
  commitment_id           uuid PRIMARY KEY REFERENCES public.commitments (id),
  escrow                  text NOT NULL REFERENCES public.escrows (address),
  -- destination_on_fail of the commitment.
  destination             text NOT NULL CHECK (length(destination) BETWEEN 32 AND 44),
  -- As read before the decision; no transfer was under way. Later deposits are no part of it.
  escrow_balance_lamports bigint NOT NULL CHECK (escrow_balance_lamports >= 0),
  rent_exempt_minimum     bigint NOT NULL CHECK (rent_exempt_minimum >= 0),
  treasury_share_bps      integer NOT NULL CHECK (treasury_share_bps BETWEEN 0 AND 10000),
  treasury                text CHECK (length(treasury) BETWEEN 32 AND 44),
  treasury_lamports       bigint NOT NULL CHECK (treasury_lamports >= 0),
  pot_lamports            bigint NOT NULL CHECK (pot_lamports >= 0),
  destination_lamports    bigint NOT NULL CHECK (destination_lamports >= 0),
  -- For milestones that were earned before: the sum of failure_earned.
  earned_lamports         bigint NOT NULL CHECK (earned_lamports >= 0),
  -- What the escrow pays for each transfer, and for all of them; 0 where a fee payer pays.
  leg_fee_lamports        bigint NOT NULL CHECK (leg_fee_lamports >= 0),
  fee_total_lamports      bigint NOT NULL CHECK (fee_total_lamports >= 0),
  -- Keeps the escrow rent-exempt until the last of the other transfers; then it is destination_on_fail's.
  reserve_lamports        bigint NOT NULL CHECK (reserve_lamports >= 0),
  -- Too little to be moved by the escrow itself.
  stranded_lamports       bigint NOT NULL CHECK (stranded_lamports >= 0),
  requested_by            text NOT NULL,
  frozen_at               timestamptz NOT NULL,
  CONSTRAINT failure_distributions_sum CHECK (
    treasury_lamports + pot_lamports + destination_lamports + earned_lamports + fee_total_lamports + reserve_lamports
    + stranded_lamports
    = escrow_balance_lamports),
  -- The platform never gains more than the frozen terms say.
  CONSTRAINT failure_distributions_treasury CHECK (
    treasury_lamports = 0
    OR (treasury IS NOT NULL
        AND treasury_lamports::numeric * 10000 <= escrow_balance_lamports::numeric * treasury_share_bps)),
  CONSTRAINT failure_distributions_one_heir CHECK (pot_lamports = 0 OR destination_lamports = 0)
);
CREATE INDEX failure_distributions_escrow_idx ON public.failure_distributions (escrow);
ALTER TABLE public.failure_distributions ENABLE ROW LEVEL SECURITY;

CREATE TABLE public.failure_shares (
  commitment_id   uuid NOT NULL REFERENCES public.failure_distributions (commitment_id),
  wallet          text NOT NULL CHECK (length(wallet) BETWEEN 32 AND 44),
  -- Smallest units of the token: what it held at the announcement.
  weight_raw      numeric(20, 0) NOT NULL CHECK (weight_raw > 0),
  amount_lamports bigint NOT NULL CHECK (amount_lamports > 0),
  CONSTRAINT failure_shares_pkey PRIMARY KEY (commitment_id, wallet)
);
ALTER TABLE public.failure_shares ENABLE ROW LEVEL SECURITY;

-- Milestones that were earned and not released when the failure took effect, in the order in which they are covered.
CREATE TABLE public.failure_earned (
  commitment_id   uuid NOT NULL REFERENCES public.failure_distributions (commitment_id),
  milestone_id    uuid NOT NULL CONSTRAINT failure_earned_milestone_key UNIQUE REFERENCES public.reward_milestones (id),
  position        integer NOT NULL CHECK (position >= 1),
  -- 0 where the escrow did not cover it: later money does.
  amount_lamports bigint NOT NULL CHECK (amount_lamports >= 0),
  CONSTRAINT failure_earned_pkey PRIMARY KEY (commitment_id, position)
);
ALTER TABLE public.failure_earned ENABLE ROW LEVEL SECURITY;

CREATE TRIGGER failure_distributions_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON public.failure_distributions
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER failure_earned_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON public.failure_earned
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER failure_shares_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON public.failure_shares
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

-- The shares sum to the pot, and there is a fee for each transfer.
CREATE FUNCTION public.failure_distribution_check(id uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  d      public.failure_distributions;
  shared numeric;
  earned numeric;
  legs   bigint;
  paid   bigint;
BEGIN
  SELECT * INTO STRICT d FROM public.failure_distributions WHERE commitment_id = id;
  SELECT coalesce(sum(amount_lamports), 0), count(*) INTO shared, legs FROM public.failure_shares WHERE commitment_id = id;
  SELECT coalesce(sum(amount_lamports), 0), count(*) FILTER (WHERE amount_lamports > 0) INTO earned, paid
    FROM public.failure_earned WHERE commitment_id = id;
  legs := legs + paid + (d.treasury_lamports > 0)::int + (d.destination_lamports > 0)::int + (d.reserve_lamports > 0)::int;
  IF shared <> d.pot_lamports OR earned <> d.earned_lamports OR d.fee_total_lamports::numeric <> d.leg_fee_lamports::numeric * legs THEN
    RAISE EXCEPTION 'distribution of commitment %: % lamports of shares for a pot of %, fees of % for % transfers',
      id, shared, d.pot_lamports, d.fee_total_lamports, legs USING ERRCODE = 'restrict_violation';
  END IF;
END $$;
CREATE FUNCTION public.failure_distributions_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM public.failure_distribution_check(NEW.commitment_id);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER failure_distributions_guard AFTER INSERT ON public.failure_distributions
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.failure_distributions_guard();
-- All shares of a distribution come in one statement, so that none can be added later.
CREATE FUNCTION public.failure_shares_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM public.failure_distribution_check(id) FROM (SELECT DISTINCT commitment_id AS id FROM added) AS touched;
  RETURN NULL;
END $$;
CREATE TRIGGER failure_shares_guard AFTER INSERT ON public.failure_shares
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.failure_shares_guard();
-- The same for what was earned: whatever is added later does not add up.
CREATE CONSTRAINT TRIGGER failure_earned_guard AFTER INSERT ON public.failure_earned
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.failure_distributions_guard();

-- A claim pays a share that exists, to its owner, under the key that makes a second one impossible.
CREATE FUNCTION public.payouts_claim_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.business_key <> 'distribution_claim:' || NEW.commitment_id || ':' || NEW.destination OR NOT EXISTS (
    SELECT 1 FROM public.failure_shares
     WHERE commitment_id = NEW.commitment_id AND wallet = NEW.destination AND amount_lamports <= NEW.amount_lamports)
  THEN
    RAISE EXCEPTION 'payout % pays no share of commitment %', NEW.id, NEW.commitment_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payouts_claim_guard BEFORE INSERT ON public.payouts FOR EACH ROW
  WHEN (NEW.purpose = 'distribution_claim') EXECUTE FUNCTION public.payouts_claim_guard();

INSERT INTO public.schema_migrations (version) VALUES ('0014_failure_distributions');
