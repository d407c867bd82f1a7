import { Injectable } from '@nestjs/common';
import { Settings } from '../../config/settings.js';
import { AuditService } from '../audit/audit.service.js';
import { Chain } from '../chain/chain.js';
import { Ids } from '../common/ids.js';
import { toJsonLamports } from '../common/lamports.js';
import { currentContext } from '../common/request-context.js';
import { Transactions } from '../common/transactions.js';
import { successRefusal } from '../commitments/commitment.js';
import { Commitment } from '../commitments/commitment.entity.js';
import { refused } from '../commitments/commitment.errors.js';
import { CommitmentsService, personalFacts } from '../commitments/commitments.service.js';
import { EscrowService } from '../escrow/escrow.service.js';
import { PayoutEngine, type PayoutOrder } from './payout-engine.service.js';
import { PayoutsService } from './payouts.service.js';
import { businessKey } from './purpose.js';
import type { PaidDto } from './releases.dto.js';

/** Ends commitments: who decides, what it pays, and that both happen exactly once. */
@Injectable()
export class SettlementsService {
  constructor(
    private readonly commitments: CommitmentsService,
    private readonly escrows: EscrowService,
    private readonly engine: PayoutEngine,
    private readonly payouts: PayoutsService,
    private readonly chain: Chain,
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly settings: Settings,
    private readonly ids: Ids,
  ) {}

  /**
   * The whole escrow of an attested personal commitment returns to its authority. Waits for the confirmation as long as
   * PAYOUT_WAIT_SECONDS says; a payout that needs longer is finished by the driver.
   * @throws DomainError `commitment_not_found`, `wrong_kind`, `not_attested`, `already_resolved`,
   * `decision_window_passed`, `escrow_underfunded`, `destination_not_payable`, `rpc_unavailable`
   */
  async succeed(commitmentId: string): Promise<PaidDto> {
    const commitment = await this.commitments.getPersonal(commitmentId, 'resolving it as a success');
    this.refuseUndecidable(commitment, (await this.chain.now()).unixSeconds);
    const order = await this.refundOrder(commitment);
    const amountLamports = await this.check(order);
    await this.decide(commitment, { ...order, amountLamports });
    return this.pay(order.id, commitmentId);
  }

  private refuseUndecidable(commitment: Commitment, now: number): void {
    const refusal = successRefusal(personalFacts(commitment), now);
    if (refusal !== null) throw refused(refusal, commitment);
  }

  /** @returns the amount that would be paid, in lamports. */
  private async check(order: PayoutOrder): Promise<bigint> {
    try {
      return await this.engine.check(order);
    } catch (error) {
      // Somebody else may have decided meanwhile: then the money is missing for a good reason.
      const commitment = await this.commitments.get(order.commitmentId);
      if (commitment.status !== 'active') throw refused('already_resolved', commitment);
      throw error;
    }
  }

  private async refundOrder(commitment: Commitment): Promise<PayoutOrder> {
    const escrow = (await this.escrows.findMany([commitment.id])).get(commitment.id);
    if (escrow === undefined) throw new Error(`commitment ${commitment.id} has no escrow`);
    return {
      id: this.ids.uuid(),
      commitmentId: commitment.id,
      purpose: 'personal_success',
      businessKey: businessKey('personal_success', commitment.id),
      source: escrow.address,
      destination: commitment.wallet,
      amountLamports: 0n,
      drain: true,
      requestedBy: currentContext()?.actor ?? 'unknown',
    };
  }

  /** State, payout and audit row in one transaction; of many deciders one wins. */
  private async decide(commitment: Commitment, order: PayoutOrder): Promise<void> {
    const won = await this.transactions.run(async (manager) => {
      if (!(await this.commitments.beginResolution(manager, commitment.id, 'success'))) return false;
      await this.engine.request(manager, order);
      await this.audit.record(manager, {
        event: 'admin_commitment_success_ok',
        commitmentId: commitment.id,
        payoutId: order.id,
        fields: {
          source: order.source,
          destination: order.destination,
          amountLamports: toJsonLamports(order.amountLamports),
        },
      });
      return true;
    });
    if (!won) throw refused('already_resolved', await this.commitments.get(commitment.id));
  }

  private async pay(payoutId: string, commitmentId: string): Promise<PaidDto> {
    const landed = await this.engine.driveUntilLanded(payoutId, this.settings.env.PAYOUT_WAIT_SECONDS * 1000);
    const payout = await this.payouts.view(landed);
    const commitment = await this.commitments.show(commitmentId);
    const { signature } = payout;
    const isConfirmed = payout.confirmedAt !== undefined && signature !== undefined;
    return { payout, commitment, ...(isConfirmed ? { signature } : {}) };
  }
}
