-- Admins that were shut out: the table only adds to the environment's refusal, and a row is worth what its signed act says.

CREATE TABLE public.admin_revocations (
  id         uuid PRIMARY KEY,
  admin      text NOT NULL CHECK (length(admin) BETWEEN 32 AND 44),
  -- Signed acts of this wallet from then on do not count for what has no signed transaction yet.
  void_from  timestamptz,
  reason     text CHECK (length(reason) BETWEEN 1 AND 500),
  act_id     uuid NOT NULL UNIQUE REFERENCES public.signed_acts (id),
  revoked_by text NOT NULL CHECK (length(revoked_by) BETWEEN 32 AND 44),
  revoked_at timestamptz NOT NULL,
  CONSTRAINT admin_revocations_void_from CHECK (void_from <= revoked_at)
);
CREATE INDEX admin_revocations_admin_idx ON public.admin_revocations (admin);
ALTER TABLE public.admin_revocations ENABLE ROW LEVEL SECURITY;
SELECT public.journal_table('admin_revocations', 'id');
CREATE TRIGGER admin_revocations_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON public.admin_revocations
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

INSERT INTO public.schema_migrations (version) VALUES ('0023_admin_revocations');
