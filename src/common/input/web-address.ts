import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { buildMessage, ValidateBy } from 'class-validator';
import { WEB_ADDRESS_MAX, webAddress } from '#src/common/text/web-address.js';
import { IfGiven } from './fields.js';

/** An optional https link of the public web, in its one stored form. */
export function IsWebAddress(description: string): PropertyDecorator {
  const stored = Transform(({ value }: { value: unknown }) => webAddress(value) ?? value);
  const check = ValidateBy({
    name: 'isWebAddress',
    validator: {
      validate: (value) => webAddress(value) !== null,
      defaultMessage: buildMessage(
        (each) => `${each}$property must be an https address of at most ${WEB_ADDRESS_MAX} characters`,
      ),
    },
  });
  const documented = {
    type: String,
    format: 'uri',
    maxLength: WEB_ADDRESS_MAX,
    required: false,
    description,
  };
  return applyDecorators(ApiProperty(documented), stored, IfGiven(), check);
}
