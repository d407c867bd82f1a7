-- The last price fetched for each token, shared by all replicas: holdings are weighed with it when a wallet approves.

CREATE TABLE public.token_prices (
  mint       text PRIMARY KEY,
  -- US dollars for one whole token, exact. NaN and Infinity are above every number, and refused as well.
  price_usd  numeric NOT NULL CHECK (price_usd > 0 AND price_usd < 'Infinity'),
  -- US dollars in the pools behind it, and the token's decimals: as the feed says, which may say neither.
  liquidity_usd numeric CHECK (liquidity_usd >= 0 AND liquidity_usd < 'Infinity'),
  decimals   integer CHECK (decimals BETWEEN 0 AND 255),
  source     text NOT NULL CHECK (source <> ''),
  fetched_at timestamptz NOT NULL
);
ALTER TABLE public.token_prices ENABLE ROW LEVEL SECURITY;

INSERT INTO public.schema_migrations (version) VALUES ('0010_token_prices');
