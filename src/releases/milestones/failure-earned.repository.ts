import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Lamports } from '#src/common/money/lamports.js';
import { FailureEarned } from './failure-earned.entity.js';

/** What a failed commitment owes for one earned milestone. */
export interface Owed {
  /** 0 where the escrow did not cover it. */
  readonly lamports: Lamports;
  /** What the escrow pays for the transfer; 0 where a fee payer does. */
  readonly fee: Lamports;
}

@Injectable()
export class FailureEarnedRepository {
  async insert(manager: EntityManager, rows: readonly FailureEarned[]): Promise<void> {
    if (rows.length > 0) await manager.insert(FailureEarned, [...rows]);
  }

  /** In the order in which they are covered. */
  async findAll(manager: EntityManager, commitmentId: string): Promise<FailureEarned[]> {
    return manager.find(FailureEarned, { where: { commitmentId }, order: { position: 'ASC' } });
  }

  /** Null while no failure of its commitment has taken effect. */
  async findOwed(manager: EntityManager, milestoneId: string): Promise<Owed | null> {
    const [row] = await manager.query<{ lamports: string; fee: string }[]>(
      `SELECT e.amount_lamports::text AS lamports, d.leg_fee_lamports::text AS fee
         FROM public.failure_earned e JOIN public.failure_distributions d USING (commitment_id)
        WHERE e.milestone_id = $1`,
      [milestoneId],
    );
    return row === undefined ? null : { lamports: BigInt(row.lamports), fee: BigInt(row.fee) };
  }

  /** Covered ones that are not paid yet. */
  async countUnpaid(manager: EntityManager, commitmentId: string): Promise<number> {
    const [row] = await manager.query<[{ count: number }]>(
      `SELECT count(*)::int AS count
         FROM public.failure_earned e JOIN public.reward_milestones m ON m.id = e.milestone_id
        WHERE e.commitment_id = $1 AND e.amount_lamports > 0 AND m.status <> 'released'`,
      [commitmentId],
    );
    return row.count;
  }
}
