-- The last price fetched for each token, shared by all replicas: holdings are weighed with it when a wallet approves.

CREATE TABLE public.token_prices (
  mint       text PRIMARY KEY,
  -- US dollars for one whole token, exact. NaN and Infinity are above every number, and refused as well.
  price_usd  numeric NOT NULL CHECK (price_usd > 0 AND price_usd < 'Infinity'),
  source     text NOT NULL CHECK (source <> ''),
  fetched_at timestamptz NOT NULL
);
ALTER TABLE public.token_prices ENABLE ROW LEVEL SECURITY;

INSERT INTO public.schema_migrations (version) VALUES ('0010_token_prices');
