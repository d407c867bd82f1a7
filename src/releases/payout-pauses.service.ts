import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Transactions } from '../common/transactions.js';
import { pausedText } from './pause.js';
import { PayoutPauseRepository } from './payout-pause.repository.js';
import { Payout } from './payout.entity.js';
import { PayoutRepository } from './payout.repository.js';

/** Pauses as the payout engine meets them. */
@Injectable()
export class PayoutPauses {
  constructor(
    private readonly pauses: PayoutPauseRepository,
    private readonly payouts: PayoutRepository,
    private readonly transactions: Transactions,
  ) {}

  /** Whether an open pause covers this payout, which then shows it. */
  async keeps(payout: Payout): Promise<boolean> {
    const { manager } = this.transactions;
    const pause = await this.pauses.findCovering(manager, payout);
    if (pause !== null) await this.payouts.noteWaiting(manager, payout.id, pausedText(pause));
    return pause !== null;
  }

  /** The same for certain: where it answers false, no pause of this payout begins before the transaction ends. */
  async keepsUnderLock(manager: EntityManager, payout: Payout): Promise<boolean> {
    await this.pauses.holdOff(manager);
    return (await this.pauses.findCovering(manager, payout)) !== null;
  }
}
