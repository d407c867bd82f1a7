import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Transactions, violatedConstraint } from '#src/common/database/transactions.js';
import { DomainError } from '#src/common/errors/errors.js';
import { actor } from '#src/common/request-context.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { type OrderTerms, payoutOrder, type PayoutOrder } from '#src/releases/payouts/payout-order.js';
import type { Payout } from '#src/releases/payouts/payout.entity.js';
import { SigningDoor } from '#src/escrow/door/signing-door.service.js';
import { PayoutRegister } from '#src/releases/payouts/payout-register.service.js';
import { PayoutRepository, type Promises } from '#src/releases/payouts/payout.repository.js';
import { ChangedDestinations } from '#src/releases/planning/changed-destinations.service.js';
import { PatientPlanner } from '#src/releases/planning/patient-planner.service.js';

const ONE_PAYOUT = ['payouts_business_key_key', 'payouts_pkey'];

/** The conditional state change that asks for a payout, and its audit row. False when somebody else was first. */
export type Decide = (manager: EntityManager, payout: Payout) => Promise<boolean>;

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
    private readonly planner: PatientPlanner,
    private readonly changed: ChangedDestinations,
    private readonly payouts: PayoutRepository,
    private readonly commitments: Commitments,
    private readonly transactions: Transactions,
    private readonly register: PayoutRegister,
    private readonly door: SigningDoor,
  ) {}

  /**
   * Writes the payout of the current actor, or finds out who was faster.
   * @param whoWasFaster asked when somebody else was first, and when the payout is refused: after a faster one the money is
   * missing for a good reason. Answers what the faster one left, throws what the actor is to be told, or gives null: nobody
   * was. `isLost` is false after a refusal.
   * @throws what `place` throws
   */
  async placeOr(
    terms: OrderTerms,
    decide: Decide,
    whoWasFaster: (isLost: boolean) => Promise<Payout | null>,
  ): Promise<Payout> {
    const order = payoutOrder({ requestedBy: actor(), ...terms });
    let written: Payout | undefined;
    let refusal: unknown;
    try {
      const isPlaced = await this.place(order, async (manager, payout) => {
        written = payout;
        return decide(manager, payout);
      });
      if (isPlaced && written !== undefined) return written;
    } catch (error) {
      refusal = error;
    }
    const faster = await whoWasFaster(refusal === undefined);
    if (faster !== null) return faster;
    throw refusal ?? new Error(`nobody has written ${order.businessKey}`);
  }

  /**
   * @returns false when somebody else was first, with nothing written.
   * @throws DomainError `signing_refused`, `escrow_underfunded`, `destination_not_payable`, `simulation_failed`, `rpc_unavailable`: a payout
   * that could not be made as things stand is refused before anything is written.
   */
  async place(order: PayoutOrder, decide: Decide): Promise<boolean> {
    await this.door.vouch(order.commitmentId);
    const until = this.planner.patience;
    for (;;) {
      const checked = await this.check(order, until);
      const outcome = await this.write(checked.order, checked.promises, decide);
      if (outcome !== 'stale') return outcome === 'placed';
    }
  }

  /** What cannot be paid where the terms say goes where two admins have signed, if they have. */
  private async check(
    order: PayoutOrder,
    until: number,
  ): Promise<{ readonly order: PayoutOrder; readonly promises: Promises }> {
    try {
      const { amount, promises } = await this.planner.check(order, until);
      // Dust that goes along with a fixed payment is no part of what was promised.
      return { order: order.drain ? { ...order, amountLamports: amount } : order, promises };
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'destination_not_payable') throw error;
      const destination = await this.changed.insteadOf(order);
      if (destination === null) throw error;
      return this.check({ ...order, destination }, until);
    }
  }

  private async write(
    order: PayoutOrder,
    seen: Promises,
    decide: Decide,
  ): Promise<'placed' | 'lost' | 'stale'> {
    try {
      await this.transactions.run(async (manager) => {
        // Orders of one escrow are written one after the other, each knowing all that were promised before.
        await this.commitments.lock(manager, order.commitmentId);
        const promises = await this.payouts.promisedToOthers(manager, order.source, order);
        if (promises.lamports !== seen.lamports || promises.count !== seen.count)
          throw new Withdrawn('stale');
        const payout = await this.register.write(manager, order);
        if (payout === null || !(await decide(manager, payout))) throw new Withdrawn('lost');
      });
      return 'placed';
    } catch (error) {
      if (error instanceof Withdrawn) return error.why;
      if (ONE_PAYOUT.includes(violatedConstraint(error) ?? '')) return 'lost';
      throw error;
    }
  }
}
