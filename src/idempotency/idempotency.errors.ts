import { DomainError, ValidationError } from '#src/common/errors/errors.js';

export function badKey(): ValidationError {
  return new ValidationError([
    {
      path: 'idempotency-key',
      message: 'the header must hold 1 to 255 printable ASCII characters: quoted, or bare without spaces',
    },
  ]);
}

export function requestInProgress(): DomainError {
  return new DomainError(
    'request_in_progress',
    'A request with this Idempotency-Key is being worked on. Send it again in a moment to get its answer.',
    { retryAfterSeconds: 1 },
  );
}

export function keyReused(): DomainError {
  return new DomainError(
    'idempotency_key_reused',
    'This Idempotency-Key was sent before with another body. Take a new key for a new request.',
  );
}
