import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { decodePublicKey } from '#src/common/text/base58.js';
import { ValidationError } from '#src/common/errors/errors.js';

/** A Solana address in the path: `@Param('mint', AddressPipe) mint: string`. */
@Injectable()
export class AddressPipe implements PipeTransform<unknown, string> {
  /** @throws ValidationError */
  transform(value: unknown, metadata: ArgumentMetadata): string {
    if (typeof value === 'string' && decodePublicKey(value) !== null) return value;
    throw new ValidationError([
      { path: metadata.data ?? 'address', message: 'must be a base58 Solana address (32 bytes)' },
    ]);
  }
}
