import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Settings } from '../../config/settings.js';
import { Clock } from '../common/clock.js';
import { Transactions } from '../common/transactions.js';
import { AdminRepository } from './admin.repository.js';

const EVERY_TEN_MINUTES = 10 * 60_000;

/** Removes nonces and sessions that are of no more use. Safe on any number of replicas at once. */
@Injectable()
export class AdminPurge {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly repository: AdminRepository,
  ) {}

  @Interval(EVERY_TEN_MINUTES)
  async onInterval(): Promise<void> {
    if (this.settings.env.JOBS_ENABLED) await this.run();
  }

  async run(): Promise<{ nonces: number; sessions: number }> {
    const { manager } = this.transactions;
    const now = this.clock.now();
    const nonces = await this.repository.purgeNonces(manager, now);
    const sessions = await this.repository.purgeSessions(manager, now);
    return { nonces, sessions };
  }
}
