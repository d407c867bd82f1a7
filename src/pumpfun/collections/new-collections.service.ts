import { Injectable } from '@nestjs/common';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import { newOperation } from '#src/pumpfun/operations/new-operation.js';
import type { CollectionKind } from '#src/pumpfun/operations/operation.js';
import type { Operation } from '#src/pumpfun/operations/operation.entity.js';
import { OperationBookings } from '#src/pumpfun/operations/operation-bookings.service.js';
import { OperationRepository } from '#src/pumpfun/operations/operation.repository.js';

/** Begins what brings money into an escrow: one at a time for each. */
@Injectable()
export class NewCollections {
  constructor(
    private readonly rows: OperationRepository,
    private readonly bookings: OperationBookings,
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
}
