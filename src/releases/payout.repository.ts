import { Injectable } from '@nestjs/common';
import { type EntityManager, In, LessThan, Not } from 'typeorm';
import type { Lamports } from '../common/lamports.js';
import type { PayoutStatus } from './payout.js';
import { Payout } from './payout.entity.js';
import type { Purpose } from './purpose.js';

/** What others have to get out of the same escrow. */
export interface Promises {
  /** Amounts, and the fees that are part of the promise. */
  readonly lamports: Lamports;
  /** How many payouts are open. */
  readonly count: number;
  /** How many of them pay the market's price for their transaction. */
  readonly marketFees: number;
}

/** Lamports of the distribution of escrow $1 whose payouts are not written yet, fees included; but for that of business key $2. */
const UNWRITTEN = `
  SELECT coalesce(sum(owed.lamports), 0)
    FROM (SELECT 'distribution_claim:' || s.commitment_id || ':' || s.wallet AS key,
                 s.amount_lamports + d.leg_fee_lamports AS lamports
            FROM public.failure_distributions d JOIN public.failure_shares s USING (commitment_id) WHERE d.escrow = $1
          UNION ALL
          SELECT 'failure_remainder:' || d.commitment_id, d.reserve_lamports + d.leg_fee_lamports
            FROM public.failure_distributions d WHERE d.escrow = $1 AND d.reserve_lamports > 0) AS owed
   WHERE owed.key <> $2
     AND NOT EXISTS (SELECT 1 FROM public.payouts w WHERE w.business_key = owed.key AND w.status <> 'cancelled')`;

@Injectable()
export class PayoutRepository {
  async insert(manager: EntityManager, payout: Payout): Promise<void> {
    await manager.insert(Payout, payout);
  }

  async findById(manager: EntityManager, id: string): Promise<Payout | null> {
    return manager.findOneBy(Payout, { id });
  }

  /** Newest first; `after` is the last id of the page before. */
  async findPage(
    manager: EntityManager,
    commitmentId: string,
    limit: number,
    after: string | undefined,
  ): Promise<Payout[]> {
    const where = { commitmentId, ...(after === undefined ? {} : { id: LessThan(after) }) };
    return manager.find(Payout, { where, order: { id: 'DESC' }, take: limit });
  }

  /** Newest first, without cancelled ones. */
  async findOfPurpose(manager: EntityManager, commitmentId: string, purpose: Purpose): Promise<Payout[]> {
    const where = { commitmentId, purpose, status: Not<PayoutStatus>('cancelled') };
    return manager.find(Payout, { where, order: { id: 'DESC' } });
  }

  /** Takes due payouts for this worker by pushing their next run; other workers skip rows that are being taken. */
  async takeDue(manager: EntityManager, now: Date, nextRunAt: Date, limit: number): Promise<string[]> {
    const [taken] = await manager.query<[{ id: string }[], number]>(
      `UPDATE public.payouts SET next_run_at = $2
        WHERE id IN (
          SELECT id FROM public.payouts
           WHERE status IN ('pending', 'in_flight', 'confirmed') AND next_run_at <= $1
           ORDER BY next_run_at LIMIT $3
             FOR UPDATE SKIP LOCKED)
        RETURNING id`,
      [now, nextRunAt, limit],
    );
    return taken.map(({ id }) => id);
  }

  /**
   * What others of this escrow are promised: open payouts, shares of a failure that nobody has claimed yet, and the reserve that
   * outlasts them. What has the business key `own` is not for others, whether its payout is written already or about to be.
   */
  async promisedToOthers(
    manager: EntityManager,
    source: string,
    { businessKey: own }: Pick<Payout, 'businessKey'>,
  ): Promise<Promises> {
    const [row] = await manager.query<
      [{ lamports: string; count: number; marketFees: number; shares: string }]
    >(
      `SELECT coalesce(sum(amount_lamports + coalesce(fee_lamports, 0)), 0)::text AS lamports,
              count(*)::int AS count,
              (count(*) FILTER (WHERE fee_lamports IS NULL))::int AS "marketFees",
              (${UNWRITTEN})::text AS shares
         FROM public.payouts
        WHERE source = $1 AND business_key <> $2 AND status IN ('pending', 'in_flight', 'stopped')`,
      [source, own],
    );
    const { count, marketFees } = row;
    return { count, marketFees, lamports: BigInt(row.lamports) + BigInt(row.shares) };
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
    const status = In(['pending', 'in_flight', 'stopped']);
    return manager.countBy(Payout, { commitmentId, purpose: In([...purposes]), status });
  }

  /** Moves a payout on if it still is in `from`. @returns false when somebody else has moved it. */
  async move(
    manager: EntityManager,
    id: string,
    from: PayoutStatus | readonly PayoutStatus[],
    change: Partial<
      Pick<Payout, 'status' | 'amountLamports' | 'failures' | 'confirmedAt' | 'finalizedAt'>
    > & {
      waitingFor?: string | null;
    },
  ): Promise<boolean> {
    const status = In(typeof from === 'string' ? [from] : [...from]);
    const result = await manager.update(Payout, { id, status }, change);
    return result.affected === 1;
  }

  async schedule(manager: EntityManager, id: string, nextRunAt: Date): Promise<void> {
    await manager.update(Payout, { id }, { nextRunAt });
  }

  /** Notes why a payout waits. @returns false when that is already noted, so that it is reported once. */
  async noteWaiting(manager: EntityManager, id: string, waitingFor: string): Promise<boolean> {
    const result = await manager
      .createQueryBuilder()
      .update(Payout)
      .set({ waitingFor })
      .where('id = :id AND waiting_for IS DISTINCT FROM :waitingFor', { id, waitingFor })
      .execute();
    return result.affected === 1;
  }
}
