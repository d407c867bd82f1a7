import { Injectable } from '@nestjs/common';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import { WebhookRepository } from './webhook.repository.js';

const KEPT_MS = 30 * 86_400_000;
const PORTION = 2_000;

/** Removes what was delivered long ago; the audit log keeps the event itself. Safe on any number of replicas at once. */
@Injectable()
export class WebhookPurge {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly deliveries: WebhookRepository,
  ) {}

  /** @returns how many were deleted */
  async run(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - KEPT_MS);
    for (let deleted = 0; ;) {
      const portion = await this.deliveries.purgeDelivered(this.transactions.manager, before, PORTION);
      deleted += portion;
      if (portion < PORTION) return deleted;
    }
  }
}
