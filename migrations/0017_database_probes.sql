-- What the health checks write: a database that answers may still take nothing, being a standby or out of disk space.
-- Unlogged, so that a check a second costs no WAL. A row fills a page, so that a full disk is met by the next one.

CREATE UNLOGGED TABLE public.database_probes (
  probed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  filler    bytea NOT NULL
);
ALTER TABLE public.database_probes ALTER COLUMN filler SET STORAGE PLAIN;
ALTER TABLE public.database_probes ENABLE ROW LEVEL SECURITY;

INSERT INTO public.schema_migrations (version) VALUES ('0017_database_probes');
