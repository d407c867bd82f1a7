import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { decodeCursor, type Page, type PageQuery, toPage } from '../common/pages.js';
import { Transactions } from '../common/transactions.js';
import { CommitmentsService } from '../commitments/commitments.service.js';
import { PayoutAttemptRepository } from './payout-attempt.repository.js';
import { Payout } from './payout.entity.js';
import { notStopped, payoutNotFound } from './payout.errors.js';
import { PayoutRepository } from './payout.repository.js';
import { payoutView } from './payout.view.js';
import type { PayoutDto } from './releases.dto.js';

/** Payouts as anyone may see them. */
@Injectable()
export class PayoutsService {
  constructor(
    private readonly payouts: PayoutRepository,
    private readonly attempts: PayoutAttemptRepository,
    private readonly commitments: CommitmentsService,
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
  ) {}

  /** @throws DomainError `payout_not_found` */
  async show(id: string): Promise<PayoutDto> {
    const payout = await this.payouts.findById(this.transactions.manager, id);
    if (payout === null) throw payoutNotFound(id);
    return this.view(payout);
  }

  /** @throws DomainError `commitment_not_found`, `invalid_cursor` */
  async listOf(commitmentId: string, query: PageQuery): Promise<Page<PayoutDto>> {
    const after = decodeCursor(query.cursor);
    await this.commitments.get(commitmentId);
    const { manager } = this.transactions;
    const page = toPage(
      await this.payouts.findPage(manager, commitmentId, query.limit + 1, after),
      query.limit,
    );
    return { items: await this.views(page.items), nextCursor: page.nextCursor };
  }

  /**
   * Takes a payout up again that three on-chain failures have stopped; the driver goes on with it.
   * @throws DomainError `payout_not_found`, `not_stopped`
   */
  async retry(id: string): Promise<PayoutDto> {
    const retried = await this.transactions.run(async (manager) => {
      const fresh = { status: 'pending', failures: 0, waitingFor: null } as const;
      if (!(await this.payouts.move(manager, id, 'stopped', fresh))) return false;
      const commitmentId = (await this.payouts.findById(manager, id))?.commitmentId;
      await this.audit.record(manager, {
        event: 'admin_payout_retry_ok',
        payoutId: id,
        ...(commitmentId === undefined ? {} : { commitmentId }),
      });
      return true;
    });
    const payout = await this.show(id);
    if (!retried) throw notStopped(id, payout.status);
    return payout;
  }

  async view(payout: Payout): Promise<PayoutDto> {
    return payoutView(payout, await this.attempts.findByPayouts(this.transactions.manager, [payout.id]));
  }

  private async views(payouts: readonly Payout[]): Promise<PayoutDto[]> {
    const ids = payouts.map(({ id }) => id);
    const attempts = await this.attempts.findByPayouts(this.transactions.manager, ids);
    return payouts.map((payout) =>
      payoutView(
        payout,
        attempts.filter(({ payoutId }) => payoutId === payout.id),
      ),
    );
  }
}
