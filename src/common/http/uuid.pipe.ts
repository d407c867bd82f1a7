import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { ValidationError } from '../errors.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value);
}

/** An id in the path, in lower case as it is stored: `@Param('id', UuidPipe) id: string`. */
@Injectable()
export class UuidPipe implements PipeTransform<unknown, string> {
  /** @throws ValidationError */
  transform(value: unknown, metadata: ArgumentMetadata): string {
    if (isUuid(value)) return value.toLowerCase();
    throw new ValidationError([{ path: metadata.data ?? 'id', message: 'must be a UUID' }]);
  }
}
