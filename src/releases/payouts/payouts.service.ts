import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type AdminAct, AdminActs } from '#src/admin/acts/admin-acts.service.js';
import { Audit } from '#src/audit/log/audit.service.js';
import { DomainError } from '#src/common/errors/errors.js';
import { SigningDoor } from '#src/escrow/door/signing-door.service.js';
import { decodeCursor, type Page, type PageQuery, toPage } from '#src/common/pages.js';
import { Transactions } from '#src/common/database/transactions.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { PayoutActParams } from './act-params.dto.js';
import type { PayoutAttempt } from './payout-attempt.entity.js';
import { liveAttempt, PayoutAttemptRepository } from './payout-attempt.repository.js';
import { Payout } from './payout.entity.js';
import { notStopped, payoutNotFound } from './payout.errors.js';
import { PayoutRepository } from './payout.repository.js';
import type { PayoutState } from './payout-state.js';
import { payoutView } from './payout.view.js';
import type { PayoutDto } from './payouts.dto.js';

export interface LivePayout {
  readonly payout: Payout;
  readonly attempt: PayoutAttempt | null;
  readonly all: readonly PayoutAttempt[];
}

/** Payouts as anyone may see them. */
@Injectable()
export class Payouts implements OnModuleInit {
  constructor(
    private readonly payouts: PayoutRepository,
    private readonly attempts: PayoutAttemptRepository,
    private readonly commitments: Commitments,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly acts: AdminActs,
    private readonly door: SigningDoor,
  ) {}

  onModuleInit(): void {
    this.acts.define({
      action: 'admin.payout.retry',
      params: PayoutActParams,
      subject: async ({ payoutId }) => (await this.get(payoutId)).commitmentId,
    });
  }

  /** @throws DomainError `payout_not_found` */
  async show(id: string): Promise<PayoutDto> {
    return this.view(await this.get(id));
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
   * Takes a payout up again that three on-chain failures have stopped, or confirms one that the signing door refuses, as after
   * the revocation of the admin who asked for it; the driver goes on with it.
   * @throws DomainError `payout_not_found`, `not_stopped`
   */
  async retry(act: AdminAct<PayoutActParams>): Promise<PayoutDto> {
    const { payoutId: id } = act.given;
    const from = (await this.isRefused(id)) ? (['stopped', 'pending'] as const) : (['stopped'] as const);
    const retried = await this.transactions.run(async (manager) => {
      const fresh = { status: 'pending', failures: 0, waitingFor: null } as const;
      if (!(await this.payouts.move(manager, id, from, fresh))) return false;
      await this.acts.record(manager, act);
      const { commitmentId } = act;
      await this.audit.record(manager, {
        event: 'admin_payout_retry_ok',
        payoutId: id,
        ...(commitmentId === null ? {} : { commitmentId }),
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

  /** What was read already. */
  viewOf({ payout, attempts }: PayoutState): PayoutDto {
    return payoutView(payout, attempts);
  }

  private async isRefused(id: string): Promise<boolean> {
    try {
      await this.door.examine(id);
      return false;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'signing_refused') return true;
      throw error;
    }
  }

  /** With all attempts, and the one that may still land or has landed. @throws DomainError `payout_not_found` */
  async live(id: string): Promise<LivePayout> {
    const payout = await this.get(id);
    const all = await this.attempts.findByPayouts(this.transactions.manager, [id]);
    return { payout, all, attempt: liveAttempt(all) };
  }

  private async get(id: string): Promise<Payout> {
    const payout = await this.payouts.findById(this.transactions.manager, id);
    if (payout === null) throw payoutNotFound(id);
    return payout;
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
