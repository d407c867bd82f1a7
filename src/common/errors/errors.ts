import type { ErrorCode } from './error-table.js';

/** Extra members of the problem document, such as `balanceLamports`. JSON values only; never a secret. */
export type ErrorFields = Readonly<Record<string, unknown>>;

/**
 * What a service throws when a rule says no. It knows no HTTP; `error-table.ts` does.
 * `detail` tells what happened, to whom, and what to do next: it is answered to the client and written to the audit log.
 */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly detail: string,
    readonly fields: ErrorFields = {},
    options?: ErrorOptions,
  ) {
    super(`${code}: ${detail}`, options);
    this.name = 'DomainError';
  }
}

/** One rejected member of a request; `path` uses dots and indexes: `milestones.0.title`. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

export class ValidationError extends DomainError {
  constructor(readonly errors: readonly FieldError[]) {
    super('validation_failed', 'The request has invalid fields; see errors.', { errors });
    this.name = 'ValidationError';
  }
}

/** The message of anything thrown, for logs. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
