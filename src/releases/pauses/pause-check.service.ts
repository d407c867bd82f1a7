import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Transactions } from '#src/common/database/transactions.js';
import { Clock } from '#src/common/clock.js';
import { pausedText } from './pause.js';
import type { Pause } from './pause.entity.js';
import { isPausedOut } from './paused-time.js';
import { PauseRepository } from './pause.repository.js';
import { Payout } from '#src/releases/payouts/payout.entity.js';
import { PayoutRepository } from '#src/releases/payouts/payout.repository.js';

/** Pauses as the payout engine meets them. */
@Injectable()
export class PauseCheck {
  constructor(
    private readonly pauses: PauseRepository,
    private readonly payouts: PayoutRepository,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Whether an open pause covers this payout, which then shows it. */
  async keeps(payout: Payout): Promise<boolean> {
    const { manager } = this.transactions;
    const pause = await this.covering(manager, payout);
    if (pause !== null) await this.payouts.noteWaiting(manager, payout.id, pausedText(pause));
    return pause !== null;
  }

  /** The same for certain: where it answers false, no pause of this payout begins before the transaction ends. */
  async keepsUnderLock(manager: EntityManager, payout: Payout): Promise<boolean> {
    await this.pauses.holdOff(manager);
    return (await this.covering(manager, payout)) !== null;
  }

  /** None holds up a release for longer than the signed terms allow, whoever made them. */
  private async covering(manager: EntityManager, payout: Payout): Promise<Pause | null> {
    const now = this.clock.now();
    const pause = await this.pauses.findCovering(manager, payout, now);
    if (pause === null || payout.purpose !== 'milestone_release') return pause;
    const release = await this.pauses.findHeldRelease(manager, payout.subjectId);
    if (release === null) return pause;
    const spans = await this.pauses.findSpans(manager, payout);
    return isPausedOut(release, spans, now) ? null : pause;
  }
}
