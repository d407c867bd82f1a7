import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { buildMessage, ValidateBy, ValidateIf } from 'class-validator';
import { codePointLength, isCleanText, normalizeText } from '#src/common/text/text.js';

/** A public text of one line, counted in Unicode characters of its stored form. */
export const IsPublicText = (max: number): PropertyDecorator =>
  ValidateBy({
    name: 'isPublicText',
    validator: {
      validate: (value) => isPublicText(value, max),
      defaultMessage: buildMessage(
        (each) =>
          `${each}$property must be a text of 1 to ${max} characters without control or bidi characters`,
      ),
    },
  });

const REASON_MAX = 200;

/** Why an admin does something, in the one stored form of public texts. */
export function IsReason(
  description: string,
  options: { readonly optional?: boolean } = {},
): PropertyDecorator {
  return IsStoredText(REASON_MAX, description, options);
}

/** A public text, in its one stored form: normalized before it is validated and handed on. */
export function IsStoredText(
  max: number,
  description: string,
  { optional = false }: { readonly optional?: boolean } = {},
): PropertyDecorator {
  const stored = Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && isCleanText(value) ? normalizeText(value) : value,
  );
  const documented = { type: String, minLength: 1, maxLength: max, description, required: !optional };
  const skipAbsent = optional ? [ValidateIf((_, value) => value !== undefined)] : [];
  return applyDecorators(ApiProperty(documented), stored, IsPublicText(max), ...skipAbsent);
}

function isPublicText(value: unknown, max: number): boolean {
  if (typeof value !== 'string' || value.length > max * 8 || !isCleanText(value)) return false;
  const length = codePointLength(normalizeText(value));
  return length >= 1 && length <= max;
}
