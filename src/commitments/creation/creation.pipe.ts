import { Injectable, type PipeTransform } from '@nestjs/common';
import { type CreationBody, parseCreationBody } from './creation.dto.js';

/** Validates a creation by its kind, which a single class cannot. */
@Injectable()
export class CreationPipe implements PipeTransform<unknown, CreationBody> {
  /** @throws ValidationError */
  transform(value: unknown): CreationBody {
    return parseCreationBody(value);
  }
}
