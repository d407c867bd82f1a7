-- Creator rewards: milestones as rows, and the approvals of token holders with their exact weights.

ALTER TABLE public.commitments
  ADD COLUMN token_mint       text CHECK (length(token_mint) BETWEEN 32 AND 44),
  ADD COLUMN creator_fee_mode text CHECK (creator_fee_mode IN ('assisted', 'managed')),
  -- Creator, escrow and the token's authorities at creation: they cannot approve, now or later.
  ADD COLUMN excluded_wallets text[] NOT NULL DEFAULT '{}',
  ADD CONSTRAINT commitments_token_fields CHECK (
    (kind = 'creator_reward') = (token_mint IS NOT NULL AND creator_fee_mode IS NOT NULL));
CREATE INDEX commitments_token_mint_idx ON public.commitments (token_mint, id DESC) WHERE token_mint IS NOT NULL;
CREATE INDEX commitments_token_mint_status_idx ON public.commitments (token_mint, status, id DESC)
  WHERE token_mint IS NOT NULL;
CREATE INDEX commitments_wallet_token_mint_idx ON public.commitments (wallet, token_mint, id DESC)
  WHERE token_mint IS NOT NULL;

CREATE FUNCTION public.commitments_token_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'commitment % is frozen', OLD.id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER commitments_token_guard BEFORE UPDATE ON public.commitments FOR EACH ROW
  WHEN ((NEW.token_mint, NEW.creator_fee_mode, NEW.excluded_wallets)
    IS DISTINCT FROM (OLD.token_mint, OLD.creator_fee_mode, OLD.excluded_wallets))
  EXECUTE FUNCTION public.commitments_token_guard();

CREATE TABLE public.reward_milestones (
  id              uuid PRIMARY KEY,
  commitment_id   uuid NOT NULL REFERENCES public.commitments (id),
  position        integer NOT NULL CHECK (position BETWEEN 1 AND 12),
  title           text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 80),
  unlock_lamports bigint NOT NULL CHECK (unlock_lamports BETWEEN 1 AND 9007199254740991),
  status          text NOT NULL DEFAULT 'locked'
                  CHECK (status IN ('locked', 'completed', 'claimable', 'releasing', 'released', 'forfeited')),
  -- Times of the chain's clock: the creator's attestation, the end of the claim delay, the end of the vote window.
  completed_at    timestamptz,
  claim_ready_at  timestamptz,
  vote_ends_at    timestamptz,
  -- Frozen with the terms.
  threshold_usd   numeric NOT NULL CHECK (threshold_usd >= 0),
  -- Sum of the weights as they were when signalled, and what was left of it at the last re-weighing.
  signalled_usd   numeric NOT NULL DEFAULT 0 CHECK (signalled_usd >= 0),
  voters          integer NOT NULL DEFAULT 0 CHECK (voters >= 0),
  reweighed_usd   numeric CHECK (reweighed_usd >= 0),
  reweighed_at    timestamptz,
  -- Raw units that the approvals still held together then, and the supply of the token.
  approved_raw    numeric(20, 0) CHECK (approved_raw >= 0),
  seen_supply     numeric(20, 0) CHECK (seen_supply >= 0),
  -- When unlocking is worth looking at again.
  next_check_at   timestamptz,
  claimable_at    timestamptz,
  released_at     timestamptz,
  -- Signature of the payment, set with released_at.
  release_signature text,
  -- Less than unlock_lamports where a failed escrow could not cover all that was earned.
  paid_lamports   bigint CHECK (paid_lamports > 0 AND paid_lamports < unlock_lamports),
  CONSTRAINT reward_milestones_position_key UNIQUE (commitment_id, position),
  CONSTRAINT reward_milestones_completed CHECK (
    (completed_at IS NULL) = (claim_ready_at IS NULL) AND (completed_at IS NULL) = (vote_ends_at IS NULL)
    AND (completed_at IS NULL) = (next_check_at IS NULL)
    AND (status IN ('locked', 'forfeited') OR completed_at IS NOT NULL)),
  CONSTRAINT reward_milestones_claimable CHECK (
    status NOT IN ('claimable', 'releasing', 'released')
    OR (claimable_at IS NOT NULL AND claimable_at >= claim_ready_at AND reweighed_usd >= threshold_usd)),
  CONSTRAINT reward_milestones_released CHECK (
    (status = 'released') = (released_at IS NOT NULL) AND (status = 'released') = (release_signature IS NOT NULL)
    AND (status = 'released' OR paid_lamports IS NULL))
);
-- What unlocking has to look at, and nothing else: its cost grows with what is due.
CREATE INDEX reward_milestones_due_idx ON public.reward_milestones (next_check_at)
  WHERE status = 'completed' AND signalled_usd >= threshold_usd;
ALTER TABLE public.reward_milestones ENABLE ROW LEVEL SECURITY;

CREATE FUNCTION public.reward_milestones_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.commitment_id, NEW.position, NEW.title, NEW.unlock_lamports, NEW.threshold_usd)
     IS DISTINCT FROM (OLD.id, OLD.commitment_id, OLD.position, OLD.title, OLD.unlock_lamports, OLD.threshold_usd)
     OR (OLD.completed_at IS NOT NULL AND (NEW.completed_at, NEW.claim_ready_at)
         IS DISTINCT FROM (OLD.completed_at, OLD.claim_ready_at))
     -- Longer when a failure was called off, shorter never.
     OR NEW.vote_ends_at < OLD.vote_ends_at OR (OLD.vote_ends_at IS NOT NULL AND NEW.vote_ends_at IS NULL)
     OR (OLD.paid_lamports IS NOT NULL AND NEW.paid_lamports IS DISTINCT FROM OLD.paid_lamports)
  THEN
    RAISE EXCEPTION 'milestone % is frozen', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.status <> OLD.status AND NOT (
       (OLD.status = 'locked'    AND NEW.status IN ('completed', 'forfeited'))
    OR (OLD.status = 'completed' AND NEW.status IN ('claimable', 'forfeited'))
    OR (OLD.status = 'claimable' AND NEW.status IN ('releasing', 'forfeited'))
    -- Back only when a release is cleared of which nothing can land any more.
    OR (OLD.status = 'releasing' AND NEW.status IN ('released', 'claimable'))
  ) THEN
    RAISE EXCEPTION 'milestone % cannot go from % to %', OLD.id, OLD.status, NEW.status USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER reward_milestones_guard BEFORE UPDATE ON public.reward_milestones
  FOR EACH ROW EXECUTE FUNCTION public.reward_milestones_guard();
CREATE TRIGGER reward_milestones_keep BEFORE DELETE OR TRUNCATE ON public.reward_milestones
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TABLE public.reward_signals (
  id             uuid PRIMARY KEY,
  milestone_id   uuid NOT NULL REFERENCES public.reward_milestones (id),
  commitment_id  uuid NOT NULL REFERENCES public.commitments (id),
  wallet         text NOT NULL CHECK (length(wallet) BETWEEN 32 AND 44),
  -- The chain's clock; inside the vote window it also earns a share of a failure.
  signalled_at   timestamptz NOT NULL,
  in_vote_window boolean NOT NULL,
  -- Raw token units of all the wallet's accounts, and the price as an exact decimal.
  raw_amount     numeric(20, 0) NOT NULL CHECK (raw_amount > 0),
  decimals       integer NOT NULL CHECK (decimals BETWEEN 0 AND 255),
  price_usd      numeric NOT NULL CHECK (price_usd > 0),
  weight_usd     numeric NOT NULL CHECK (weight_usd > 0),
  token_accounts text[] NOT NULL,
  -- At the last re-weighing: what the wallet still held, and min(weight then, present amount x price then).
  reweighed_raw  numeric(20, 0),
  reweighed_usd  numeric CHECK (reweighed_usd <= weight_usd),
  signature      text NOT NULL,
  CONSTRAINT reward_signals_wallet_key UNIQUE (milestone_id, wallet)
);
CREATE INDEX reward_signals_commitment_idx ON public.reward_signals (commitment_id);
ALTER TABLE public.reward_signals ENABLE ROW LEVEL SECURITY;
CREATE TRIGGER reward_signals_keep BEFORE DELETE OR TRUNCATE ON public.reward_signals
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

INSERT INTO public.schema_migrations (version) VALUES ('0007_weighted_approvals');
