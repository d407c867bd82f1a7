import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../audit/audit.service.js';
import { Chain } from '../chain/chain.js';
import { Ids } from '../common/ids.js';
import { toJsonLamports } from '../common/lamports.js';
import { currentContext } from '../common/request-context.js';
import { successRefusal } from '../commitments/commitment.js';
import { Commitment } from '../commitments/commitment.entity.js';
import { refused } from '../commitments/commitment.errors.js';
import { CommitmentsService, personalFacts } from '../commitments/commitments.service.js';
import { EscrowService } from '../escrow/escrow.service.js';
import { Payout } from './payout.entity.js';
import { type PayoutOrder, PayoutOrders } from './payout-orders.service.js';
import { PaymentsService } from './payments.service.js';
import { businessKey } from './purpose.js';
import type { PaidDto } from './releases.dto.js';

/** Ends commitments: who decides, what it pays, and that both happen exactly once. */
@Injectable()
export class SettlementsService {
  constructor(
    private readonly commitments: CommitmentsService,
    private readonly escrows: EscrowService,
    private readonly orders: PayoutOrders,
    private readonly payments: PaymentsService,
    private readonly chain: Chain,
    private readonly audit: AuditService,
    private readonly ids: Ids,
  ) {}

  /**
   * The whole escrow of an attested personal commitment returns to its authority. Waits for the confirmation as long as
   * PAYOUT_WAIT_SECONDS says; a payout that needs longer is finished by the driver.
   * @throws DomainError `commitment_not_found`, `wrong_kind`, `not_attested`, `already_resolved`,
   * `decision_window_passed`, and those of `PayoutOrders.place`
   */
  async succeed(commitmentId: string): Promise<PaidDto> {
    const commitment = await this.commitments.getPersonal(commitmentId, 'resolving it as a success');
    const refusal = successRefusal(personalFacts(commitment), (await this.chain.now()).unixSeconds);
    if (refusal !== null) throw refused(refusal, commitment);
    const order = await this.refundOrder(commitment);
    if (!(await this.place(order))) {
      throw refused('already_resolved', await this.commitments.get(commitmentId));
    }
    return this.payments.follow(order);
  }

  private async place(order: PayoutOrder): Promise<boolean> {
    try {
      return await this.orders.place(order, (manager, payout) => this.decide(manager, payout));
    } catch (error) {
      // Somebody else may have decided meanwhile: then the money is missing for a good reason.
      const commitment = await this.commitments.get(order.commitmentId);
      if (commitment.status !== 'active') throw refused('already_resolved', commitment);
      throw error;
    }
  }

  /** Of many deciders one wins. */
  private async decide(manager: EntityManager, payout: Payout): Promise<boolean> {
    if (!(await this.commitments.beginResolution(manager, payout.commitmentId, 'success'))) return false;
    await this.audit.record(manager, {
      event: 'admin_commitment_success_ok',
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

  private async refundOrder(commitment: Commitment): Promise<PayoutOrder> {
    return {
      id: this.ids.uuid(),
      commitmentId: commitment.id,
      purpose: 'personal_success',
      businessKey: businessKey('personal_success', commitment.id),
      subjectId: null,
      source: await this.escrows.addressOf(commitment.id),
      destination: commitment.wallet,
      amountLamports: 0n,
      drain: true,
      feeLamports: null,
      requestedBy: currentContext()?.actor ?? 'unknown',
    };
  }
}
