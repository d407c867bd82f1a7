-- What a proof looks up: the newest change of one row, and the seal that covers a line.

CREATE INDEX audit_changes_row_idx ON public.audit_changes (table_name, row_key, id);
CREATE INDEX audit_seals_max_id_idx ON public.audit_seals (max_id, id);

INSERT INTO public.schema_migrations (version) VALUES ('0029_proofs');
