import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { listed } from '#src/common/database/listed.js';
import { FINAL_STATUSES } from '#src/commitments/commitment/commitment.js';
import { FeeRoutingReading } from './fee-routing-reading.entity.js';

/** A managed commitment that is still open. */
export interface ManagedCommitment {
  readonly id: string;
  readonly tokenMint: string;
}

const FIND_DUE = `
  SELECT c.id, c.token_mint AS "tokenMint"
    FROM public.commitments AS c
   WHERE c.creator_fee_mode = 'managed' AND c.status NOT IN (${listed(FINAL_STATUSES)})
   ORDER BY (SELECT r.read_at FROM public.fee_routings AS r WHERE r.commitment_id = c.id) NULLS FIRST, c.id LIMIT $1`;

@Injectable()
export class FeeRoutingReadingRepository {
  /** Open managed commitments, those that were never read or the longest ago first. */
  async findDue(manager: EntityManager, limit: number): Promise<ManagedCommitment[]> {
    return manager.query<ManagedCommitment[]>(FIND_DUE, [limit]);
  }

  async findLocked(manager: EntityManager, commitmentId: string): Promise<FeeRoutingReading | null> {
    return manager.findOne(FeeRoutingReading, {
      where: { commitmentId },
      lock: { mode: 'pessimistic_write' },
    });
  }

  async save(manager: EntityManager, reading: FeeRoutingReading): Promise<void> {
    await manager.upsert(FeeRoutingReading, reading, ['commitmentId']);
  }
}
