import { Injectable } from '@nestjs/common';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import { AdminRepository } from './admin.repository.js';

/** Removes nonces and sessions that are of no more use. Safe on any number of replicas at once. */
@Injectable()
export class AdminPurge {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly repository: AdminRepository,
  ) {}

  async run(): Promise<{ nonces: number; sessions: number }> {
    const { manager } = this.transactions;
    const now = this.clock.now();
    const nonces = await this.repository.purgeNonces(manager, now);
    const sessions = await this.repository.purgeSessions(manager, now);
    return { nonces, sessions };
  }
}
