import { Global, Module } from '@nestjs/common';
import { Clock, SystemClock } from './clock.js';
import { Ids, RandomIds } from './ids.js';
import { Shutdown } from './shutdown.js';
import { Transactions } from '#src/common/database/transactions.js';

const providers = [
  { provide: Clock, useClass: SystemClock },
  { provide: Ids, useClass: RandomIds },
  Shutdown,
  Transactions,
];

/** What every feature may use: time, ids, transactions, and the news of a shutdown. */
@Global()
@Module({ providers, exports: providers })
export class CommonModule {}
