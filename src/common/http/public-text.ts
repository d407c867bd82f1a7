import { buildMessage, ValidateBy } from 'class-validator';
import { codePointLength, isCleanText, normalizeText } from '../text.js';

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

function isPublicText(value: unknown, max: number): boolean {
  if (typeof value !== 'string' || value.length > max * 8 || !isCleanText(value)) return false;
  const length = codePointLength(normalizeText(value));
  return length >= 1 && length <= max;
}
