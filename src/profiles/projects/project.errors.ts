import { DomainError } from '#src/common/errors/errors.js';

export function projectNotFound(mint: string): DomainError {
  return new DomainError('project_not_found', `Nobody has written a page for the token ${mint}.`);
}
