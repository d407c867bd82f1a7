import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Chain } from '#src/chain/port/chain.js';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import type { Commitment } from '#src/commitments/commitment/commitment.entity.js';
import { earnedTime } from '#src/commitments/milestones/milestone.js';
import type { Milestone } from '#src/commitments/milestones/milestone.entity.js';
import { Milestones } from '#src/commitments/milestones/milestones.service.js';
import { Escrows } from '#src/escrow/escrows.service.js';
import type { FailureAnnouncement } from '#src/releases/failures/failure-announcement.entity.js';
import { FailureWeighing } from '#src/releases/failures/failure-weighing.service.js';
import { PayoutAttemptRepository } from '#src/releases/payouts/payout-attempt.repository.js';
import { coverEarned, type Covered, type EarnedMilestone } from './earned-cover.js';
import type { FailureDistribution } from './failure-distribution.entity.js';
import { type Share, splitFailure } from './failure-split.js';
import { LegFees } from './leg-fees.service.js';
import { FailureEnrollmentRepository } from '#src/releases/failures/failure-enrollment.repository.js';

/** Everything that the decision depends on, and that must still be so when it is taken. */
export interface Findings {
  readonly distribution: FailureDistribution;
  readonly shares: readonly Share[];
  /** In the order in which they are covered. */
  readonly earned: readonly Covered[];
  /** Of the last transaction that had left the escrow. */
  readonly landedSlot: bigint | undefined;
  /** How many wallets had enrolled. */
  readonly enrolled: number;
  /** The milestones that were not released, with their states. */
  readonly unreleased: readonly string[];
}

/** Reads what a failure takes effect on: escrow, weights and what was earned. */
@Injectable()
export class FailureFindings {
  constructor(
    private readonly escrows: Escrows,
    private readonly milestones: Milestones,
    private readonly weighing: FailureWeighing,
    private readonly enrollments: FailureEnrollmentRepository,
    private readonly attempts: PayoutAttemptRepository,
    private readonly fees: LegFees,
    private readonly chain: Chain,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Asks the chain, so never call it in a database transaction. */
  async read(commitment: Commitment, announcement: FailureAnnouncement): Promise<Findings> {
    const { id, terms } = commitment;
    if (terms.kind !== 'creator_reward') throw new Error(`commitment ${id} is no reward`);
    const { manager } = this.transactions;
    const escrow = await this.escrows.addressOf(id);
    const { treasury, treasuryShareBps: shareBps } = terms;
    const unreleased = await this.unreleasedOf(manager, id);
    const milestones = await this.milestones.findAll(manager, id);
    const { enrolled } = await this.enrollments.count(manager, announcement.id);
    const landedSlot = await this.attempts.lastLandedSlot(manager, escrow);
    const [balances, rentExemptMinimum, legFee] = await Promise.all([
      this.chain.equalBalances(treasury === null ? [escrow] : [escrow, treasury], landedSlot),
      this.chain.rentExemptMinimum(),
      this.fees.of(escrow),
    ]);
    const balance = balances[0]?.lamports ?? 0n;
    const earned = earnedOf(milestones, terms.earnedAfterSeconds, announcement.effectiveAt);
    const cover = coverEarned(earned, { balance, legFee, rentExemptMinimum });
    const owed = cover.milestones.map(({ amountLamports }) => amountLamports).filter((amount) => amount > 0n);
    const weights = await this.weighing.result(manager, announcement);
    const split = splitFailure({
      balance: cover.left,
      rentExemptMinimum,
      legFee,
      treasury: treasury === null ? null : { shareBps, balance: balances[1]?.lamports ?? 0n },
      weights,
      minShare: BigInt(terms.failureMinShareLamports),
      owed,
    });
    const distribution = {
      commitmentId: id,
      escrow,
      destination: commitment.destinationOnFail,
      escrowBalanceLamports: balance,
      rentExemptMinimum,
      treasuryShareBps: shareBps,
      treasury,
      treasuryLamports: split.treasury,
      eligibleWallets: weights.length,
      potLamports: split.pot,
      destinationLamports: split.destination,
      earnedLamports: owed.reduce((sum, amount) => sum + amount, 0n),
      legFeeLamports: legFee,
      feeTotalLamports: split.fees + cover.fees,
      reserveLamports: split.reserve,
      strandedLamports: split.stranded + cover.stranded,
      requestedBy: announcement.announcedBy,
      frozenAt: this.clock.now(),
    };
    return { distribution, shares: split.shares, earned: cover.milestones, landedSlot, enrolled, unreleased };
  }

  async unreleasedOf(manager: EntityManager, commitmentId: string): Promise<string[]> {
    const milestones = await this.milestones.findAll(manager, commitmentId);
    return milestones.flatMap(({ id, status }) => (status === 'released' ? [] : [`${id} ${status}`]));
  }
}

/** What a failure that takes effect then does not forfeit, in the order in which it became claimable. */
function earnedOf(
  milestones: readonly Milestone[],
  earnedAfterSeconds: number,
  effectiveAt: Date,
): EarnedMilestone[] {
  return milestones
    .filter((milestone) => {
      const earnedAt = earnedTime(milestone, earnedAfterSeconds);
      return (
        milestone.status === 'claimable' && earnedAt !== null && earnedAt * 1000 <= effectiveAt.getTime()
      );
    })
    .toSorted(
      (a, b) => (a.claimableAt?.getTime() ?? 0) - (b.claimableAt?.getTime() ?? 0) || a.position - b.position,
    )
    .map(({ id: milestoneId, unlockLamports }) => ({ milestoneId, unlockLamports }));
}
