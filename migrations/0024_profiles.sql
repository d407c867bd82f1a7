-- What wallets and admins publish about themselves and their tokens. Nothing here decides about money.

CREATE TABLE public.profiles (
  wallet      text PRIMARY KEY CHECK (length(wallet) BETWEEN 32 AND 44),
  name        text CHECK (char_length(name) BETWEEN 1 AND 32),
  bio         text CHECK (char_length(bio) BETWEEN 1 AND 280),
  avatar_url  text CHECK (avatar_url LIKE 'https://%' AND char_length(avatar_url) <= 200),
  -- Of an object in the bucket of avatars, whose size and type were looked at.
  avatar_path text CHECK (avatar_path LIKE wallet || '/%'),
  -- Of the signed message: an older or equal one changes nothing any more.
  issued_at   timestamptz NOT NULL,
  CONSTRAINT profiles_one_avatar CHECK (avatar_url IS NULL OR avatar_path IS NULL)
);
ALTER TABLE public.profiles ENABLE ROW LEVEL SECURITY;

CREATE TABLE public.projects (
  mint         text PRIMARY KEY CHECK (length(mint) BETWEEN 32 AND 44),
  name         text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 64),
  description  text CHECK (char_length(description) BETWEEN 1 AND 1000),
  image_url    text CHECK (image_url LIKE 'https://%' AND char_length(image_url) <= 200),
  website_url  text CHECK (website_url LIKE 'https://%' AND char_length(website_url) <= 200),
  x_url        text CHECK (x_url LIKE 'https://%' AND char_length(x_url) <= 200),
  telegram_url text CHECK (telegram_url LIKE 'https://%' AND char_length(telegram_url) <= 200),
  updated_by   text NOT NULL CHECK (length(updated_by) BETWEEN 32 AND 44),
  updated_at   timestamptz NOT NULL
);
ALTER TABLE public.projects ENABLE ROW LEVEL SECURITY;

INSERT INTO public.schema_migrations (version) VALUES ('0024_profiles');
