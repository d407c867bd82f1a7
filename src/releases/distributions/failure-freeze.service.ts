import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Audit } from '#src/audit/log/audit.service.js';
import { Clock } from '#src/common/clock.js';
import { toJsonLamports } from '#src/common/money/lamports.js';
import { Transactions } from '#src/common/database/transactions.js';
import type { Commitment } from '#src/commitments/commitment/commitment.entity.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { Milestones } from '#src/commitments/milestones/milestones.service.js';
import { distributionFact } from '#src/escrow/door/facts/facts.js';
import { SigningDoor } from '#src/escrow/door/signing-door.service.js';
import { Marks } from '#src/marks/marks.service.js';
import type { FailureAnnouncement } from '#src/releases/failures/failure-announcement.entity.js';
import { FailureAnnouncementRepository } from '#src/releases/failures/failure-announcement.repository.js';
import { FailureEnrollmentRepository } from '#src/releases/failures/failure-enrollment.repository.js';
import { FailureEarnedRepository } from '#src/releases/milestones/failure-earned.repository.js';
import { PayoutAttemptRepository } from '#src/releases/payouts/payout-attempt.repository.js';
import { PayoutRepository } from '#src/releases/payouts/payout.repository.js';
import { PURPOSES } from '#src/releases/payouts/purpose.js';
import type { FailureDistribution } from './failure-distribution.entity.js';
import { FailureDistributionRepository } from './failure-distribution.repository.js';
import { FailureFindings, type Findings } from './failure-findings.service.js';
import { FailureLegs } from './failure-legs.service.js';
import type { Share } from './failure-split.js';

const MAX_LOOKS = 20;

/** Freezes who gets how much of a failed commitment's escrow, before the first transfer. */
@Injectable()
export class FailureFreeze {
  constructor(
    private readonly commitments: Commitments,
    private readonly milestones: Milestones,
    private readonly findings: FailureFindings,
    private readonly legs: FailureLegs,
    private readonly rows: FailureDistributionRepository,
    private readonly earned: FailureEarnedRepository,
    private readonly announcements: FailureAnnouncementRepository,
    private readonly enrollments: FailureEnrollmentRepository,
    private readonly payouts: PayoutRepository,
    private readonly attempts: PayoutAttemptRepository,
    private readonly door: SigningDoor,
    private readonly marks: Marks,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Looks until nothing has changed between the look and the decision.
   * @param chainTime by which the notice is over
   * @returns false when a payout of the escrow is under way, or somebody else was faster
   * @throws DomainError `signing_refused`, `rpc_unavailable`, `chain_disagrees`, `single_source`
   */
  async freeze(commitment: Commitment, announcement: FailureAnnouncement, chainTime: Date): Promise<boolean> {
    await this.door.vouch(commitment.id);
    for (let look = 1; look <= MAX_LOOKS; look += 1) {
      if (await this.isPaying(this.transactions.manager, commitment.id)) return false;
      const findings = await this.findings.read(commitment, announcement);
      if (await this.transactions.run((manager) => this.decide(manager, announcement, findings, chainTime)))
        return true;
    }
    return false;
  }

  private async isPaying(manager: EntityManager, commitmentId: string): Promise<boolean> {
    return (await this.payouts.countOpen(manager, commitmentId, PURPOSES)) > 0;
  }

  private async decide(
    manager: EntityManager,
    announcement: FailureAnnouncement,
    findings: Findings,
    chainTime: Date,
  ): Promise<boolean> {
    const { distribution, shares, earned } = findings;
    const { commitmentId } = distribution;
    await this.commitments.lock(manager, commitmentId);
    if (!(await this.isAsFound(manager, announcement, findings))) return false;
    if (!(await this.announcements.freeze(manager, announcement.id, this.clock.now()))) return false;
    if (!(await this.commitments.beginResolution(manager, commitmentId, 'failure', chainTime)))
      throw new Error(`commitment ${commitmentId} has an announced failure and is not failing`);
    const owed = earned.map((one, index) => ({ commitmentId, position: index + 1, ...one }));
    await this.milestones.forfeit(
      manager,
      commitmentId,
      earned.map(({ milestoneId }) => milestoneId),
    );
    await this.rows.insert(manager, distribution);
    await this.earned.insert(manager, owed);
    await this.rows.insertShares(manager, commitmentId, shares);
    await this.marks.make(manager, distributionFact({ ...distribution, earned: owed }, shares));
    await this.legs.begin(manager, distribution);
    await this.audit.record(manager, {
      event: 'commitment_failure_effective',
      commitmentId,
      fields: auditFields(distribution, shares),
    });
    return true;
  }

  /** Nothing has begun to be paid, has been earned or enrolled since the escrow was read. */
  private async isAsFound(
    manager: EntityManager,
    { id }: FailureAnnouncement,
    { distribution, landedSlot, enrolled, unreleased }: Findings,
  ): Promise<boolean> {
    const { commitmentId, escrow } = distribution;
    if (await this.isPaying(manager, commitmentId)) return false;
    if ((await this.attempts.lastLandedSlot(manager, escrow)) !== landedSlot) return false;
    if ((await this.enrollments.count(manager, id)).enrolled !== enrolled) return false;
    const now = await this.findings.unreleasedOf(manager, commitmentId);
    return now.join() === unreleased.join();
  }
}

function auditFields(distribution: FailureDistribution, shares: readonly Share[]): Record<string, unknown> {
  return {
    source: distribution.escrow,
    destination: distribution.destination,
    escrowBalanceLamports: toJsonLamports(distribution.escrowBalanceLamports),
    earnedLamports: toJsonLamports(distribution.earnedLamports),
    treasury: distribution.treasury,
    treasuryShareBps: distribution.treasuryShareBps,
    treasuryLamports: toJsonLamports(distribution.treasuryLamports),
    potLamports: toJsonLamports(distribution.potLamports),
    shares: shares.length,
    destinationLamports: toJsonLamports(distribution.destinationLamports),
    legFeeLamports: toJsonLamports(distribution.legFeeLamports),
    feeLamports: toJsonLamports(distribution.feeTotalLamports),
    reserveLamports: toJsonLamports(distribution.reserveLamports),
    strandedLamports: toJsonLamports(distribution.strandedLamports),
  };
}
