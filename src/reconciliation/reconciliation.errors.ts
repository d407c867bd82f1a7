import { DomainError } from '#src/common/errors/errors.js';

export function reconciliationNotFound(id: string): DomainError {
  return new DomainError(
    'reconciliation_not_found',
    `There is no reconciliation ${id}. GET /api/admin/reconciliations lists all runs.`,
  );
}
