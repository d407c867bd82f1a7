import { Injectable } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import { decodeCursor, type Page, toPage } from '#src/common/pages.js';
import { type PayoutStatus, UNFINISHED } from '#src/releases/payouts/payout.js';
import { PayoutAttemptRepository } from '#src/releases/payouts/payout-attempt.repository.js';
import type { Payout } from '#src/releases/payouts/payout.entity.js';
import { payoutView } from '#src/releases/payouts/payout.view.js';
import type {
  AdminPayoutDto,
  PayoutsQuery,
  StatusFilter,
  UnfinishedPayoutsDto,
} from './payout-search.dto.js';
import { PayoutSearchRepository } from './payout-search.repository.js';

const OLDEST_SHOWN = 50;

/** Payouts of all commitments, as the person on call looks for them. */
@Injectable()
export class PayoutSearch {
  constructor(
    private readonly payouts: PayoutSearchRepository,
    private readonly attempts: PayoutAttemptRepository,
    private readonly transactions: Transactions,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** Newest first. @throws DomainError `invalid_cursor` */
  async list(query: PayoutsQuery): Promise<Page<AdminPayoutDto>> {
    const { status, commitmentId, feePayer, olderThan, limit, cursor } = query;
    const statuses = status === undefined ? undefined : statusesOf(status);
    const createdBefore =
      olderThan === undefined ? undefined : new Date(this.clock.now().getTime() - olderThan * 1_000);
    const filter = { statuses, commitmentId, feePayer, createdBefore };
    const { manager } = this.transactions;
    const rows = await this.payouts.findPage(manager, filter, limit + 1, decodeCursor(cursor));
    const page = toPage(rows, limit);
    return { items: await this.views(page.items), nextCursor: page.nextCursor };
  }

  /** How many are not finished, and the oldest of them. */
  async unfinished(): Promise<UnfinishedPayoutsDto> {
    const { manager } = this.transactions;
    const [counts, oldest] = await Promise.all([
      this.payouts.count(manager, UNFINISHED),
      this.payouts.findOldest(manager, UNFINISHED, OLDEST_SHOWN),
    ]);
    return {
      counts: counts.map(({ status, count, oldestAt }) => ({
        status,
        count,
        oldestAt: oldestAt.toISOString(),
      })),
      oldest: await this.views(oldest),
      lateAfterSeconds: this.settings.env.PAYOUT_ALARM_SECONDS,
    };
  }

  private async views(payouts: readonly Payout[]): Promise<AdminPayoutDto[]> {
    const ids = payouts.map(({ id }) => id);
    const attempts = await this.attempts.findByPayouts(this.transactions.manager, ids);
    return payouts.map((payout) => {
      const own = attempts.filter(({ payoutId }) => payoutId === payout.id);
      return { ...payoutView(payout, own), requestedBy: payout.requestedBy };
    });
  }
}

function statusesOf(filter: StatusFilter): readonly PayoutStatus[] {
  return filter === 'unfinished' ? UNFINISHED : [filter];
}
