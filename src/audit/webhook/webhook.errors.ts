import { DomainError } from '#src/common/errors/errors.js';

export function deliveryNotFound(id: string): DomainError {
  return new DomainError(
    'webhook_delivery_not_found',
    `There is no webhook delivery ${id}; one that was delivered is kept for 30 days.`,
  );
}

export function webhookNotConfigured(): DomainError {
  return new DomainError(
    'webhook_not_configured',
    'AUDIT_WEBHOOK_URL is not set, so nothing is sent. Set it and restart the service.',
  );
}
