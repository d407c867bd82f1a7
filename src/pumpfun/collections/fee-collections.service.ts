import { Injectable } from '@nestjs/common';
import { Transactions } from '#src/common/database/transactions.js';
import { toJsonLamports } from '#src/common/money/lamports.js';
import { decodeCursor, type Page, type PageQuery, toPage } from '#src/common/pages.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import type { Operation } from '#src/pumpfun/operations/operation.entity.js';
import { OperationRepository } from '#src/pumpfun/operations/operation.repository.js';
import type { FeeCollectionDto } from './fee-collections.dto.js';

/** What this service has collected for a commitment, to show. What others have collected stands in the escrow's history. */
@Injectable()
export class FeeCollections {
  constructor(
    private readonly rows: OperationRepository,
    private readonly commitments: Commitments,
    private readonly transactions: Transactions,
  ) {}

  /** @throws DomainError `commitment_not_found`, `invalid_cursor` */
  async list(commitmentId: string, { limit, cursor }: PageQuery): Promise<Page<FeeCollectionDto>> {
    const { id } = await this.commitments.get(commitmentId);
    const found = await this.rows.findPage(this.transactions.manager, id, limit + 1, decodeCursor(cursor));
    const { items, nextCursor } = toPage(found, limit);
    return { items: items.map(view), nextCursor };
  }
}

function view(operation: Operation & { readonly signature: string | null }): FeeCollectionDto {
  const { id, kind, status, signature, gainedLamports, waitingFor, createdAt, endedAt } = operation;
  return {
    id,
    kind,
    status,
    signature,
    gainedLamports: gainedLamports === null ? null : toJsonLamports(gainedLamports),
    waitingFor,
    createdAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}
