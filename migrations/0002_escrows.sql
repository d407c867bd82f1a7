-- Escrows: one wallet a commitment, its key only as ciphertext or as the id of a managed wallet.

CREATE TABLE public.escrows (
  commitment_id   uuid PRIMARY KEY REFERENCES public.commitments (id),
  address         text NOT NULL CONSTRAINT escrows_address_key UNIQUE CHECK (length(address) BETWEEN 32 AND 44),
  custody         text NOT NULL CHECK (custody IN ('local', 'privy')),
  key_id          text,
  ciphertext      bytea,
  privy_wallet_id text CONSTRAINT escrows_privy_wallet_id_key UNIQUE,
  created_at      timestamptz NOT NULL,
  CONSTRAINT escrows_local CHECK ((custody = 'local') = (key_id IS NOT NULL AND ciphertext IS NOT NULL)),
  CONSTRAINT escrows_privy CHECK ((custody = 'privy') = (privy_wallet_id IS NOT NULL))
);
CREATE INDEX escrows_key_id_idx ON public.escrows (key_id) WHERE custody = 'local';
ALTER TABLE public.escrows ENABLE ROW LEVEL SECURITY;

CREATE TRIGGER escrows_keep BEFORE DELETE OR TRUNCATE ON public.escrows
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

INSERT INTO public.schema_migrations (version) VALUES ('0002_escrows');
