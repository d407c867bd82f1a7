import { Injectable } from '@nestjs/common';

/** Wall-clock time of this process. Rules about deadlines use the chain's clock (`Chain.now`) instead. */
export abstract class Clock {
  abstract now(): Date;
}

@Injectable()
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
