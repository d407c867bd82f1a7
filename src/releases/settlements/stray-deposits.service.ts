import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type AdminAct, AdminActs } from '#src/admin/acts/admin-acts.service.js';
import { PayoutAudit } from '#src/releases/bookings/payout-audit.service.js';
import { Chain } from '#src/chain/port/chain.js';
import { toJsonLamports } from '#src/common/money/lamports.js';
import { decodeCursor, type Page, type PageQuery, toPage } from '#src/common/pages.js';
import { Transactions } from '#src/common/database/transactions.js';
import { isFinal, walletOfOutcome } from '#src/commitments/commitment/commitment.js';
import { Commitment } from '#src/commitments/commitment/commitment.entity.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { isForHolders } from '#src/escrow/door/facts/later-money.js';
import { Escrows } from '#src/escrow/escrows.service.js';
import { FailureDistributionRepository } from '#src/releases/distributions/failure-distribution.repository.js';
import { PayoutFollower } from '#src/releases/engine/payout-follower.service.js';
import { Payout } from '#src/releases/payouts/payout.entity.js';
import { forHolders, notFinal, nothingStray, notSettled } from '#src/releases/payouts/payout.errors.js';
import { PayoutOrders } from '#src/releases/engine/payout-orders.service.js';
import type { OrderTerms } from '#src/releases/payouts/payout-order.js';
import { NOTHING_OWN, PayoutRepository } from '#src/releases/payouts/payout.repository.js';
import { CommitmentActParams } from '#src/releases/payouts/act-params.dto.js';
import { businessKey } from '#src/releases/payouts/purpose.js';
import type { PaidDto } from '#src/releases/payouts/payouts.dto.js';
import type { StrayDepositDto } from './stray-deposits.dto.js';

/** Money that reaches an escrow after its commitment was settled. */
@Injectable()
export class StrayDeposits implements OnModuleInit {
  constructor(
    private readonly commitments: Commitments,
    private readonly escrows: Escrows,
    private readonly orders: PayoutOrders,
    private readonly payments: PayoutFollower,
    private readonly payouts: PayoutRepository,
    private readonly distributions: FailureDistributionRepository,
    private readonly chain: Chain,
    private readonly transactions: Transactions,
    private readonly audit: PayoutAudit,
    private readonly acts: AdminActs,
  ) {}

  onModuleInit(): void {
    this.acts.define({
      action: 'admin.stray.forward',
      params: CommitmentActParams,
      subject: async ({ commitmentId }) => (await this.commitments.get(commitmentId)).id,
    });
  }

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
   * Pays what nobody is promised to the wallet of the outcome. While such a payment is not final yet, or when another request
   * is faster, that one is followed.
   * @throws DomainError `commitment_not_found`, `not_settled`, `escrow_underfunded` where nothing is stray, and those of `PayoutOrders.place`
   */
  async forward(act: AdminAct<CommitmentActParams>): Promise<PaidDto> {
    const { commitmentId } = act.given;
    const commitment = await this.commitments.get(commitmentId);
    if (!isFinal(commitment.kind, commitment.status)) throw notSettled(commitmentId, commitment.status);
    const earlier = await this.forwardsOf(commitmentId);
    const underWay = earlier.find(({ status }) => status !== 'finalized');
    if (underWay !== undefined) return this.payments.follow(underWay);
    const unfinished = await this.payouts.findUnfinished(this.transactions.manager, commitmentId);
    if (unfinished !== null) throw notFinal(commitmentId, unfinished);
    await this.requireStray(commitment);
    const payout = await this.orders.placeOr(
      await this.termsOf(commitment, earlier.length),
      (manager, written) => this.decide(manager, written, act),
      () => this.whoWasFaster(commitmentId, earlier.length),
    );
    return this.payments.follow(payout);
  }

  private async decide(manager: EntityManager, payout: Payout, act: AdminAct): Promise<true> {
    await this.acts.record(manager, act);
    await this.audit.decided(manager, 'admin_stray_forward_ok', payout);
    return true;
  }

  private async whoWasFaster(commitmentId: string, earlier: number): Promise<Payout | null> {
    const forwards = await this.forwardsOf(commitmentId);
    return forwards.length > earlier ? (forwards[0] ?? null) : null;
  }

  private async forwardsOf(commitmentId: string): Promise<Payout[]> {
    return this.payouts.findOfPurpose(this.transactions.manager, commitmentId, 'stray_forward');
  }

  private async requireStray(commitment: Commitment): Promise<void> {
    const escrow = await this.escrows.addressOf(commitment.id);
    const { lamports: promised } = await this.payouts.promisedToOthers(
      this.transactions.manager,
      escrow,
      NOTHING_OWN,
    );
    const [balance] = await this.chain.shownBalances([escrow]);
    const held = balance?.lamports ?? 0n;
    if (held <= promised) throw nothingStray(escrow, held, promised);
    if (isForHolders(await this.distributions.find(this.transactions.manager, commitment.id)))
      throw forHolders(commitment.id, held - promised);
  }

  private async termsOf(commitment: Commitment, earlier: number): Promise<OrderTerms> {
    const { id } = commitment;
    return {
      commitmentId: id,
      purpose: 'stray_forward',
      // Two that count the same earlier ones want the same key, and only one gets it.
      businessKey: businessKey('stray_forward', `${id}:${earlier}`),
      part: earlier,
      source: await this.escrows.addressOf(id),
      destination: walletOfOutcome(commitment),
    };
  }

  private async straysOf(commitments: readonly Commitment[]): Promise<StrayDepositDto[]> {
    const escrows = await this.escrows.findMany(commitments.map(({ id }) => id));
    const addresses = commitments.map(({ id }) => escrows.get(id)?.address ?? '');
    const balances = await this.chain.shownBalances(addresses);
    const strays: StrayDepositDto[] = [];
    for (const [index, commitment] of commitments.entries()) {
      const { id, status } = commitment;
      const [escrow, balance] = [addresses[index] ?? '', balances[index]?.lamports ?? 0n];
      if (balance === 0n) continue;
      const { lamports } = await this.payouts.promisedToOthers(
        this.transactions.manager,
        escrow,
        NOTHING_OWN,
      );
      if (balance <= lamports) continue;
      // Nothing that an admin could forward: it waits for a round.
      if (isForHolders(await this.distributions.find(this.transactions.manager, id))) continue;
      strays.push({
        commitmentId: id,
        status,
        escrow,
        balanceLamports: toJsonLamports(balance),
        promisedLamports: toJsonLamports(lamports),
        strayLamports: toJsonLamports(balance - lamports),
        destination: walletOfOutcome(commitment),
      });
    }
    return strays;
  }
}
