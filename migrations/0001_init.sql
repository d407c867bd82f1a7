-- Commitments: who promised what, under which frozen terms.
-- Row level security is on for every table, with no policy: the API connects as the owner and is not touched by it, while
-- the roles that hosted platforms expose over HTTP can read and write nothing.

CREATE TABLE public.schema_migrations (
  version    text PRIMARY KEY,
  applied_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE public.schema_migrations ENABLE ROW LEVEL SECURITY;

CREATE TABLE public.commitments (
  id                  uuid PRIMARY KEY,
  kind                text NOT NULL CHECK (kind IN ('personal', 'creator_reward')),
  status              text NOT NULL DEFAULT 'active'
                      CHECK (status IN ('active', 'failing', 'resolving', 'succeeded', 'failed', 'completed')),
  -- What a resolving commitment is on its way to; stays as the record of the decision.
  resolution          text CHECK (resolution IN ('success', 'failure')),
  -- The chain's clock by which it was decided, where the rules go by it.
  resolution_chain_time timestamptz,
  wallet              text NOT NULL CHECK (length(wallet) BETWEEN 32 AND 44),
  destination_on_fail text NOT NULL CHECK (length(destination_on_fail) BETWEEN 32 AND 44),
  statement           text CHECK (char_length(statement) BETWEEN 1 AND 140),
  amount_lamports     bigint CHECK (amount_lamports BETWEEN 1 AND 9007199254740991),
  deadline            timestamptz,
  attested_at         timestamptz,
  -- Of a personal commitment: until when a decision about it may come once it is attested.
  decision_ends_at    timestamptz,
  -- A failure that an admin has filed against an attested commitment, or announced for a reward commitment, and that nobody
  -- has called off; chain time.
  failure_filed_at    timestamptz,
  -- Of an announced one: when it takes effect, by the chain's clock.
  failure_effective_at timestamptz,
  failure_reason      text CHECK (length(failure_reason) BETWEEN 1 AND 500),
  -- What the escrow of a personal commitment held when its end was decided: stays for ever.
  funded_lamports     bigint CHECK (funded_lamports >= 0),
  terms               jsonb NOT NULL,
  terms_hash          text NOT NULL CHECK (terms_hash ~ '^[0-9a-f]{64}$'),
  -- SHA-256 of the signed creation message: one signed message makes one commitment, however it is enveloped.
  message_hash        text NOT NULL CONSTRAINT commitments_message_hash_key UNIQUE CHECK (message_hash ~ '^[0-9a-f]{64}$'),
  signature           text NOT NULL,
  created_at          timestamptz NOT NULL,
  resolved_at         timestamptz,
  CONSTRAINT commitments_fail_destination_is_another CHECK (destination_on_fail <> wallet),
  CONSTRAINT commitments_personal_fields CHECK (
    kind <> 'personal' OR (amount_lamports IS NOT NULL AND deadline IS NOT NULL AND status NOT IN ('completed', 'failing'))),
  CONSTRAINT commitments_reward_fields CHECK (
    kind <> 'creator_reward'
    OR (amount_lamports IS NULL AND deadline IS NULL AND attested_at IS NULL AND status <> 'succeeded')),
  CONSTRAINT commitments_filed_failure CHECK (
    kind <> 'personal' OR (failure_effective_at IS NULL
      AND (failure_filed_at IS NULL) = (failure_reason IS NULL) AND (failure_filed_at IS NULL OR attested_at IS NOT NULL))),
  -- A reward commitment fails by an announcement, and in no other way.
  CONSTRAINT commitments_announced_failure CHECK (
    kind <> 'creator_reward' OR (
      (status IN ('failing', 'resolving', 'failed')) = (failure_filed_at IS NOT NULL)
      AND (failure_filed_at IS NULL) = (failure_effective_at IS NULL)
      AND (failure_reason IS NULL OR failure_filed_at IS NOT NULL)
      AND failure_effective_at >= failure_filed_at)),
  CONSTRAINT commitments_resolution CHECK ((status IN ('resolving', 'succeeded', 'failed')) = (resolution IS NOT NULL)),
  CONSTRAINT commitments_resolved_at CHECK ((status IN ('succeeded', 'failed', 'completed')) = (resolved_at IS NOT NULL)),
  CONSTRAINT commitments_success_needs_attestation CHECK (
    kind <> 'personal' OR resolution IS DISTINCT FROM 'success' OR attested_at IS NOT NULL)
);
-- Each combination of the list's filters finds its page in the order of one of these, however many rows there are.
CREATE INDEX commitments_kind_idx ON public.commitments (kind, id DESC);
CREATE INDEX commitments_kind_status_idx ON public.commitments (kind, status, id DESC);
CREATE INDEX commitments_status_idx ON public.commitments (status, id DESC);
CREATE INDEX commitments_wallet_idx ON public.commitments (wallet, id DESC);
CREATE INDEX commitments_wallet_kind_status_idx ON public.commitments (wallet, kind, status, id DESC);
CREATE INDEX commitments_wallet_status_idx ON public.commitments (wallet, status, id DESC);
-- Some pairs never occur: the planner would expect them everywhere, and look for them in all rows.
CREATE STATISTICS public.commitments_kind_status (mcv) ON kind, status FROM public.commitments;
-- What /metrics counts.
CREATE INDEX commitments_open_idx ON public.commitments (kind, status) WHERE status IN ('active', 'failing', 'resolving');
ALTER TABLE public.commitments ENABLE ROW LEVEL SECURITY;

-- Terms never change and final states never come back to life, whoever runs the UPDATE.
CREATE FUNCTION public.commitments_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.kind, NEW.wallet, NEW.destination_on_fail, NEW.terms_hash, NEW.message_hash, NEW.signature, NEW.created_at)
     IS DISTINCT FROM
     (OLD.id, OLD.kind, OLD.wallet, OLD.destination_on_fail, OLD.terms_hash, OLD.message_hash, OLD.signature, OLD.created_at)
     OR NEW.terms IS DISTINCT FROM OLD.terms
     OR NEW.statement IS DISTINCT FROM OLD.statement
     OR NEW.amount_lamports IS DISTINCT FROM OLD.amount_lamports
     OR NEW.deadline IS DISTINCT FROM OLD.deadline
     OR NEW.decision_ends_at IS DISTINCT FROM OLD.decision_ends_at
     OR (OLD.funded_lamports IS NOT NULL AND NEW.funded_lamports IS DISTINCT FROM OLD.funded_lamports)
     OR (OLD.status NOT IN ('active', 'failing') AND (NEW.failure_filed_at, NEW.failure_effective_at)
         IS DISTINCT FROM (OLD.failure_filed_at, OLD.failure_effective_at))
     -- An announced failure is computed once.
     OR (OLD.failure_effective_at IS NOT NULL AND NEW.status <> 'active'
         AND (NEW.failure_filed_at, NEW.failure_effective_at) IS DISTINCT FROM (OLD.failure_filed_at, OLD.failure_effective_at))
     OR (OLD.attested_at IS NOT NULL AND NEW.attested_at IS DISTINCT FROM OLD.attested_at)
     OR (OLD.resolution IS NOT NULL AND (NEW.resolution, NEW.resolution_chain_time)
         IS DISTINCT FROM (OLD.resolution, OLD.resolution_chain_time))
  THEN
    RAISE EXCEPTION 'commitment % is frozen', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.status <> OLD.status AND NOT (
       (OLD.status = 'active' AND NEW.status IN ('completed', 'failing'))
    OR (OLD.status = 'active' AND NEW.status = 'resolving' AND OLD.kind IS DISTINCT FROM 'creator_reward')
    OR (OLD.status = 'failing' AND NEW.status IN ('active', 'resolving'))
    OR (OLD.status = 'resolving' AND NEW.status IN ('succeeded', 'failed'))
  ) THEN
    RAISE EXCEPTION 'commitment % cannot go from % to %', OLD.id, OLD.status, NEW.status
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER commitments_guard BEFORE UPDATE ON public.commitments
  FOR EACH ROW EXECUTE FUNCTION public.commitments_guard();

-- For rows that are evidence: nobody deletes them.
CREATE FUNCTION public.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on %.% is refused: its rows are evidence', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER commitments_keep BEFORE DELETE OR TRUNCATE ON public.commitments
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

INSERT INTO public.schema_migrations (version) VALUES ('0001_init');
