import { Injectable } from '@nestjs/common';
import { toJsonLamports } from '#src/common/money/lamports.js';
import { decodeCursor, decodeWalletCursor, type Page, type PageQuery, toPageBy } from '#src/common/pages.js';
import { Transactions } from '#src/common/database/transactions.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { distributionNotFound } from './distribution.errors.js';
import type {
  AnnouncedDistributionDto,
  DistributionDto,
  RoundDto,
  ShareDto,
  ShareStatus,
  UnclaimedDto,
} from './distributions.dto.js';
import { FailureAnnouncementRepository } from '#src/releases/failures/failure-announcement.repository.js';
import { FailureEnrollmentRepository } from '#src/releases/failures/failure-enrollment.repository.js';
import type { FailureEarned } from '#src/releases/milestones/failure-earned.entity.js';
import { FailureEarnedRepository } from '#src/releases/milestones/failure-earned.repository.js';
import type { FailureDistribution } from './failure-distribution.entity.js';
import type { FailureRound } from './rounds/failure-round.entity.js';
import { FailureRoundRepository } from './rounds/failure-round.repository.js';
import {
  type ClaimedShare,
  FailureDistributionRepository,
  isPaid,
  type Unclaimed,
} from './failure-distribution.repository.js';

/** What has become of failed commitments, for everyone to see. */
@Injectable()
export class Distributions {
  constructor(
    private readonly distributions: FailureDistributionRepository,
    private readonly rounds: FailureRoundRepository,
    private readonly earned: FailureEarnedRepository,
    private readonly announcements: FailureAnnouncementRepository,
    private readonly enrollments: FailureEnrollmentRepository,
    private readonly commitments: Commitments,
    private readonly transactions: Transactions,
  ) {}

  /** @throws DomainError `commitment_not_found`, `distribution_not_found`, `invalid_cursor` */
  async show(
    commitmentId: string,
    { limit, cursor }: PageQuery,
  ): Promise<AnnouncedDistributionDto | DistributionDto> {
    const after = decodeWalletCursor(cursor);
    const { manager } = this.transactions;
    const distribution = await this.distributions.find(manager, commitmentId);
    if (distribution === null) return this.showAnnounced(commitmentId);
    const unclaimed = await this.distributions.unclaimed(manager, commitmentId);
    const rows = await this.distributions.findShares(manager, commitmentId, limit + 1, after);
    const page = pageOfWallets(rows, limit);
    const rounds = await this.rounds.findAll(manager, commitmentId);
    const earned = await this.earned.findAll(manager, commitmentId);
    return {
      ...distributionView(distribution, earned, unclaimed),
      rounds: rounds.map(roundView),
      shares: page.shares.map(shareView),
      nextCursor: page.nextCursor,
    };
  }

  private async showAnnounced(commitmentId: string): Promise<AnnouncedDistributionDto> {
    const { manager } = this.transactions;
    const { terms, destinationOnFail } = await this.commitments.get(commitmentId);
    const announced = await this.announcements.findStanding(manager, commitmentId);
    if (announced === null || terms.kind !== 'creator_reward') throw distributionNotFound(commitmentId);
    const { enrolled, weighed } = await this.enrollments.count(manager, announced.id);
    return {
      status: 'announced',
      commitmentId,
      announcedAt: announced.announcedAt.toISOString(),
      failureEffectiveAt: announced.effectiveAt.toISOString(),
      announcementSlot: announced.slot.toString(),
      enrolledWallets: enrolled,
      weighedWallets: weighed,
      supplyGrown: announced.supplyGrown,
      waitingFor: announced.waitingFor,
      treasury: terms.treasury,
      treasuryShareBps: terms.treasuryShareBps,
      minShareLamports: terms.failureMinShareLamports,
      destination: destinationOnFail,
    };
  }

  /** Newest commitment first. @throws DomainError `invalid_cursor` */
  async listUnclaimed({ limit, cursor }: PageQuery): Promise<Page<UnclaimedDto>> {
    const after = decodeCursor(cursor);
    const rows = await this.distributions.findUnclaimed(this.transactions.manager, limit + 1, after);
    const { items, nextCursor } = toPageBy(rows, limit, ({ commitmentId }) => commitmentId);
    return {
      items: items.map(({ commitmentId, escrow, shares, lamports, frozenAt }) => ({
        commitmentId,
        escrow,
        unclaimedShares: shares,
        unclaimedLamports: toJsonLamports(lamports),
        frozenAt: frozenAt.toISOString(),
      })),
      nextCursor,
    };
  }
}

function distributionView(
  distribution: FailureDistribution,
  earned: readonly FailureEarned[],
  unclaimed: Unclaimed,
) {
  return {
    status: 'frozen' as const,
    commitmentId: distribution.commitmentId,
    escrowBalanceLamports: toJsonLamports(distribution.escrowBalanceLamports),
    treasuryLamports: toJsonLamports(distribution.treasuryLamports),
    potLamports: toJsonLamports(distribution.potLamports),
    destinationLamports: toJsonLamports(distribution.destinationLamports),
    feeLamports: toJsonLamports(distribution.feeTotalLamports),
    reserveLamports: toJsonLamports(distribution.reserveLamports),
    strandedLamports: toJsonLamports(distribution.strandedLamports),
    earnedLamports: toJsonLamports(distribution.earnedLamports),
    earned: earned.map(({ milestoneId, amountLamports }) => ({
      milestoneId,
      amountLamports: toJsonLamports(amountLamports),
    })),
    legFeeLamports: toJsonLamports(distribution.legFeeLamports),
    treasury: distribution.treasury,
    treasuryShareBps: distribution.treasuryShareBps,
    destination: distribution.destination,
    frozenAt: distribution.frozenAt.toISOString(),
    unclaimedLamports: toJsonLamports(unclaimed.lamports),
    unclaimedShares: unclaimed.shares,
  };
}

/** All shares of `limit` wallets; the rows are of one wallet more where there are more. */
function pageOfWallets(rows: readonly ClaimedShare[], limit: number) {
  const wallets = [...new Set(rows.map(({ wallet }) => wallet))];
  const { items, nextCursor } = toPageBy(wallets, limit, (wallet) => wallet);
  const shown = new Set(items);
  return { shares: rows.filter(({ wallet }) => shown.has(wallet)), nextCursor };
}

function roundView(round: FailureRound): RoundDto {
  return {
    round: round.round,
    escrowBalanceLamports: toJsonLamports(round.escrowBalanceLamports),
    keptLamports: toJsonLamports(round.keptLamports),
    treasuryLamports: toJsonLamports(round.treasuryLamports),
    potLamports: toJsonLamports(round.potLamports),
    feeLamports: toJsonLamports(round.feeTotalLamports),
    frozenAt: round.frozenAt.toISOString(),
  };
}

function shareView({
  wallet,
  round,
  weightRaw,
  amountLamports,
  payoutId,
  payoutStatus,
  signature,
}: ClaimedShare): ShareDto {
  return {
    wallet,
    round,
    weightRaw: weightRaw.toString(),
    amountLamports: toJsonLamports(amountLamports),
    status: statusOf(payoutStatus),
    ...(payoutId === null ? {} : { payoutId }),
    ...(signature === null ? {} : { signature }),
  };
}

function statusOf(payout: ClaimedShare['payoutStatus']): ShareStatus {
  if (payout === null) return 'unclaimed';
  return isPaid({ payoutStatus: payout }) ? 'paid' : 'paying';
}
