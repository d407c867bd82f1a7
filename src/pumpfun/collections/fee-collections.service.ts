import { Injectable } from '@nestjs/common';
import { Transactions } from '#src/common/database/transactions.js';
import { decodeCursor, type Page, type PageQuery, toPage } from '#src/common/pages.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { COLLECTION_KINDS } from '#src/pumpfun/operations/operation.js';
import { OperationRepository } from '#src/pumpfun/operations/operation.repository.js';
import { operationView, type PumpOperationDto } from '#src/pumpfun/operations/pump-operation.dto.js';

/** What this service has collected for a commitment, to show. What others have collected stands in the escrow's history. */
@Injectable()
export class FeeCollections {
  constructor(
    private readonly rows: OperationRepository,
    private readonly commitments: Commitments,
    private readonly transactions: Transactions,
  ) {}

  /** @throws DomainError `commitment_not_found`, `invalid_cursor` */
  async list(commitmentId: string, { limit, cursor }: PageQuery): Promise<Page<PumpOperationDto>> {
    const { id } = await this.commitments.get(commitmentId);
    const { manager } = this.transactions;
    const after = decodeCursor(cursor);
    const found = await this.rows.findPage(manager, id, COLLECTION_KINDS, limit + 1, after);
    const { items, nextCursor } = toPage(found, limit);
    return { items: items.map(operationView), nextCursor };
  }
}
