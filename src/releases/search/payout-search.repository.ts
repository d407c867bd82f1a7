import { Injectable } from '@nestjs/common';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { listed } from '#src/common/database/listed.js';
import { type PayoutStatus, UNDER_WAY } from '#src/releases/payouts/payout.js';
import { Payout } from '#src/releases/payouts/payout.entity.js';

/** All members that are given have to hold. */
export interface PayoutFilter {
  readonly statuses?: readonly PayoutStatus[] | undefined;
  readonly commitmentId?: string | undefined;
  readonly feePayer?: string | undefined;
  readonly createdBefore?: Date | undefined;
}

export interface PayoutCount {
  readonly status: PayoutStatus;
  readonly count: number;
  readonly oldestAt: Date;
}

const COUNTS = `
  SELECT status, count(*)::int AS count, min(created_at) AS "oldestAt"
    FROM public.payouts WHERE status = ANY ($1::text[]) GROUP BY status ORDER BY min(created_at)`;

const PAID_BY = `EXISTS (SELECT 1 FROM public.payout_attempts a
  WHERE a.payout_id = p.id AND a.fee_payer = :feePayer AND a.status IN (${listed(UNDER_WAY)}))`;

/** Payouts of all commitments, for people. */
@Injectable()
export class PayoutSearchRepository {
  /** Newest first; `after` is the last id of the page before. */
  findPage(
    manager: EntityManager,
    filter: PayoutFilter,
    limit: number,
    after: string | undefined,
  ): Promise<Payout[]> {
    const page = this.filtered(manager, filter)
      .orderBy('p.created_at', 'DESC')
      .addOrderBy('p.id', 'DESC')
      .take(limit);
    if (after !== undefined) {
      const last = '(SELECT l.created_at, l.id FROM public.payouts l WHERE l.id = :after)';
      page.andWhere(`(p.created_at, p.id) < ${last}`, { after });
    }
    return page.getMany();
  }

  findOldest(manager: EntityManager, statuses: readonly PayoutStatus[], limit: number): Promise<Payout[]> {
    return this.filtered(manager, { statuses }).orderBy('p.created_at', 'ASC').take(limit).getMany();
  }

  /** Those that there are, the one with the oldest payout first. */
  count(manager: EntityManager, statuses: readonly PayoutStatus[]): Promise<PayoutCount[]> {
    return manager.query<PayoutCount[]>(COUNTS, [[...statuses]]);
  }

  private filtered(
    manager: EntityManager,
    { statuses, commitmentId, feePayer, createdBefore }: PayoutFilter,
  ): SelectQueryBuilder<Payout> {
    const found = manager.createQueryBuilder(Payout, 'p').where('true');
    if (statuses !== undefined) found.andWhere('p.status IN (:...statuses)', { statuses });
    if (commitmentId !== undefined) found.andWhere('p.commitment_id = :commitmentId', { commitmentId });
    if (feePayer !== undefined) found.andWhere(PAID_BY, { feePayer });
    if (createdBefore !== undefined) found.andWhere('p.created_at <= :createdBefore', { createdBefore });
    return found;
  }
}
