import { DomainError } from '../common/errors.js';

export function custodyUnavailable(detail: string): DomainError {
  return new DomainError('custody_unavailable', detail);
}
