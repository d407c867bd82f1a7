import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '#src/common/clock.js';
import { AttemptCounts } from '#src/escrow/door/evidence/attempt-counts.service.js';
import { payoutFact } from '#src/escrow/door/facts/facts.js';
import { Marks } from '#src/marks/marks.service.js';
import { newPayout, type PayoutOrder } from './payout-order.js';
import type { Payout } from './payout.entity.js';
import { PayoutRepository } from './payout.repository.js';

/** Writes payouts that this server has decided, with the mark without which none is signed. */
@Injectable()
export class PayoutRegister {
  constructor(
    private readonly payouts: PayoutRepository,
    private readonly marks: Marks,
    private readonly attempts: AttemptCounts,
    private readonly clock: Clock,
  ) {}

  /**
   * In the transaction of the decision. What was cancelled before is decided again: one thing to pay is one row.
   * @returns null when it is there already
   */
  async write(manager: EntityManager, order: PayoutOrder): Promise<Payout | null> {
    const payout = newPayout(order, this.clock.now());
    const isNew = await this.payouts.insert(manager, payout);
    const written = isNew ? payout : await this.payouts.decideAgain(manager, payout);
    if (isNew) await this.attempts.begin(manager, payout.id);
    if (written !== null) await this.marks.make(manager, payoutFact(written));
    return written;
  }
}
