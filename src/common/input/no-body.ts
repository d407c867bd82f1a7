import { applyDecorators, Body, Injectable, type PipeTransform } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import { ValidationError } from '#src/common/errors/errors.js';

const MAX_NAMED = 50;
const MAX_NAME = 100;

/** Accepts no body, or an object without members: a member would be an order that nobody carries out. */
@Injectable()
class NoBodyPipe implements PipeTransform<unknown, undefined> {
  /** @throws ValidationError naming the members */
  transform(body: unknown): undefined {
    const names = typeof body === 'object' && body !== null ? Object.keys(body) : [];
    if (names.length === 0) return undefined;
    throw new ValidationError(
      names.slice(0, MAX_NAMED).map((name) => ({
        path: name.slice(0, MAX_NAME),
        message: 'is unknown: this route takes no body',
      })),
    );
  }
}

/** For the parameter of a route that takes no body: `@NoBody() _body: unknown`. Goes with `@ApiNoBody()`. */
export function NoBody(): ParameterDecorator {
  return Body(NoBodyPipe);
}

export function ApiNoBody(): MethodDecorator {
  const schema = { type: 'object', maxProperties: 0 } as const;
  return applyDecorators(ApiBody({ required: false, schema, description: 'None, or an empty object.' }));
}
