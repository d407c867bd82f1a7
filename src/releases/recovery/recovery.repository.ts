import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

export interface RecoveredEscrow {
  readonly commitmentId: string;
  readonly escrow: string;
}

const ESCROWS = `
  SELECT commitment_id AS "commitmentId", address AS escrow FROM public.escrows
   WHERE ($1::uuid IS NULL OR commitment_id = $1) AND ($2::uuid IS NULL OR commitment_id > $2)
   ORDER BY commitment_id LIMIT $3`;

const TIMES = `
  SELECT signature, block_time AS "blockTime" FROM public.escrow_transactions
   WHERE escrow = $1 AND is_signer AND NOT failed`;

@Injectable()
export class RecoveryRepository {
  /** By commitment. @param after the last one of the page before */
  async escrows(
    manager: EntityManager,
    only: string | undefined,
    after: string | undefined,
    limit: number,
  ): Promise<RecoveredEscrow[]> {
    return manager.query<RecoveredEscrow[]>(ESCROWS, [only ?? null, after ?? null, limit]);
  }

  /** When the blocks were made of what an escrow has signed; null where the node has not told. */
  async blockTimes(manager: EntityManager, escrow: string): Promise<Map<string, Date | null>> {
    const rows = await manager.query<{ signature: string; blockTime: Date | null }[]>(TIMES, [escrow]);
    return new Map(rows.map(({ signature, blockTime }) => [signature, blockTime]));
  }
}
