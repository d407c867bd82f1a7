import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { isUuid } from '#src/common/text/uuid.js';
import { ValidationError } from '#src/common/errors/errors.js';

/** An id in the path, in lower case as it is stored: `@Param('id', UuidPipe) id: string`. */
@Injectable()
export class UuidPipe implements PipeTransform<unknown, string> {
  /** @throws ValidationError */
  transform(value: unknown, metadata: ArgumentMetadata): string {
    if (isUuid(value)) return value.toLowerCase();
    throw new ValidationError([{ path: metadata.data ?? 'id', message: 'must be a UUID' }]);
  }
}
