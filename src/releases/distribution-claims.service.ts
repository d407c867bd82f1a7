import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../audit/audit.service.js';
import type { SignedBody } from '../common/http/fields.js';
import { Ids } from '../common/ids.js';
import { toJsonLamports } from '../common/lamports.js';
import { Transactions } from '../common/transactions.js';
import { parseDto } from '../common/validation.js';
import { CommitmentsService } from '../commitments/commitments.service.js';
import type { PreparedAction, SignedActionHandler } from '../signed-messages/signed-action.js';
import { SignedActionRegistry } from '../signed-messages/signed-action.registry.js';
import { SignedMessagesService } from '../signed-messages/signed-messages.service.js';
import { alreadyClaimed, noShare, notResolvedAsFailure } from './distribution.errors.js';
import { ClaimParams } from './distributions.dto.js';
import type { FailureDistribution } from './failure-distribution.entity.js';
import { FailureDistributionRepository } from './failure-distribution.repository.js';
import type { FailureShare } from './failure-share.entity.js';
import { PaymentsService } from './payments.service.js';
import { type PayoutOrder, PayoutOrders } from './payout-orders.service.js';
import type { Payout } from './payout.entity.js';
import { PayoutRepository } from './payout.repository.js';
import { PayoutsService } from './payouts.service.js';
import { claimKey } from './purpose.js';
import type { PaidDto } from './releases.dto.js';

const ACTION = 'distribution.claim';

/** Pays the shares of a failed commitment, each to its owner's signed word. */
@Injectable()
export class DistributionClaimsService implements SignedActionHandler, OnModuleInit {
  readonly action = ACTION;

  constructor(
    private readonly registry: SignedActionRegistry,
    private readonly messages: SignedMessagesService,
    private readonly commitments: CommitmentsService,
    private readonly distributions: FailureDistributionRepository,
    private readonly orders: PayoutOrders,
    private readonly payouts: PayoutRepository,
    private readonly views: PayoutsService,
    private readonly payments: PaymentsService,
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly ids: Ids,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async prepare(_wallet: string, params: unknown): Promise<PreparedAction> {
    const { commitmentId } = parseDto(ClaimParams, params, 'params.');
    return { params: { commitmentId: commitmentId.toLowerCase() } };
  }

  /**
   * Claiming again while the payment is under way is harmless: the answer is about the same payout.
   * @throws DomainError `invalid_signature`, `commitment_not_found`, `not_resolved_as_failure`, `no_share`,
   * `already_claimed`, and those of `PayoutOrders.place`
   */
  async claim(commitmentId: string, { wallet, issuedAt, signature }: SignedBody): Promise<PaidDto> {
    await this.messages.verify({ action: ACTION, wallet, issuedAt, signature, params: { commitmentId } });
    const { status } = await this.commitments.get(commitmentId);
    const { manager } = this.transactions;
    const distribution = await this.distributions.find(manager, commitmentId);
    if (distribution === null) throw notResolvedAsFailure(commitmentId, status);
    const share = await this.distributions.findShare(manager, commitmentId, wallet);
    if (share === null) throw noShare(wallet, commitmentId);
    const present = await this.present(share);
    if (present !== null && present.confirmedAt !== null) throw await this.paidAlready(share, present);
    return this.payments.follow(present ?? (await this.place(this.orderOf(distribution, share), share)));
  }

  /** @returns the payout of the share: of this request, or of a faster one of the same wallet. */
  private async place(order: PayoutOrder, share: FailureShare): Promise<Pick<Payout, 'id' | 'commitmentId'>> {
    try {
      if (await this.orders.place(order, (manager, payout) => this.decide(manager, payout))) return order;
    } catch (error) {
      // A faster request of the same wallet may have been paid meanwhile: then the money is missing for a good reason.
      const present = await this.present(share);
      if (present === null) throw error;
      return present;
    }
    const present = await this.present(share);
    if (present === null) throw new Error(`the claim of ${share.wallet} was lost to no other one`);
    return present;
  }

  /** The business key is what lets one of many claims of a share win. */
  private async decide(manager: EntityManager, payout: Payout): Promise<true> {
    await this.audit.record(manager, {
      event: 'distribution_claim_ok',
      commitmentId: payout.commitmentId,
      payoutId: payout.id,
      fields: {
        source: payout.source,
        destination: payout.destination,
        amountLamports: toJsonLamports(payout.amountLamports),
      },
    });
    return true;
  }

  private present({ commitmentId, wallet }: FailureShare): Promise<Payout | null> {
    return this.payouts.findByKey(this.transactions.manager, claimKey(commitmentId, wallet));
  }

  private async paidAlready({ wallet }: FailureShare, payout: Payout) {
    return alreadyClaimed(wallet, payout.id, (await this.views.view(payout)).signature);
  }

  private orderOf(distribution: FailureDistribution, share: FailureShare): PayoutOrder {
    const { commitmentId, wallet, amountLamports } = share;
    return {
      id: this.ids.uuid(),
      commitmentId,
      purpose: 'distribution_claim',
      businessKey: claimKey(commitmentId, wallet),
      subjectId: null,
      source: distribution.escrow,
      destination: wallet,
      amountLamports,
      // The share, and for the last one also dust that would be left behind: see payableAmount.
      drain: true,
      feeLamports: distribution.legFeeLamports,
      requestedBy: wallet,
    };
  }
}
