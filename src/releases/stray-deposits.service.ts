import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../audit/audit.service.js';
import { Chain } from '../chain/chain.js';
import { Ids } from '../common/ids.js';
import { toJsonLamports } from '../common/lamports.js';
import { decodeCursor, type Page, type PageQuery, toPage } from '../common/pages.js';
import { currentContext } from '../common/request-context.js';
import { Transactions } from '../common/transactions.js';
import { isFinal } from '../commitments/commitment.js';
import { Commitment } from '../commitments/commitment.entity.js';
import { CommitmentsService } from '../commitments/commitments.service.js';
import { EscrowService } from '../escrow/escrow.service.js';
import { PaymentsService } from './payments.service.js';
import { isOpen } from './payout.js';
import { Payout } from './payout.entity.js';
import { notSettled } from './payout.errors.js';
import { type PayoutOrder, PayoutOrders } from './payout-orders.service.js';
import { PayoutRepository } from './payout.repository.js';
import { businessKey } from './purpose.js';
import type { PaidDto } from './releases.dto.js';
import type { StrayDepositDto } from './stray-deposits.dto.js';

/** Nothing is its own: all that is promised is promised to others. */
const NOTHING = { businessKey: '' };

/** Money that reaches an escrow after its commitment was settled. */
@Injectable()
export class StrayDepositsService {
  constructor(
    private readonly commitments: CommitmentsService,
    private readonly escrows: EscrowService,
    private readonly orders: PayoutOrders,
    private readonly payments: PaymentsService,
    private readonly payouts: PayoutRepository,
    private readonly chain: Chain,
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly ids: Ids,
  ) {}

  /**
   * Looks at `limit` settled commitments. Balances and promises are read one after the other, so that a payout that
   * lands in between may be shown as stray money until the next look; `forward` decides by readings of its own.
   * @throws DomainError `invalid_cursor`, `rpc_unavailable`
   */
  async list({ limit, cursor }: PageQuery): Promise<Page<StrayDepositDto>> {
    const settled = await this.commitments.findSettled(limit + 1, decodeCursor(cursor));
    const page = toPage(settled, limit);
    return { items: await this.straysOf(page.items), nextCursor: page.nextCursor };
  }

  /**
   * Pays what nobody is promised to destinationOnFail. While such a payment is under way, or when another request is
   * faster, that one is followed.
   * @throws DomainError `commitment_not_found`, `not_settled`, and those of `PayoutOrders.place`
   */
  async forward(commitmentId: string): Promise<PaidDto> {
    const commitment = await this.commitments.get(commitmentId);
    if (!isFinal(commitment.kind, commitment.status)) throw notSettled(commitmentId, commitment.status);
    const earlier = await this.forwardsOf(commitmentId);
    const underWay = earlier.find(({ status }) => isOpen(status));
    if (underWay !== undefined) return this.payments.follow(underWay);
    const order = await this.orderOf(commitment, earlier.length);
    const written = await this.place(order, earlier.length);
    return this.payments.follow(written);
  }

  /** @returns the order, or the payout of another request that was faster */
  private async place(order: PayoutOrder, earlier: number): Promise<Pick<Payout, 'id' | 'commitmentId'>> {
    let refusal: unknown;
    try {
      if (await this.orders.place(order, (manager, payout) => this.record(manager, payout))) return order;
    } catch (error) {
      refusal = error;
    }
    const forwards = await this.forwardsOf(order.commitmentId);
    const [newest] = forwards;
    if (newest !== undefined && forwards.length > earlier) return newest;
    throw refusal ?? new Error(`nobody has written ${order.businessKey}`);
  }

  private async record(manager: EntityManager, payout: Payout): Promise<boolean> {
    const { id: payoutId, commitmentId, source, destination, amountLamports } = payout;
    await this.audit.record(manager, {
      event: 'admin_stray_forward_ok',
      commitmentId,
      payoutId,
      fields: { source, destination, amountLamports: toJsonLamports(amountLamports) },
    });
    return true;
  }

  private async forwardsOf(commitmentId: string): Promise<Payout[]> {
    return this.payouts.findOfPurpose(this.transactions.manager, commitmentId, 'stray_forward');
  }

  private async orderOf({ id, destinationOnFail }: Commitment, earlier: number): Promise<PayoutOrder> {
    return {
      id: this.ids.uuid(),
      commitmentId: id,
      purpose: 'stray_forward',
      // Two that count the same earlier ones want the same key, and only one gets it.
      businessKey: businessKey('stray_forward', `${id}:${earlier}`),
      subjectId: null,
      source: await this.escrows.addressOf(id),
      destination: destinationOnFail,
      amountLamports: 0n,
      drain: true,
      feeLamports: null,
      requestedBy: currentContext()?.actor ?? 'unknown',
    };
  }

  private async straysOf(commitments: readonly Commitment[]): Promise<StrayDepositDto[]> {
    const escrows = await this.escrows.findMany(commitments.map(({ id }) => id));
    const addresses = commitments.map(({ id }) => escrows.get(id)?.address ?? '');
    const balances = await this.chain.balances(addresses);
    const strays: StrayDepositDto[] = [];
    for (const [index, { id, status, destinationOnFail }] of commitments.entries()) {
      const [escrow, balance] = [addresses[index] ?? '', balances[index]?.lamports ?? 0n];
      if (balance === 0n) continue;
      const { lamports } = await this.payouts.promisedToOthers(this.transactions.manager, escrow, NOTHING);
      if (balance <= lamports) continue;
      strays.push({
        commitmentId: id,
        status,
        escrow,
        balanceLamports: toJsonLamports(balance),
        promisedLamports: toJsonLamports(lamports),
        strayLamports: toJsonLamports(balance - lamports),
        destinationOnFail,
      });
    }
    return strays;
  }
}
