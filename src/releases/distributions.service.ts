import { Injectable } from '@nestjs/common';
import { toJsonLamports } from '../common/lamports.js';
import { decodeCursor, decodeWalletCursor, type Page, type PageQuery, toPageBy } from '../common/pages.js';
import { Transactions } from '../common/transactions.js';
import { CommitmentsService } from '../commitments/commitments.service.js';
import { distributionNotFound } from './distribution.errors.js';
import type { DistributionDto, ShareDto, ShareStatus, UnclaimedDto } from './distributions.dto.js';
import type { FailureDistribution } from './failure-distribution.entity.js';
import {
  type ClaimedShare,
  FailureDistributionRepository,
  type Unclaimed,
} from './failure-distribution.repository.js';

/** What has become of failed commitments, for everyone to see. */
@Injectable()
export class DistributionsService {
  constructor(
    private readonly distributions: FailureDistributionRepository,
    private readonly commitments: CommitmentsService,
    private readonly transactions: Transactions,
  ) {}

  /** @throws DomainError `commitment_not_found`, `distribution_not_found`, `invalid_cursor` */
  async show(commitmentId: string, { limit, cursor }: PageQuery): Promise<DistributionDto> {
    const after = decodeWalletCursor(cursor);
    const { manager } = this.transactions;
    const distribution = await this.distributions.find(manager, commitmentId);
    if (distribution === null) {
      await this.commitments.get(commitmentId);
      throw distributionNotFound(commitmentId);
    }
    const unclaimed = await this.distributions.unclaimed(manager, commitmentId);
    const rows = await this.distributions.findShares(manager, commitmentId, limit + 1, after);
    const { items, nextCursor } = toPageBy(rows, limit, ({ wallet }) => wallet);
    return { ...distributionView(distribution, unclaimed), shares: items.map(shareView), nextCursor };
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

function distributionView(distribution: FailureDistribution, unclaimed: Unclaimed) {
  return {
    commitmentId: distribution.commitmentId,
    escrowBalanceLamports: toJsonLamports(distribution.escrowBalanceLamports),
    treasuryLamports: toJsonLamports(distribution.treasuryLamports),
    potLamports: toJsonLamports(distribution.potLamports),
    destinationLamports: toJsonLamports(distribution.destinationLamports),
    feeLamports: toJsonLamports(distribution.feeTotalLamports),
    reserveLamports: toJsonLamports(distribution.reserveLamports),
    strandedLamports: toJsonLamports(distribution.strandedLamports),
    legFeeLamports: toJsonLamports(distribution.legFeeLamports),
    treasury: distribution.treasury,
    treasuryShareBps: distribution.treasuryShareBps,
    destination: distribution.destination,
    frozenAt: distribution.frozenAt.toISOString(),
    unclaimedLamports: toJsonLamports(unclaimed.lamports),
    unclaimedShares: unclaimed.shares,
  };
}

function shareView({
  wallet,
  weightRaw,
  amountLamports,
  payoutId,
  payoutStatus,
  signature,
}: ClaimedShare): ShareDto {
  return {
    wallet,
    weightRaw: weightRaw.toString(),
    amountLamports: toJsonLamports(amountLamports),
    status: statusOf(payoutStatus),
    ...(payoutId === null ? {} : { payoutId }),
    ...(signature === null ? {} : { signature }),
  };
}

function statusOf(payout: ClaimedShare['payoutStatus']): ShareStatus {
  if (payout === null) return 'unclaimed';
  return payout === 'confirmed' || payout === 'finalized' ? 'paid' : 'paying';
}
