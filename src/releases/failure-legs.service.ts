import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Ids } from '../common/ids.js';
import type { Lamports } from '../common/lamports.js';
import { CommitmentsService } from '../commitments/commitments.service.js';
import type { FailureDistribution } from './failure-distribution.entity.js';
import { FailureDistributionRepository } from './failure-distribution.repository.js';
import { newPayout } from './new-payout.js';
import type { Payout } from './payout.entity.js';
import { PayoutRepository } from './payout.repository.js';
import { businessKey, type Purpose } from './purpose.js';

/** The transfers of a failure that nobody has to claim. */
const UNASKED: readonly Purpose[] = ['failure_treasury', 'failure_destination', 'failure_remainder'];
const BEFORE_THE_REMAINDER: readonly Purpose[] = ['failure_treasury', 'distribution_claim'];

/** The legs of a failed commitment's distribution, as far as the service itself pays them. */
@Injectable()
export class FailureLegs {
  constructor(
    private readonly distributions: FailureDistributionRepository,
    private readonly payouts: PayoutRepository,
    private readonly commitments: CommitmentsService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Writes what can be paid at once, in the transaction that freezes the amounts. @returns the first of them */
  async begin(manager: EntityManager, distribution: FailureDistribution): Promise<Payout | null> {
    const { treasury, treasuryLamports, destinationLamports } = distribution;
    const written: Payout[] = [];
    if (treasuryLamports > 0n && treasury !== null)
      written.push(await this.write(manager, distribution, 'failure_treasury', treasury, treasuryLamports));
    if (destinationLamports > 0n) {
      const { destination } = distribution;
      written.push(
        await this.write(manager, distribution, 'failure_destination', destination, destinationLamports),
      );
    }
    await this.failIfPaid(manager, distribution);
    return written[0] ?? null;
  }

  /** One leg has landed: the last of them sets the reserve free, and the last unasked one ends the commitment. */
  async landed(manager: EntityManager, commitmentId: string): Promise<void> {
    // Of two legs that land at the same moment the second one waits here, and then sees the first.
    await this.commitments.lock(manager, commitmentId);
    const distribution = await this.distributions.find(manager, commitmentId);
    if (distribution === null) throw new Error(`commitment ${commitmentId} has legs and no distribution`);
    if (await this.isRemainderDue(manager, distribution)) {
      const { destination, reserveLamports } = distribution;
      await this.write(manager, distribution, 'failure_remainder', destination, reserveLamports);
    }
    await this.failIfPaid(manager, distribution);
  }

  private async isRemainderDue(
    manager: EntityManager,
    { commitmentId, reserveLamports }: FailureDistribution,
  ): Promise<boolean> {
    if (reserveLamports === 0n) return false;
    if ((await this.payouts.countOpen(manager, commitmentId, BEFORE_THE_REMAINDER)) > 0) return false;
    if ((await this.distributions.unclaimed(manager, commitmentId)).shares > 0) return false;
    const key = businessKey('failure_remainder', commitmentId);
    return (await this.payouts.findByKey(manager, key)) === null;
  }

  private async failIfPaid(manager: EntityManager, { commitmentId }: FailureDistribution): Promise<void> {
    if ((await this.payouts.countOpen(manager, commitmentId, UNASKED)) > 0) return;
    await this.commitments.finishResolution(manager, commitmentId, 'failure');
  }

  private async write(
    manager: EntityManager,
    { commitmentId, escrow, legFeeLamports, requestedBy }: FailureDistribution,
    purpose: Purpose,
    destination: string,
    amountLamports: Lamports,
  ): Promise<Payout> {
    const order = {
      id: this.ids.uuid(),
      commitmentId,
      purpose,
      businessKey: businessKey(purpose, commitmentId),
      subjectId: null,
      source: escrow,
      destination,
      amountLamports,
      // What goes to destinationOnFail takes along what has reached the escrow meanwhile.
      drain: purpose !== 'failure_treasury',
      feeLamports: legFeeLamports,
      requestedBy,
    };
    const now = this.clock.now();
    // Due at once: no request waits for most of them.
    const payout = { ...newPayout(order, now), nextRunAt: now };
    await this.payouts.insert(manager, payout);
    return payout;
  }
}
