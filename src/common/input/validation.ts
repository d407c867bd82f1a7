import { type ClassConstructor, plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError as Violation, type ValidatorOptions } from 'class-validator';
import { type FieldError, ValidationError } from '#src/common/errors/errors.js';

/** How every request is validated: unknown members are refused and nothing is coerced. */
export const VALIDATION_OPTIONS = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  stopAtFirstError: true,
} as const satisfies ValidatorOptions;

const MAX_ERRORS = 50;
const MAX_TEXT = 200;

/**
 * class-validator's tree of violations as a flat list; `prefix` ends with a dot or is empty. The names of unknown members are
 * the client's text: a huge request gets no huge answer.
 */
export function toFieldErrors(violations: readonly Violation[], prefix = ''): FieldError[] {
  return flatten(violations, prefix)
    .slice(0, MAX_ERRORS)
    .map(({ path, message }) => ({ path: cut(path), message: cut(message) }));
}

function flatten(violations: readonly Violation[], prefix: string): FieldError[] {
  return violations.flatMap((violation) => {
    const path = `${prefix}${violation.property}`;
    const messages = Object.values(violation.constraints ?? {});
    // What JSON can carry is never undefined.
    const isMissing = messages.length > 0 && violation.value === undefined;
    const own = (isMissing ? [`${violation.property} is missing`] : messages).map((message) => ({
      path,
      message,
    }));
    return [...own, ...flatten(violation.children ?? [], `${path}.`)];
  });
}

function cut(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}...`;
}

/**
 * Validates a value that does not arrive as a request body of its own.
 * @throws ValidationError with paths under `prefix`
 */
export function parseDto<T extends object>(type: ClassConstructor<T>, value: unknown, prefix: string): T {
  const plain = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  const dto = plainToInstance(type, plain);
  const violations = validateSync(dto, VALIDATION_OPTIONS);
  if (violations.length > 0) throw new ValidationError(toFieldErrors(violations, prefix));
  return dto;
}
