import { ValidationPipe } from '@nestjs/common';
import type { ValidationError as Violation } from 'class-validator';
import { type FieldError, ValidationError } from '../errors.js';
import { toFieldErrors, VALIDATION_OPTIONS } from '../validation.js';

const MAX_ERRORS = 50;
const MAX_TEXT = 200;

/** The global pipe: a DTO is what its class says and nothing more; nothing is converted but by its own decorators. */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    ...VALIDATION_OPTIONS,
    transform: true,
    validationError: { target: false, value: false },
    exceptionFactory: (violations: Violation[]) => new ValidationError(bounded(toFieldErrors(violations))),
  });
}

/** The names of unknown members are the client's text: a huge request gets no huge answer. */
function bounded(errors: readonly FieldError[]): FieldError[] {
  return errors.slice(0, MAX_ERRORS).map(({ path, message }) => ({ path: cut(path), message: cut(message) }));
}

function cut(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}...`;
}
