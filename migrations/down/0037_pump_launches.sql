DROP INDEX public.pump_operations_one_open;
CREATE UNIQUE INDEX pump_operations_one_open ON public.pump_operations (commitment_id) WHERE status IN ('pending', 'in_flight');
ALTER TABLE public.pump_operations DROP CONSTRAINT pump_operations_kind_check;
ALTER TABLE public.pump_operations ADD CONSTRAINT pump_operations_kind_check CHECK (kind IN ('collect', 'unwrap'));
DROP TABLE public.pump_launches;
DROP TABLE public.pump_mints;
DROP FUNCTION public.pump_mints_guard();
DELETE FROM public.schema_migrations WHERE version = '0037_pump_launches';
