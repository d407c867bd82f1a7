import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Settings } from '../../config/settings.js';
import { Clock } from '../common/clock.js';
import { Shutdown } from '../common/shutdown.js';
import { Transactions, violatedConstraint } from '../common/transactions.js';
import { CommitmentsService } from '../commitments/commitments.service.js';
import { newPayout, type PayoutOrder } from './new-payout.js';
import type { Payout } from './payout.entity.js';
import { extentOf, type PlanResult, PayoutPlanner } from './payout-plan.service.js';
import { PayoutRepository, type Promises } from './payout.repository.js';

export type { PayoutOrder } from './new-payout.js';

const RETRY_MS = 400;
const BUSINESS_KEY = 'payouts_business_key_key';

/** Rolls the transaction back without being an error. */
class Withdrawn extends Error {
  constructor(readonly why: 'lost' | 'stale') {
    super(why);
  }
}

/** Writes payouts: checked against the chain first, then in one transaction with the state change that asks for them. */
@Injectable()
export class PayoutOrders {
  constructor(
    private readonly planner: PayoutPlanner,
    private readonly payouts: PayoutRepository,
    private readonly commitments: CommitmentsService,
    private readonly transactions: Transactions,
    private readonly settings: Settings,
    private readonly shutdown: Shutdown,
    private readonly clock: Clock,
  ) {}

  /**
   * @param decide the conditional state change and its audit row; false when somebody else was first.
   * @returns false when somebody else was first, with nothing written.
   * @throws DomainError `escrow_underfunded`, `destination_not_payable`, `simulation_failed`, `rpc_unavailable`: a payout
   * that could not be made as things stand is refused before anything is written.
   */
  async place(
    order: PayoutOrder,
    decide: (manager: EntityManager, payout: Payout) => Promise<boolean>,
  ): Promise<boolean> {
    const until = this.clock.now().getTime() + this.settings.env.PAYOUT_WAIT_SECONDS * 1000;
    for (;;) {
      const { plan, promises } = await this.check(order, until);
      const outcome = await this.write({ ...order, amountLamports: plan.amount }, promises, decide);
      if (outcome !== 'stale') return outcome === 'placed';
    }
  }

  /**
   * While other payouts of the escrow are under way its balance is in motion: only a shortage that stays is one. What pays
   * all there is does not wait: what it finds promised to others was promised by somebody who was first.
   */
  private async check(order: PayoutOrder, until: number): Promise<PlanResult & { ok: true }> {
    for (;;) {
      const result = await this.planner.plan(order);
      if (result.ok) return result;
      const isShort = result.refusal.code === 'escrow_underfunded';
      const inMotion = isShort && extentOf(order) !== 'all' && result.promises.count > 0;
      const isOver = this.shutdown.isShuttingDown || this.clock.now().getTime() + RETRY_MS > until;
      if (!inMotion || isOver) throw result.refusal;
      await this.shutdown.sleep(RETRY_MS);
    }
  }

  private async write(
    order: PayoutOrder,
    seen: Promises,
    decide: (manager: EntityManager, payout: Payout) => Promise<boolean>,
  ): Promise<'placed' | 'lost' | 'stale'> {
    try {
      await this.transactions.run(async (manager) => {
        // Orders of one escrow are written one after the other, each knowing all that were promised before.
        await this.commitments.lock(manager, order.commitmentId);
        const promises = await this.payouts.promisedToOthers(manager, order.source, order);
        if (promises.lamports !== seen.lamports || promises.count !== seen.count)
          throw new Withdrawn('stale');
        const payout = newPayout(order, this.clock.now());
        await this.payouts.insert(manager, payout);
        if (!(await decide(manager, payout))) throw new Withdrawn('lost');
      });
      return 'placed';
    } catch (error) {
      if (error instanceof Withdrawn) return error.why;
      if (violatedConstraint(error) === BUSINESS_KEY) return 'lost';
      throw error;
    }
  }
}
