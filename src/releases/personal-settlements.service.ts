import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../audit/audit.service.js';
import { Chain, type ChainTime } from '../chain/chain.js';
import { Clock } from '../common/clock.js';
import type { DomainError } from '../common/errors.js';
import { Ids } from '../common/ids.js';
import { toJsonLamports, type Lamports } from '../common/lamports.js';
import { currentContext } from '../common/request-context.js';
import { Transactions } from '../common/transactions.js';
import { failureRefusal, type Refusal, type Resolution, successRefusal } from '../commitments/commitment.js';
import { Commitment } from '../commitments/commitment.entity.js';
import { refused } from '../commitments/commitment.errors.js';
import { CommitmentsService, personalFacts } from '../commitments/commitments.service.js';
import { EscrowService } from '../escrow/escrow.service.js';
import { Payout } from './payout.entity.js';
import { type PayoutOrder, PayoutOrders } from './payout-orders.service.js';
import { PayoutRepository } from './payout.repository.js';
import { businessKey } from './purpose.js';

/** How a personal commitment is to end, and by whose clock. */
export interface Decision {
  readonly resolution: Resolution;
  readonly now: ChainTime;
  /** Name of the audit row that tells of it. */
  readonly event: string;
  /** Nobody waits for the payment: the driver makes it at its next run. */
  readonly leftToDriver?: boolean;
}

const RULES = { success: successRefusal, failure: failureRefusal } as const;
const PURPOSES = { success: 'personal_success', failure: 'personal_failure' } as const;

/** The one way in which personal commitments end: the decision, its audit row and what it pays, once and together. */
@Injectable()
export class PersonalSettlements {
  constructor(
    private readonly commitments: CommitmentsService,
    private readonly escrows: EscrowService,
    private readonly orders: PayoutOrders,
    private readonly payouts: PayoutRepository,
    private readonly chain: Chain,
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * @returns the payout that was written; null for a failure with an empty escrow, which is over with that.
   * @throws DomainError `not_attested`, `already_resolved`, `decision_window_passed`, `deadline_not_passed`, and those of
   * `PayoutOrders.place`; nothing is written then
   */
  async settle(commitment: Commitment, decision: Decision): Promise<Payout | null> {
    const refusal = refusalOf(commitment, decision);
    if (refusal !== null) throw refused(refusal, commitment);
    const source = await this.escrows.addressOf(commitment.id);
    if (decision.resolution === 'failure' && (await this.isEmpty(source, decision.now))) {
      if (await this.endUnpaid(commitment, source, decision)) return null;
      throw await this.lost(commitment.id, decision);
    }
    const payout = await this.place(this.orderOf(commitment, source, decision), decision);
    if (payout === null) throw await this.lost(commitment.id, decision);
    return payout;
  }

  /** Asked of a bank that is at least as young as the one whose clock decides: an older one may not know of a deposit. */
  private async isEmpty(escrow: string, now: ChainTime): Promise<boolean> {
    const [balance] = await this.chain.balances([escrow], now.slot);
    return balance?.lamports === 0n;
  }

  private async endUnpaid({ id, destinationOnFail }: Commitment, source: string, decision: Decision) {
    return this.transactions.run(async (manager) => {
      if (!(await this.begin(manager, id, decision))) return false;
      await this.commitments.finishResolution(manager, id, decision.resolution);
      await this.record(manager, id, decision, { source, destination: destinationOnFail, lamports: 0n });
      return true;
    });
  }

  private async place(order: PayoutOrder, decision: Decision): Promise<Payout | null> {
    const written: { payout?: Payout } = {};
    try {
      const placed = await this.orders.place(order, async (manager, payout) => {
        written.payout = payout;
        return this.decide(manager, payout, decision);
      });
      return placed ? (written.payout ?? null) : null;
    } catch (error) {
      // Somebody else may have decided meanwhile: then the money is missing for a good reason.
      const commitment = await this.commitments.get(order.commitmentId);
      if (commitment.status !== 'active') throw refused('already_resolved', commitment);
      throw error;
    }
  }

  private async decide(manager: EntityManager, payout: Payout, decision: Decision): Promise<boolean> {
    const { id, commitmentId, source, destination, amountLamports } = payout;
    if (!(await this.begin(manager, commitmentId, decision))) return false;
    if (decision.leftToDriver) await this.payouts.schedule(manager, id, this.clock.now());
    const money = { source, destination, lamports: amountLamports };
    await this.record(manager, commitmentId, decision, money, id);
    return true;
  }

  /** Of many deciders one wins; an attestation that came in after the first look counts. */
  private async begin(manager: EntityManager, id: string, decision: Decision): Promise<boolean> {
    const commitment = await this.commitments.getLocked(manager, id);
    if (refusalOf(commitment, decision) !== null) return false;
    return this.commitments.beginResolution(manager, id, decision.resolution);
  }

  private async record(
    manager: EntityManager,
    commitmentId: string,
    { event }: Decision,
    money: { readonly source: string; readonly destination: string; readonly lamports: Lamports },
    payoutId?: string,
  ): Promise<void> {
    const { source, destination, lamports } = money;
    await this.audit.record(manager, {
      event,
      commitmentId,
      ...(payoutId === undefined ? {} : { payoutId }),
      fields: { source, destination, amountLamports: toJsonLamports(lamports) },
    });
  }

  private async lost(id: string, decision: Decision): Promise<DomainError> {
    const commitment = await this.commitments.get(id);
    return refused(refusalOf(commitment, decision) ?? 'already_resolved', commitment);
  }

  private orderOf(commitment: Commitment, source: string, { resolution }: Decision): PayoutOrder {
    const { id, wallet, destinationOnFail } = commitment;
    return {
      id: this.ids.uuid(),
      commitmentId: id,
      purpose: PURPOSES[resolution],
      businessKey: businessKey(PURPOSES[resolution], id),
      subjectId: null,
      source,
      destination: resolution === 'success' ? wallet : destinationOnFail,
      amountLamports: 0n,
      drain: true,
      feeLamports: null,
      requestedBy: currentContext()?.actor ?? 'unknown',
    };
  }
}

function refusalOf(commitment: Commitment, { resolution, now }: Decision): Refusal | null {
  return RULES[resolution](personalFacts(commitment), now.unixSeconds);
}
