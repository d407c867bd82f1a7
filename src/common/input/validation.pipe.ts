import { ValidationPipe } from '@nestjs/common';
import type { ValidationError as Violation } from 'class-validator';
import { ValidationError } from '#src/common/errors/errors.js';
import { toFieldErrors, VALIDATION_OPTIONS } from './validation.js';

/** The global pipe: a DTO is what its class says and nothing more; nothing is converted but by its own decorators. */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    ...VALIDATION_OPTIONS,
    transform: true,
    validationError: { target: false, value: false },
    exceptionFactory: (violations: Violation[]) => new ValidationError(toFieldErrors(violations)),
  });
}
