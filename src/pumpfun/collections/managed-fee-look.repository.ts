import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

export interface ManagedCommitment {
  readonly commitmentId: string;
  readonly tokenMint: string;
}

export interface ManagedFeeLook {
  readonly commitmentId: string;
  readonly lookedAt: Date;
  readonly claimableLamports: bigint;
  readonly problem: string | null;
}

// Closed ones as well: their fees still belong to somebody.
const FIND_DUE = `
  SELECT c.id AS "commitmentId", c.token_mint AS "tokenMint"
    FROM public.commitments c LEFT JOIN public.managed_fee_looks l ON l.commitment_id = c.id
   WHERE c.creator_fee_mode = 'managed' AND (l.looked_at IS NULL OR l.looked_at <= $1)
   ORDER BY l.looked_at NULLS FIRST, c.id LIMIT $2`;

@Injectable()
export class ManagedFeeLookRepository {
  /** Those that were never looked at, or last before this, the longest ago first. */
  async findDue(manager: EntityManager, before: Date, limit: number): Promise<ManagedCommitment[]> {
    return manager.query<ManagedCommitment[]>(FIND_DUE, [before, limit]);
  }

  async save(manager: EntityManager, look: ManagedFeeLook): Promise<void> {
    const { commitmentId, lookedAt, claimableLamports, problem } = look;
    await manager.query(
      `INSERT INTO public.managed_fee_looks (commitment_id, looked_at, claimable_lamports, problem) VALUES ($1, $2, $3, $4)
       ON CONFLICT (commitment_id) DO UPDATE
          SET looked_at = EXCLUDED.looked_at, claimable_lamports = EXCLUDED.claimable_lamports, problem = EXCLUDED.problem`,
      [commitmentId, lookedAt, claimableLamports.toString(), problem],
    );
  }
}
