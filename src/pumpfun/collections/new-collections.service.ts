import { Injectable } from '@nestjs/common';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import { newOperation } from '#src/pumpfun/operations/new-operation.js';
import type { CollectionKind } from '#src/pumpfun/operations/operation.js';
import type { Operation } from '#src/pumpfun/operations/operation.entity.js';
import { OperationBookings } from '#src/pumpfun/operations/operation-bookings.service.js';
import { OperationEngine } from '#src/pumpfun/operations/operation-engine.service.js';
import { OperationRepository } from '#src/pumpfun/operations/operation.repository.js';

/** Begins what brings money into an escrow: one at a time for each. */
@Injectable()
export class NewCollections {
  constructor(
    private readonly rows: OperationRepository,
    private readonly bookings: OperationBookings,
    private readonly engine: OperationEngine,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Null when one is under way, or another replica was faster. */
  async begin(commitmentId: string, kind: CollectionKind): Promise<Operation | null> {
    const { manager } = this.transactions;
    if ((await this.rows.findOpenCollection(manager, commitmentId)) !== null) return null;
    const number = await this.rows.count(manager, commitmentId, kind);
    const operation = newOperation(commitmentId, kind, number, this.clock.now());
    return (await this.bookings.begun(operation)) ? operation : null;
  }

  /**
   * Goes on with the collection that is under way, or looks whether there is something for one.
   * @returns the open one; `done` when the earlier one has come to its end, `none` when there was none and is none
   */
  async continueOr(commitmentId: string, look: () => Promise<unknown>): Promise<Operation | 'done' | 'none'> {
    const { manager } = this.transactions;
    const earlier = await this.rows.findOpenCollection(manager, commitmentId);
    if (earlier === null) await look();
    else await this.engine.run(earlier.id);
    const open = await this.rows.findOpenCollection(manager, commitmentId);
    return open ?? (earlier === null ? 'none' : 'done');
  }
}
