import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Earned, EarnedWeights } from '../approvals/earned-weights.service.js';
import { AuditService } from '../audit/audit.service.js';
import { Chain } from '../chain/chain.js';
import { Clock } from '../common/clock.js';
import { toJsonLamports } from '../common/lamports.js';
import { currentContext } from '../common/request-context.js';
import { Transactions } from '../common/transactions.js';
import type { Commitment } from '../commitments/commitment.entity.js';
import { refused, wrongKind } from '../commitments/commitment.errors.js';
import { CommitmentsService } from '../commitments/commitments.service.js';
import { MilestonesService } from '../commitments/milestones.service.js';
import { EscrowService } from '../escrow/escrow.service.js';
import { DistributionsService } from './distributions.service.js';
import type { FailureDto } from './distributions.dto.js';
import { FailureDistribution } from './failure-distribution.entity.js';
import { FailureDistributionRepository } from './failure-distribution.repository.js';
import { FailureLegs } from './failure-legs.service.js';
import { type Share, splitFailure } from './failure-split.js';
import { LegFees } from './leg-fees.service.js';
import { PaymentsService } from './payments.service.js';
import { PayoutAttemptRepository } from './payout-attempt.repository.js';
import type { Payout } from './payout.entity.js';
import { PayoutRepository } from './payout.repository.js';
import { PURPOSES } from './purpose.js';
import { releaseInProgress } from './release.errors.js';
import { ReleaseLocksService } from './release-locks.service.js';

const MAX_LOOKS = 20;
const SHARES_SHOWN = 50;

/** Everything that the decision depends on, and that must still be so when it is taken. */
interface Findings {
  readonly distribution: FailureDistribution;
  readonly shares: readonly Share[];
  readonly earned: Earned;
  /** Of the last transaction that had left the escrow. */
  readonly landedSlot: bigint | undefined;
}

type Outcome = { readonly decided: true; readonly leg: Payout | null } | { readonly decided: false };

/** Fails a reward commitment: freezes who gets how much of its escrow, before the first transfer. */
@Injectable()
export class RewardFailureService {
  constructor(
    private readonly commitments: CommitmentsService,
    private readonly milestones: MilestonesService,
    private readonly escrows: EscrowService,
    private readonly weights: EarnedWeights,
    private readonly fees: LegFees,
    private readonly legs: FailureLegs,
    private readonly distributions: DistributionsService,
    private readonly rows: FailureDistributionRepository,
    private readonly payouts: PayoutRepository,
    private readonly attempts: PayoutAttemptRepository,
    private readonly locks: ReleaseLocksService,
    private readonly payments: PaymentsService,
    private readonly chain: Chain,
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * The answer waits for the first transfer that nobody has to claim, if there is one.
   * @throws DomainError `commitment_not_found`, `wrong_kind`, `already_resolved`, `release_in_progress`, `rpc_unavailable`
   */
  async fail(commitmentId: string): Promise<FailureDto> {
    const leg = await this.decide(commitmentId);
    const distribution = await this.distributions.show(commitmentId, { limit: SHARES_SHOWN });
    if (leg === null) return { commitment: await this.commitments.show(commitmentId), distribution };
    return { ...(await this.payments.follow(leg)), distribution };
  }

  /** Looks until nothing has changed between the look and the decision. */
  private async decide(commitmentId: string): Promise<Payout | null> {
    for (let look = 1; look <= MAX_LOOKS; look += 1) {
      const commitment = await this.refuseUnlessOpen(commitmentId);
      const findings = await this.look(commitment);
      const outcome = await this.transactions.run((manager) => this.freeze(manager, findings));
      if (outcome.decided) return outcome.leg;
    }
    throw new Error(`commitment ${commitmentId} kept changing while its failure was decided`);
  }

  private async refuseUnlessOpen(commitmentId: string): Promise<Commitment> {
    const commitment = await this.commitments.get(commitmentId);
    if (commitment.kind !== 'creator_reward') throw wrongKind(commitment, 'splitting its escrow');
    if (commitment.status !== 'active') throw refused('already_resolved', commitment);
    const releasing = await this.milestones.findReleasing(this.transactions.manager, commitmentId);
    if (releasing !== null)
      throw releaseInProgress(releasing, await this.locks.find(commitmentId, releasing));
    return commitment;
  }

  private async look(commitment: Commitment): Promise<Findings> {
    const { id, terms, tokenMint } = commitment;
    if (terms.kind !== 'creator_reward' || tokenMint === null)
      throw new Error(`commitment ${id} has no token`);
    const escrow = await this.escrows.addressOf(id);
    const { treasury, treasuryShareBps: shareBps } = terms;
    const landedSlot = await this.attempts.lastLandedSlot(this.transactions.manager, escrow);
    const [balances, rentExemptMinimum, legFee, earned] = await Promise.all([
      this.chain.balances(treasury === null ? [escrow] : [escrow, treasury], landedSlot),
      this.chain.rentExemptMinimum(),
      this.fees.of(escrow),
      this.weights.read(id, tokenMint),
    ]);
    const balance = balances[0]?.lamports ?? 0n;
    const split = splitFailure({
      balance,
      rentExemptMinimum,
      legFee,
      treasury: treasury === null ? null : { shareBps, balance: balances[1]?.lamports ?? 0n },
      weights: earned.weights,
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
      potLamports: split.pot,
      destinationLamports: split.destination,
      legFeeLamports: legFee,
      feeTotalLamports: split.fees,
      reserveLamports: split.reserve,
      strandedLamports: split.stranded,
      requestedBy: currentContext()?.actor ?? 'unknown',
      frozenAt: this.clock.now(),
    };
    return { distribution, shares: split.shares, earned, landedSlot };
  }

  private async freeze(manager: EntityManager, findings: Findings): Promise<Outcome> {
    const { distribution, shares } = findings;
    const { commitmentId } = distribution;
    await this.commitments.lock(manager, commitmentId);
    if (!(await this.isAsFound(manager, findings))) return { decided: false };
    if (!(await this.commitments.beginResolution(manager, commitmentId, 'failure')))
      return { decided: false };
    await this.milestones.forfeit(manager, commitmentId);
    await this.rows.insert(manager, distribution, shares);
    const leg = await this.legs.begin(manager, distribution);
    await this.audit.record(manager, {
      event: 'admin_commitment_failure_ok',
      commitmentId,
      ...(leg === null ? {} : { payoutId: leg.id }),
      fields: auditFields(distribution, shares),
    });
    return { decided: true, leg };
  }

  /** No release has begun or landed since the escrow was read, and no approval has come. */
  private async isAsFound(manager: EntityManager, findings: Findings): Promise<boolean> {
    const { distribution, earned, landedSlot } = findings;
    const { commitmentId, escrow } = distribution;
    if ((await this.milestones.findReleasing(manager, commitmentId)) !== null) return false;
    if ((await this.payouts.countOpen(manager, commitmentId, PURPOSES)) > 0) return false;
    if ((await this.attempts.lastLandedSlot(manager, escrow)) !== landedSlot) return false;
    return this.weights.isComplete(manager, commitmentId, earned);
  }
}

function auditFields(distribution: FailureDistribution, shares: readonly Share[]): Record<string, unknown> {
  return {
    source: distribution.escrow,
    destination: distribution.destination,
    escrowBalanceLamports: toJsonLamports(distribution.escrowBalanceLamports),
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
