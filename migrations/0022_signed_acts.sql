-- What wallets have signed, byte for byte, and what the server has accepted: the evidence that a payout needs.

CREATE TABLE public.signed_acts (
  id            uuid PRIMARY KEY,
  action        text NOT NULL CHECK (action <> ''),
  wallet        text NOT NULL CHECK (length(wallet) BETWEEN 32 AND 44),
  -- Null for what belongs to no commitment.
  commitment_id uuid REFERENCES public.commitments (id),
  -- As the text names them; whoever needs them reads them from the text again.
  params        jsonb NOT NULL,
  text          text NOT NULL CHECK (octet_length(text) BETWEEN 1 AND 65535),
  -- Which bytes around the text the wallet has signed.
  envelope      text NOT NULL CHECK (envelope <> ''),
  signature     text NOT NULL CHECK (length(signature) BETWEEN 64 AND 88),
  -- SHA-256 of the text: one signed text is one act, however it is enveloped.
  message_hash  text NOT NULL CONSTRAINT signed_acts_message_hash_key UNIQUE CHECK (message_hash ~ '^[0-9a-f]{64}$'),
  issued_at     timestamptz NOT NULL,
  accepted_at   timestamptz NOT NULL,
  -- The chain's clock at the acceptance, where the rules go by it.
  chain_time    timestamptz
);
CREATE INDEX signed_acts_commitment_idx ON public.signed_acts (commitment_id, id);
ALTER TABLE public.signed_acts ENABLE ROW LEVEL SECURITY;
SELECT public.journal_table('signed_acts', 'id');
CREATE TRIGGER signed_acts_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON public.signed_acts
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

-- One HMAC for each fact that the server has accepted, under a key that is made from its secret: who can only write rows makes none.
CREATE TABLE public.marks (
  kind   text NOT NULL CHECK (kind <> ''),
  id     text NOT NULL CHECK (id <> ''),
  -- SHA-256 of the canonical facts, so that a rotation of the secret need not know them.
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  key_id text NOT NULL CHECK (key_id ~ '^[0-9a-f]{16}$'),
  mac    text NOT NULL CHECK (mac ~ '^[0-9a-f]{64}$'),
  CONSTRAINT marks_pkey PRIMARY KEY (kind, id)
);
CREATE INDEX marks_key_id_idx ON public.marks (key_id, kind, id);
ALTER TABLE public.marks ENABLE ROW LEVEL SECURITY;

INSERT INTO public.schema_migrations (version) VALUES ('0022_signed_acts');
