import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { PayoutAudit } from '#src/releases/bookings/payout-audit.service.js';
import type { SignedBody } from '#src/common/input/fields.js';
import { Transactions } from '#src/common/database/transactions.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { SignedActs } from '#src/signed-messages/signed-acts.service.js';
import { SignedActions, type VerifySigned } from '#src/signed-messages/signed-actions.service.js';
import { type VerifiedMessage } from '#src/signed-messages/signed-messages.service.js';
import { alreadyClaimed, noShare, notResolvedAsFailure } from './distribution.errors.js';
import { ClaimParams } from './distributions.dto.js';
import type { FailureDistribution } from './failure-distribution.entity.js';
import {
  type ClaimedShare,
  FailureDistributionRepository,
  isPaid,
} from './failure-distribution.repository.js';
import { PayoutFollower } from '#src/releases/engine/payout-follower.service.js';
import { PayoutOrders } from '#src/releases/engine/payout-orders.service.js';
import type { OrderTerms } from '#src/releases/payouts/payout-order.js';
import type { Payout } from '#src/releases/payouts/payout.entity.js';
import { PayoutRepository } from '#src/releases/payouts/payout.repository.js';
import { Payouts } from '#src/releases/payouts/payouts.service.js';
import { claimKey } from '#src/releases/payouts/purpose.js';
import type { PaidDto } from '#src/releases/payouts/payouts.dto.js';

/** Pays the shares of a failed commitment, each to its owner's signed word. */
@Injectable()
export class DistributionClaims {
  private readonly verifySigned: VerifySigned;

  constructor(
    actions: SignedActions,
    private readonly acts: SignedActs,
    private readonly commitments: Commitments,
    private readonly distributions: FailureDistributionRepository,
    private readonly orders: PayoutOrders,
    private readonly payouts: PayoutRepository,
    private readonly views: Payouts,
    private readonly payments: PayoutFollower,
    private readonly transactions: Transactions,
    private readonly audit: PayoutAudit,
  ) {
    this.verifySigned = actions.define('distribution.claim', ClaimParams);
  }

  /**
   * Pays one share: the first of the wallet's that is not paid. Claiming again while that is under way is harmless: the answer is
   * about the same payout. A share of later money takes a claim of its own.
   * @throws DomainError `invalid_signature`, `commitment_not_found`, `not_resolved_as_failure`, `no_share`,
   * `already_claimed`, `signature_used`, and those of `PayoutOrders.place`
   */
  async claim(commitmentId: string, body: SignedBody): Promise<PaidDto> {
    const verified = await this.verifySigned(body, { commitmentId });
    const { wallet } = body;
    const { status } = await this.commitments.get(commitmentId);
    const { manager } = this.transactions;
    const distribution = await this.distributions.find(manager, commitmentId);
    if (distribution === null) throw notResolvedAsFailure(commitmentId, status);
    const shares = await this.distributions.findSharesOf(manager, commitmentId, wallet);
    const [last] = shares.slice(-1);
    if (last === undefined) throw noShare(wallet, commitmentId);
    const share = shares.find((one) => !isPaid(one)) ?? last;
    const key = claimKey(commitmentId, wallet, share.round);
    const present = await this.payouts.findByKey(manager, key);
    if (present !== null && present.confirmedAt !== null) throw await this.paidAlready(share, present);
    return this.payments.follow(present ?? (await this.place(distribution, share, verified)));
  }

  /** The business key is what lets one of many claims of a share win. */
  private async place(
    distribution: FailureDistribution,
    share: ClaimedShare,
    verified: VerifiedMessage,
  ): Promise<Payout> {
    const decide = async (manager: EntityManager, payout: Payout) => {
      await this.acts.record(manager, verified, { commitmentId: payout.commitmentId });
      await this.audit.decided(manager, 'distribution_claim_ok', payout);
      return true;
    };
    const key = claimKey(distribution.commitmentId, share.wallet, share.round);
    // A faster request of the same wallet.
    return this.orders.placeOr(termsOf(distribution, share), decide, () =>
      this.payouts.findByKey(this.transactions.manager, key),
    );
  }

  private async paidAlready({ wallet }: ClaimedShare, payout: Payout) {
    return alreadyClaimed(wallet, payout.id, (await this.views.view(payout)).signature);
  }
}

function termsOf({ commitmentId, escrow: source }: FailureDistribution, share: ClaimedShare): OrderTerms {
  const { wallet, round, amountLamports, legFeeLamports: feeLamports } = share;
  return {
    commitmentId,
    purpose: 'distribution_claim',
    businessKey: claimKey(commitmentId, wallet, round),
    part: round,
    source,
    destination: wallet,
    amountLamports,
    feeLamports,
    requestedBy: wallet,
  };
}
