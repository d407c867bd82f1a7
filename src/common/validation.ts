import { type ClassConstructor, plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError as Violation, type ValidatorOptions } from 'class-validator';
import { type FieldError, ValidationError } from './errors.js';

/** How every request is validated: unknown members are refused and nothing is coerced. */
export const VALIDATION_OPTIONS = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  stopAtFirstError: true,
} as const satisfies ValidatorOptions;

/** class-validator's tree of violations as a flat list; `prefix` ends with a dot or is empty. */
export function toFieldErrors(violations: readonly Violation[], prefix = ''): FieldError[] {
  return violations.flatMap((violation) => {
    const path = `${prefix}${violation.property}`;
    const own = Object.values(violation.constraints ?? {}).map((message) => ({ path, message }));
    return [...own, ...toFieldErrors(violation.children ?? [], `${path}.`)];
  });
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
