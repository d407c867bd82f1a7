DROP TABLE public.token_prices;
DELETE FROM public.schema_migrations WHERE version = '0010_token_prices';
