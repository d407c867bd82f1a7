import { Injectable } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import { PayoutBookings } from '#src/releases/bookings/payout-bookings.service.js';
import { liveAttempt, PayoutAttemptRepository } from '#src/releases/payouts/payout-attempt.repository.js';
import type { Payout } from '#src/releases/payouts/payout.entity.js';
import { isOpen } from '#src/releases/payouts/payout.js';

/** Money that was decided and has not moved is never silent. */
@Injectable()
export class DelayAlarm {
  constructor(
    private readonly settings: Settings,
    private readonly attempts: PayoutAttemptRepository,
    private readonly bookings: PayoutBookings,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async check(payout: Payout): Promise<void> {
    if (payout.alarmedAt !== null || !isOpen(payout.status)) return;
    const ageMs = this.clock.now().getTime() - payout.createdAt.getTime();
    if (ageMs < this.settings.env.PAYOUT_ALARM_SECONDS * 1000) return;
    const attempts = await this.attempts.findByPayouts(this.transactions.manager, [payout.id]);
    await this.bookings.delayed(payout, liveAttempt(attempts));
  }
}
