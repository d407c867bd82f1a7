DROP TRIGGER payouts_destination_guard ON public.payouts;
DROP FUNCTION public.payouts_destination_guard();
DELETE FROM public.schema_migrations WHERE version = '0030_changed_destinations';
