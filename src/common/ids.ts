import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';

/** Source of ids and secrets, injected so that nothing else in the code is random. */
export abstract class Ids {
  /** UUIDv7: sorts by creation time, so it serves as a list cursor as well. */
  abstract uuid(): string;
  /** `bytes` of cryptographic randomness, base64url. */
  abstract token(bytes: number): string;
}

@Injectable()
export class RandomIds extends Ids {
  uuid(): string {
    return v7();
  }

  token(bytes: number): string {
    return randomBytes(bytes).toString('base64url');
  }
}
