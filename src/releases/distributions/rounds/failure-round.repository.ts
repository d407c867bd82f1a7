import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { FailureRound } from './failure-round.entity.js';
import type { Share } from '#src/releases/distributions/failure-split.js';

/** A failed commitment in whose later money somebody shares. */
export interface SharedEscrow {
  readonly commitmentId: string;
  readonly escrow: string;
}

@Injectable()
export class FailureRoundRepository {
  /** With all of its shares in one statement: the database takes no other one for them. */
  async insert(manager: EntityManager, round: FailureRound, shares: readonly Share[]): Promise<void> {
    await manager.insert(FailureRound, round);
    await manager.query(
      `INSERT INTO public.failure_round_shares (commitment_id, round, wallet, weight_raw, amount_lamports)
       SELECT $1, $2, v.* FROM unnest($3::text[], $4::numeric[], $5::bigint[]) AS v`,
      [
        round.commitmentId,
        round.round,
        shares.map(({ wallet }) => wallet),
        shares.map(({ weightRaw }) => weightRaw.toString()),
        shares.map(({ amountLamports }) => amountLamports.toString()),
      ],
    );
  }

  /** In the order in which they were frozen. */
  async findAll(manager: EntityManager, commitmentId: string): Promise<FailureRound[]> {
    return manager.find(FailureRound, { where: { commitmentId }, order: { round: 'ASC' } });
  }

  async count(manager: EntityManager, commitmentId: string): Promise<number> {
    return manager.countBy(FailureRound, { commitmentId });
  }

  /** By commitment. @param after the last one of the page before */
  async findShared(
    manager: EntityManager,
    after: string | undefined,
    limit: number,
  ): Promise<SharedEscrow[]> {
    return manager.query<SharedEscrow[]>(
      `SELECT commitment_id AS "commitmentId", escrow FROM public.failure_distributions
        WHERE eligible_wallets > 0 AND ($1::uuid IS NULL OR commitment_id > $1) ORDER BY commitment_id LIMIT $2`,
      [after ?? null, limit],
    );
  }

  /** Whether a payment of the escrow may be landing, or may still turn out not to have landed. */
  async isMoving(manager: EntityManager, commitmentId: string): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      `SELECT 1 FROM public.payouts WHERE commitment_id = $1 AND status IN ('in_flight', 'confirmed') LIMIT 1`,
      [commitmentId],
    );
    return rows.length > 0;
  }
}
