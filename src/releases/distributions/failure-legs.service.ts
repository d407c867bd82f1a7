import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Lamports } from '#src/common/money/lamports.js';
import { type Missed, rollBack } from '#src/commitments/commitment/missed.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import type { FailureDistribution } from './failure-distribution.entity.js';
import { FailureDistributionRepository } from './failure-distribution.repository.js';
import type { FailureRound } from './rounds/failure-round.entity.js';
import { FailureEarnedRepository } from '#src/releases/milestones/failure-earned.repository.js';
import { payoutOrder } from '#src/releases/payouts/payout-order.js';
import type { Payout } from '#src/releases/payouts/payout.entity.js';
import { PayoutRegister } from '#src/releases/payouts/payout-register.service.js';
import { PayoutRepository } from '#src/releases/payouts/payout.repository.js';
import { businessKey, type Purpose, treasuryKey } from '#src/releases/payouts/purpose.js';

/** The transfers of a failure that nobody has to claim. */
const UNASKED: readonly Purpose[] = ['failure_treasury', 'failure_destination', 'failure_remainder'];
const BEFORE_THE_REMAINDER: readonly Purpose[] = ['failure_treasury', 'distribution_claim'];

/** The legs of a failed commitment's distribution, as far as the service itself pays them. */
@Injectable()
export class FailureLegs {
  constructor(
    private readonly distributions: FailureDistributionRepository,
    private readonly earned: FailureEarnedRepository,
    private readonly payouts: PayoutRepository,
    private readonly register: PayoutRegister,
    private readonly commitments: Commitments,
  ) {}

  /** Writes what can be paid at once, in the transaction that freezes the amounts. @returns the first of them */
  async begin(manager: EntityManager, distribution: FailureDistribution): Promise<Payout | null> {
    const { commitmentId, treasury, treasuryLamports, destinationLamports } = distribution;
    const written: Payout[] = [];
    if (treasuryLamports > 0n && treasury !== null)
      written.push(await this.write(manager, distribution, 'failure_treasury', treasury, treasuryLamports));
    if (destinationLamports > 0n) {
      const { destination } = distribution;
      written.push(
        await this.write(manager, distribution, 'failure_destination', destination, destinationLamports),
      );
    }
    await this.failIfPaid(manager, commitmentId, rollBack);
    return written[0] ?? null;
  }

  /** The treasury's part of later money, in the transaction that freezes the round. */
  async beginRound(
    manager: EntityManager,
    { escrow, treasury, requestedBy }: FailureDistribution,
    { commitmentId, round, treasuryLamports, legFeeLamports }: FailureRound,
  ): Promise<void> {
    if (treasuryLamports === 0n || treasury === null) return;
    await this.register.write(
      manager,
      payoutOrder({
        commitmentId,
        purpose: 'failure_treasury',
        businessKey: treasuryKey(commitmentId, round),
        part: round,
        source: escrow,
        destination: treasury,
        amountLamports: treasuryLamports,
        feeLamports: legFeeLamports,
        requestedBy,
        dueAtOnce: true,
      }),
    );
  }

  /** A release has landed: like one of the legs where its commitment has failed. */
  async released(manager: EntityManager, commitmentId: string, missed: Missed): Promise<void> {
    if ((await this.distributions.find(manager, commitmentId)) !== null)
      await this.landed(manager, commitmentId, missed);
  }

  /** One leg has landed: the last of them sets the reserve free, and the last unasked one ends the commitment. */
  async landed(manager: EntityManager, commitmentId: string, missed: Missed): Promise<void> {
    // Of two legs that land at the same moment the second one waits here, and then sees the first.
    const { status } = await this.commitments.getLocked(manager, commitmentId);
    const distribution = await this.distributions.find(manager, commitmentId);
    if (distribution === null) throw new Error(`commitment ${commitmentId} has legs and no distribution`);
    if (await this.isRemainderDue(manager, distribution)) {
      const { destination, reserveLamports } = distribution;
      await this.write(manager, distribution, 'failure_remainder', destination, reserveLamports);
    }
    // A claim that lands after the end changes it no more.
    if (status !== 'failed') await this.failIfPaid(manager, commitmentId, missed);
  }

  private async isRemainderDue(
    manager: EntityManager,
    { commitmentId, reserveLamports }: FailureDistribution,
  ): Promise<boolean> {
    if (reserveLamports === 0n) return false;
    if ((await this.payouts.countOpen(manager, commitmentId, BEFORE_THE_REMAINDER)) > 0) return false;
    if ((await this.distributions.unclaimed(manager, commitmentId, 0)).shares > 0) return false;
    if ((await this.earned.countUnpaid(manager, commitmentId)) > 0) return false;
    const key = businessKey('failure_remainder', commitmentId);
    return (await this.payouts.findByKey(manager, key)) === null;
  }

  private async failIfPaid(manager: EntityManager, commitmentId: string, missed: Missed): Promise<void> {
    if ((await this.payouts.countOpen(manager, commitmentId, UNASKED)) > 0) return;
    await this.commitments.finishResolution(manager, commitmentId, 'failure', missed);
  }

  private async write(
    manager: EntityManager,
    { commitmentId, escrow, legFeeLamports, requestedBy, eligibleWallets }: FailureDistribution,
    purpose: Purpose,
    destination: string,
    amountLamports: Lamports,
  ): Promise<Payout> {
    const order = payoutOrder({
      commitmentId,
      purpose,
      source: escrow,
      destination,
      amountLamports,
      // What reaches the escrow meanwhile belongs to the holders; it goes along only where nobody was eligible.
      drain: purpose !== 'failure_treasury' && eligibleWallets === 0,
      feeLamports: legFeeLamports,
      requestedBy,
      dueAtOnce: true,
    });
    const payout = await this.register.write(manager, order);
    if (payout === null) throw new Error(`payout ${order.id} is there already`);
    return payout;
  }
}
