DROP TABLE public.audit_webhook_endpoint;
DROP TABLE public.audit_webhook_deliveries;
DELETE FROM public.schema_migrations WHERE version = '0019_webhook_outbox';
