import { Global, Module } from '@nestjs/common';
import { Clock, SystemClock } from './clock.js';
import { Ids, RandomIds } from './ids.js';
import { Transactions } from './transactions.js';

const providers = [
  { provide: Clock, useClass: SystemClock },
  { provide: Ids, useClass: RandomIds },
  Transactions,
];

/** What every feature may use: time, ids, transactions. */
@Global()
@Module({ providers, exports: providers })
export class CommonModule {}
