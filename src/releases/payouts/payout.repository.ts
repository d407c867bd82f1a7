import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull, Not } from 'typeorm';
import { IS_DUE } from '#src/common/database/due.js';
import { listed } from '#src/common/database/listed.js';
import type { Lamports } from '#src/common/money/lamports.js';
import { FROZEN_SHARES } from './frozen-shares.js';
import { DRIVEN, OPEN, type PayoutStatus } from './payout.js';
import { PayoutAttempt } from './payout-attempt.entity.js';
import type { PayoutState } from './payout-state.js';
import { Payout } from './payout.entity.js';
import { claimKeySql, type Purpose } from './purpose.js';

/** What others have to get out of the same escrow. */
export interface Promises {
  /** Amounts, and the fees that are part of the promise. */
  readonly lamports: Lamports;
  /** How many payouts are open. */
  readonly count: number;
  /** How many of them pay the market's price for their transaction. */
  readonly marketFees: number;
}

/** Of the same moment: the slot of the last transaction out of the escrow that is known to have landed; older balances are out of date. */
export type PromisesSince = Promises & { readonly landedSlot: bigint | null };

/** Lamports of the distributions of escrow $1 whose payouts are not written yet, fees included; but for that of business key $2. */
const UNWRITTEN = `
  SELECT coalesce(sum(owed.lamports), 0)
    FROM (SELECT ${claimKeySql('s')} AS key,
                 s.amount_lamports + s.leg_fee_lamports AS lamports
            FROM ${FROZEN_SHARES} AS s WHERE s.escrow = $1
          UNION ALL
          SELECT 'milestone_release:' || e.milestone_id, e.lamports + d.leg_fee_lamports
            FROM public.failure_distributions d
            JOIN (SELECT f.commitment_id, f.milestone_id,
                         -- What is not covered yet comes before what is stray.
                         CASE WHEN $2 LIKE 'stray_forward:%' THEN m.unlock_lamports ELSE f.amount_lamports END AS lamports
                    FROM public.failure_earned f JOIN public.reward_milestones m ON m.id = f.milestone_id
                   WHERE m.status <> 'released') AS e USING (commitment_id)
           WHERE d.escrow = $1 AND e.lamports > 0
          UNION ALL
          SELECT 'failure_remainder:' || d.commitment_id, d.reserve_lamports + d.leg_fee_lamports
            FROM public.failure_distributions d WHERE d.escrow = $1 AND d.reserve_lamports > 0) AS owed
   WHERE owed.key <> $2
     AND NOT EXISTS (SELECT 1 FROM public.payouts w WHERE w.business_key = owed.key AND w.status <> 'cancelled')`;

/** Nothing is its own: all that is promised is promised to others, and what was earned is kept in full. */
export const NOTHING_OWN = { businessKey: 'stray_forward:' };

@Injectable()
export class PayoutRepository {
  /** @returns false when a payout for the same thing is there */
  async insert(manager: EntityManager, payout: Payout): Promise<boolean> {
    const { id } = payout;
    // Its transaction goes on when the row is there, so the primary key must not be violated.
    if ((await manager.countBy(Payout, { id })) > 0) return false;
    await manager.insert(Payout, payout);
    return true;
  }

  /** cancelled -> pending, with the amount of today. @returns null when it is not cancelled */
  async decideAgain(manager: EntityManager, payout: Payout): Promise<Payout | null> {
    const { id, status, amountLamports, requestedBy, nextRunAt } = payout;
    const change = { status, amountLamports, requestedBy, nextRunAt, failures: 0, waitingFor: null };
    const result = await manager.update(Payout, { id, status: 'cancelled' }, change);
    return result.affected === 1 ? manager.findOneBy(Payout, { id }) : null;
  }

  async findById(manager: EntityManager, id: string): Promise<Payout | null> {
    return manager.findOneBy(Payout, { id });
  }

  /** With its attempts, in one statement: each look at a payout under way needs both. */
  async findState(manager: EntityManager, id: string): Promise<PayoutState | null> {
    const found = await manager
      .createQueryBuilder(Payout, 'p')
      .leftJoinAndMapMany('p.attempts', PayoutAttempt, 'a', 'a.payout_id = p.id')
      .where('p.id = :id', { id })
      .orderBy('a.number')
      .getOne();
    if (found === null) return null;
    const { attempts, ...payout } = found as Payout & { readonly attempts: PayoutAttempt[] };
    return { payout, attempts };
  }

  /** Newest first; `after` is the last id of the page before. */
  async findPage(
    manager: EntityManager,
    commitmentId: string,
    limit: number,
    after: string | undefined,
  ): Promise<Payout[]> {
    const page = manager
      .createQueryBuilder(Payout, 'p')
      .where('p.commitment_id = :commitmentId', { commitmentId })
      .orderBy('p.created_at', 'DESC')
      .addOrderBy('p.id', 'DESC')
      .take(limit);
    if (after !== undefined) {
      const last = '(SELECT l.created_at, l.id FROM public.payouts l WHERE l.id = :after)';
      page.andWhere(`(p.created_at, p.id) < ${last}`, { after });
    }
    return page.getMany();
  }

  /** One whose payment may still turn out not to have happened; null when all are final. */
  async findUnfinished(manager: EntityManager, commitmentId: string): Promise<Payout | null> {
    return manager.findOneBy(Payout, {
      commitmentId,
      status: Not(In<PayoutStatus>(['finalized', 'cancelled'])),
    });
  }

  /** Newest first, without cancelled ones. */
  async findOfPurpose(manager: EntityManager, commitmentId: string, purpose: Purpose): Promise<Payout[]> {
    const where = { commitmentId, purpose, status: Not<PayoutStatus>('cancelled') };
    return manager.find(Payout, { where, order: { createdAt: 'DESC', part: 'DESC' } });
  }

  /** Takes due payouts for this worker by pushing their next run; other workers skip rows that are being taken. */
  async takeDue(manager: EntityManager, now: Date, nextRunAt: Date, limit: number): Promise<string[]> {
    const [taken] = await manager.query<[{ id: string }[], number]>(
      `UPDATE public.payouts SET next_run_at = $2
        WHERE id IN (
          SELECT id FROM public.payouts
           WHERE status IN (${listed(DRIVEN)}) AND ${IS_DUE}
           -- What one voice alone has confirmed is looked at first.
           ORDER BY confirmed_alone DESC, next_run_at LIMIT $3
             FOR UPDATE SKIP LOCKED)
        RETURNING id`,
      [now, nextRunAt, limit],
    );
    return taken.map(({ id }) => id);
  }

  /**
   * What others of this escrow are promised: open payouts, earned milestones and shares of a failure that nobody has asked for yet,
   * and the reserve that outlasts them. What has the business key `own` is not for others, whether its payout is written already or about to be.
   */
  async promisedToOthers(
    manager: EntityManager,
    source: string,
    { businessKey: own }: Pick<Payout, 'businessKey'>,
  ): Promise<PromisesSince> {
    const [row] = await manager.query<
      [{ lamports: string; count: number; marketFees: number; shares: string; landedSlot: string | null }]
    >(
      `SELECT coalesce(sum(amount_lamports + coalesce(fee_lamports, 0)), 0)::text AS lamports,
              count(*)::int AS count,
              (count(*) FILTER (WHERE fee_lamports IS NULL))::int AS "marketFees",
              (${UNWRITTEN})::text AS shares,
              (SELECT max(landed_slot)::text FROM public.payout_attempts WHERE source = $1) AS "landedSlot"
         FROM public.payouts
        WHERE source = $1 AND business_key <> $2
          AND (status IN (${listed(OPEN)}) OR (status = 'confirmed' AND confirmed_alone))`,
      [source, own],
    );
    const { count, marketFees } = row;
    const landedSlot = row.landedSlot === null ? null : BigInt(row.landedSlot);
    return { count, marketFees, lamports: BigInt(row.lamports) + BigInt(row.shares), landedSlot };
  }

  /** The payout for this purpose, unless it was given up. */
  async findByKey(manager: EntityManager, key: string): Promise<Payout | null> {
    return manager.findOneBy(Payout, { businessKey: key, status: Not('cancelled') });
  }

  /** Which of these purposes still have something to pay for the commitment. */
  async countOpen(
    manager: EntityManager,
    commitmentId: string,
    purposes: readonly Purpose[],
  ): Promise<number> {
    const status = In([...OPEN]);
    return manager.countBy(Payout, { commitmentId, purpose: In([...purposes]), status });
  }

  /** Moves a payout on if it still is in `from`. @returns false when somebody else has moved it. */
  async move(
    manager: EntityManager,
    id: string,
    from: PayoutStatus | readonly PayoutStatus[],
    change: Partial<
      Pick<
        Payout,
        'status' | 'amountLamports' | 'failures' | 'confirmedAt' | 'confirmedAlone' | 'finalizedAt'
      >
    > & {
      waitingFor?: string | null;
    },
  ): Promise<boolean> {
    const status = In(typeof from === 'string' ? [from] : [...from]);
    const result = await manager.update(Payout, { id, status }, change);
    return result.affected === 1;
  }

  /** A payout that waits goes to another address. @returns false when it waits no more, or somebody was faster */
  async redirect(
    manager: EntityManager,
    { id, destination: from }: Pick<Payout, 'id' | 'destination'>,
    destination: string,
  ): Promise<boolean> {
    const result = await manager.update(
      Payout,
      { id, destination: from, status: 'pending' },
      { destination },
    );
    return result.affected === 1;
  }

  /** What waits of a commitment is due at once. */
  async wake(manager: EntityManager, commitmentId: string, now: Date): Promise<void> {
    await manager.update(Payout, { commitmentId, status: 'pending' }, { nextRunAt: now });
  }

  async schedule(manager: EntityManager, id: string, nextRunAt: Date): Promise<void> {
    await manager.update(Payout, { id }, { nextRunAt });
  }

  /** Notes why a payout waits. @returns false when that is already noted, so that it is reported once. */
  async noteWaiting(manager: EntityManager, id: string, waitingFor: string | null): Promise<boolean> {
    const result = await manager
      .createQueryBuilder()
      .update(Payout)
      .set({ waitingFor })
      .where('id = :id AND waiting_for IS DISTINCT FROM :waitingFor', { id, waitingFor })
      .execute();
    return result.affected === 1;
  }

  /** Marks that the alarm about a payout is raised. @returns false when it was before */
  async noteAlarm(manager: EntityManager, id: string, alarmedAt: Date): Promise<boolean> {
    const result = await manager.update(Payout, { id, alarmedAt: IsNull() }, { alarmedAt });
    return result.affected === 1;
  }
}
