import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { Milestones } from '#src/commitments/milestones/milestones.service.js';
import { FailureLegs } from '#src/releases/distributions/failure-legs.service.js';
import { PayoutEffects } from '#src/releases/bookings/payout-effects.port.js';
import { milestoneOf } from '#src/releases/milestones/milestone-of.js';
import type { Missed } from '#src/commitments/commitment/missed.js';
import { fetchesRent } from '#src/escrow/door/facts/purpose.js';
import { type PayoutAttempt, signatureOf } from '#src/releases/payouts/payout-attempt.entity.js';
import type { Payout } from '#src/releases/payouts/payout.entity.js';
import { RentFetches } from '#src/releases/planning/rent-fetches.service.js';
import { ReleaseLockRepository } from '#src/releases/milestones/release-lock.repository.js';

/** Moves the business state with a payout: the only place that knows every purpose. */
@Injectable()
export class PurposeEffects extends PayoutEffects {
  constructor(
    private readonly commitments: Commitments,
    private readonly milestones: Milestones,
    private readonly locks: ReleaseLockRepository,
    private readonly legs: FailureLegs,
    private readonly rents: RentFetches,
  ) {
    super();
  }

  override async signed(manager: EntityManager, payout: Payout, signature: string): Promise<void> {
    if (payout.purpose === 'milestone_release') await this.locks.setSignature(manager, payout.id, signature);
  }

  override async confirmed(
    manager: EntityManager,
    payout: Payout,
    attempt: PayoutAttempt,
    missed: Missed,
  ): Promise<void> {
    await this.moveState(manager, payout, attempt, missed);
    await this.rents.fetchAfter(manager, payout, attempt);
  }

  private async moveState(
    manager: EntityManager,
    payout: Payout,
    attempt: PayoutAttempt,
    missed: Missed,
  ): Promise<void> {
    switch (payout.purpose) {
      case 'personal_success':
        if (fetchesRent(payout)) break;
        await this.commitments.finishResolution(manager, payout.commitmentId, 'success', missed);
        break;
      case 'personal_failure':
        if (fetchesRent(payout)) break;
        await this.commitments.finishResolution(manager, payout.commitmentId, 'failure', missed);
        break;
      case 'milestone_release':
        await this.milestones.finishRelease(
          manager,
          milestoneOf(payout),
          { signature: signatureOf(attempt), lamports: attempt.amountLamports },
          missed,
        );
        await this.locks.deleteByPayout(manager, payout.id);
        await this.legs.released(manager, payout.commitmentId, missed);
        break;
      case 'failure_treasury':
      case 'failure_destination':
      case 'failure_remainder':
      case 'distribution_claim':
        await this.legs.landed(manager, payout.commitmentId, missed);
        break;
      case 'stray_forward':
        // The commitment was settled before.
        break;
    }
  }
}
