import { DomainError } from '#src/common/errors/errors.js';

export function custodyUnavailable(detail: string): DomainError {
  return new DomainError('custody_unavailable', detail);
}
