import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';

/** Source of ids and secrets, injected so that nothing else in the code is random. */
export abstract class Ids {
  /** UUIDv7: sorts by creation time, so it serves as a list cursor as well. */
  abstract uuid(): string;
  /** Cryptographic randomness. */
  abstract bytes(count: number): Uint8Array;

  /** `count` bytes of cryptographic randomness, base64url. */
  token(count: number): string {
    return Buffer.from(this.bytes(count)).toString('base64url');
  }
}

@Injectable()
export class RandomIds extends Ids {
  uuid(): string {
    return v7();
  }

  bytes(count: number): Uint8Array {
    return new Uint8Array(randomBytes(count));
  }
}
